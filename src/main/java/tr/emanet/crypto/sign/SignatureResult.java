package tr.emanet.crypto.sign;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tr.emanet.crypto.certificate.CertificateFacts;

/** What the check of a signature says. */
public sealed interface SignatureResult {

  /**
   * The signature is over exactly the object and everything in it holds.
   *
   * @param signer facts of the signer's certificate, a national id masked
   * @param chain the signer's certificate first, the trust anchor last
   * @param signingTime when the signer claims to have signed
   * @param stampTime when a trusted time stamp inside saw the signature; null without one
   * @param policy object identifier of the policy it names; empty for none
   * @param revocationKnown whether the supplied data says that no certificate was revoked; when
   *     false nothing is known
   */
  record Valid(
      CertificateFacts signer,
      List<X509Certificate> chain,
      Instant signingTime,
      @Nullable Instant stampTime,
      String policy,
      boolean revocationKnown)
      implements SignatureResult {

    public Valid {
      chain = List.copyOf(chain);
    }

    /** {@code CAdES-B-T} with a time stamp inside, else {@code CAdES-B-B}. */
    public String form() {
      return stampTime == null ? "CAdES-B-B" : "CAdES-B-T";
    }
  }

  /**
   * The signature counts for nothing.
   *
   * @param reason a sentence for an operator, in English
   */
  record Refused(Cause cause, String reason) implements SignatureResult {}

  /** Why a signature is refused, for texts in the reader's language. */
  enum Cause {
    /** No CMS signature of one signer, or one that breaks the rules of CAdES. */
    MALFORMED,
    /** It is over another object. */
    OTHER_OBJECT,
    /** The object was meant, and the signature does not hold. */
    BROKEN,
    /** Digest or key are too weak. */
    WEAK,
    /** The reference to the certificate is missing, wrong, or made with SHA-1. */
    CERTIFICATE_REFERENCE,
    /** The certificate is not for signatures. */
    PURPOSE,
    /** The certificate was not valid at the time. */
    VALIDITY,
    /** No chain to a trusted authority. */
    UNTRUSTED,
    /** A certificate was revoked. */
    REVOKED,
    /** Revocation is unknown, and the terms ask for it. */
    REVOCATION_UNKNOWN,
    /** The signing time is missing or cannot be. */
    TIME,
    /** The time stamp inside does not hold. */
    TIME_STAMP
  }
}
