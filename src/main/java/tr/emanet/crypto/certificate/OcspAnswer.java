package tr.emanet.crypto.certificate;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.SingleResp;
import org.bouncycastle.operator.DigestCalculatorProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.jspecify.annotations.Nullable;
import tr.emanet.crypto.Asn1Bounds;
import tr.emanet.crypto.certificate.Revocation.Status;

/** An OCSP answer from a file (RFC 6960), without a nonce: it was not asked for by us. */
record OcspAnswer(BasicOCSPResp basic) {

  private static final int MAX_BYTES = 1 << 20;
  private static final String OCSP_SIGNING = "1.3.6.1.5.5.7.3.9";

  static OcspAnswer read(byte[] der) throws IOException {
    Asn1Bounds.check(der, MAX_BYTES, "the OCSP answer");
    try {
      OCSPResp response = new OCSPResp(der);
      if (response.getStatus() == OCSPResp.SUCCESSFUL
          && response.getResponseObject() instanceof BasicOCSPResp basic) {
        return new OcspAnswer(basic);
      }
      throw new IOException("the OCSP answer has status " + response.getStatus());
    } catch (OCSPException | RuntimeException e) {
      // The parser meets hostile structures with all kinds of unchecked exceptions.
      throw new IOException("the OCSP answer is malformed: " + e.getMessage(), e);
    }
  }

  /** Empty when the answer is about other certificates. */
  Optional<Status> status(X509Certificate certificate, X509Certificate issuer, Instant at) {
    try {
      SingleResp single = about(certificate, issuer);
      if (single == null) {
        return Optional.empty();
      }
      Optional<String> wrong = objection(issuer);
      if (wrong.isPresent()) {
        return Optional.of(new Status.Unknown(wrong.get()));
      }
      return Optional.of(
          switch (single.getCertStatus()) {
            case null ->
                Revocation.fresh(single.getThisUpdate(), single.getNextUpdate(), at, "OCSP answer");
            case RevokedStatus revoked ->
                new Status.Revoked(
                    revoked.getRevocationTime().toInstant(),
                    revoked.hasRevocationReason()
                        ? "reason " + revoked.getRevocationReason()
                        : "unspecified");
            default -> new Status.Unknown("the OCSP responder does not know it");
          });
    } catch (GeneralSecurityException
        | OCSPException
        | OperatorCreationException
        | RuntimeException e) {
      // See read: nothing that a stranger made is to end the check.
      return Optional.of(new Status.Unknown("the OCSP answer cannot be used: " + e.getMessage()));
    }
  }

  private @Nullable SingleResp about(X509Certificate certificate, X509Certificate issuer)
      throws GeneralSecurityException, OperatorCreationException, OCSPException {
    DigestCalculatorProvider digests = new JcaDigestCalculatorProviderBuilder().build();
    X509CertificateHolder holder = new JcaX509CertificateHolder(issuer);
    for (SingleResp one : basic.getResponses()) {
      CertificateID id = one.getCertID();
      if (id.getSerialNumber().equals(certificate.getSerialNumber())
          && id.matchesIssuer(holder, digests)) {
        return one;
      }
    }
    return null;
  }

  /** The answer must be signed by the issuer or by a responder that it named (section 4.2.2.2). */
  private Optional<String> objection(X509Certificate issuer)
      throws GeneralSecurityException, OperatorCreationException, OCSPException {
    if (isSignedBy(issuer)) {
      return Optional.empty();
    }
    for (X509CertificateHolder one : basic.getCerts()) {
      X509Certificate responder = new JcaX509CertificateConverter().getCertificate(one);
      List<String> purposes = responder.getExtendedKeyUsage();
      boolean named =
          purposes != null
              && purposes.contains(OCSP_SIGNING)
              && responder.getIssuerX500Principal().equals(issuer.getSubjectX500Principal());
      if (named && isSignedBy(responder)) {
        return delegation(responder, issuer);
      }
    }
    return Optional.of("the OCSP answer is not signed by the issuer or its responder");
  }

  private Optional<String> delegation(X509Certificate responder, X509Certificate issuer) {
    try {
      responder.verify(issuer.getPublicKey());
      responder.checkValidity(basic.getProducedAt());
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      return Optional.of("the OCSP responder's certificate is not valid: " + e.getMessage());
    }
  }

  private boolean isSignedBy(X509Certificate certificate)
      throws OperatorCreationException, OCSPException {
    try {
      return basic.isSignatureValid(
          new JcaContentVerifierProviderBuilder().build(certificate.getPublicKey()));
    } catch (OCSPException e) {
      // A key of another kind than the signature's is just not the one that signed.
      return false;
    }
  }
}
