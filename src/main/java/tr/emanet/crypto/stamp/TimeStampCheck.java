package tr.emanet.crypto.stamp;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampResponse;
import org.bouncycastle.tsp.TimeStampToken;
import org.bouncycastle.tsp.TimeStampTokenInfo;
import org.jspecify.annotations.Nullable;
import tr.emanet.crypto.Asn1Bounds;
import tr.emanet.crypto.certificate.CertificatePath;

/**
 * Judges time stamps that were received or stored: digest, signature, ESS reference, a certificate
 * whose only purpose is time stamping (critical, RFC 3161 section 2.3), and its chain.
 */
public final class TimeStampCheck {

  /** Far more than any authority sends: the token with its whole chain. */
  static final int MAX_BYTES = 256 * 1024;

  private static final Set<String> WEAK =
      Set.of(OIWObjectIdentifiers.idSHA1.getId(), PKCSObjectIdentifiers.md5.getId());

  /** What the check says. */
  public sealed interface Result {

    /**
     * @param time when the authority saw the digest
     * @param chain the authority's certificate first, the trust anchor last
     * @param serial the token's serial number, hexadecimal
     * @param policy object identifier
     */
    record Valid(Instant time, List<X509Certificate> chain, String serial, String policy)
        implements Result {
      public Valid {
        chain = List.copyOf(chain);
      }

      /** The certificate that signed the stamp. */
      public X509Certificate authority() {
        return chain.getFirst();
      }
    }

    /**
     * @param reason a sentence for an operator
     */
    record Invalid(String reason) implements Result {}
  }

  private TimeStampCheck() {}

  /**
   * Judges the content of a {@code .tsr} file.
   *
   * @param response a {@code TimeStampResp}
   * @param sha256 what it must be over
   * @param anchors authorities the operator trusts
   */
  public static Result response(
      byte[] response, byte[] sha256, Collection<X509Certificate> anchors) {
    try {
      Asn1Bounds.check(response, MAX_BYTES, "the time stamp");
      TimeStampToken token = new TimeStampResponse(response).getTimeStampToken();
      return token == null
          ? new Result.Invalid("the answer holds no time stamp")
          : check(token, sha256, anchors);
    } catch (IOException | TSPException | RuntimeException e) {
      return unreadable(e);
    }
  }

  /**
   * Judges a bare {@code TimeStampToken}, as it is inside a signature.
   *
   * @param sha256 what it must be over
   */
  public static Result token(byte[] token, byte[] sha256, Collection<X509Certificate> anchors) {
    try {
      Asn1Bounds.check(token, MAX_BYTES, "the time stamp");
      return check(new TimeStampToken(new CMSSignedData(token)), sha256, anchors);
    } catch (IOException | TSPException | CMSException | RuntimeException e) {
      return unreadable(e);
    }
  }

  private static Result unreadable(Exception e) {
    // The parser meets hostile structures with all kinds of unchecked exceptions.
    return new Result.Invalid("the time stamp cannot be read: " + e.getMessage());
  }

  static Result check(TimeStampToken token, byte[] sha256, Collection<X509Certificate> anchors) {
    TimeStampTokenInfo info = token.getTimeStampInfo();
    if (!info.getMessageImprintAlgOID().equals(NISTObjectIdentifiers.id_sha256)
        || !MessageDigest.isEqual(info.getMessageImprintDigest(), sha256)) {
      return new Result.Invalid(
          "the time stamp is over another digest ("
              + HexFormat.of().formatHex(info.getMessageImprintDigest())
              + ")");
    }
    try {
      X509CertificateHolder signer = signer(token);
      if (signer == null) {
        return new Result.Invalid("the time stamp does not hold its authority's certificate");
      }
      SignerInformation signature =
          token.toCMSSignedData().getSignerInfos().getSigners().iterator().next();
      if (WEAK.contains(signature.getDigestAlgOID())) {
        return new Result.Invalid("the time stamp is signed with a weak digest");
      }
      token.validate(new JcaSimpleSignerInfoVerifierBuilder().build(signer));
      return trusted(token, convert(signer), anchors);
    } catch (TSPException | OperatorCreationException | GeneralSecurityException e) {
      return new Result.Invalid("the time stamp's signature is not valid: " + e.getMessage());
    }
  }

  private static @Nullable X509CertificateHolder signer(TimeStampToken token) {
    @SuppressWarnings("unchecked") // Bouncy Castle's selector of a signer has a raw type
    Collection<X509CertificateHolder> found = token.getCertificates().getMatches(token.getSID());
    return found.isEmpty() ? null : found.iterator().next();
  }

  private static Result trusted(
      TimeStampToken token, X509Certificate signer, Collection<X509Certificate> anchors)
      throws GeneralSecurityException {
    List<X509Certificate> others = new ArrayList<>();
    for (X509CertificateHolder one : token.getCertificates().getMatches(null)) {
      others.add(convert(one));
    }
    TimeStampTokenInfo info = token.getTimeStampInfo();
    Instant time = info.getGenTime().toInstant();
    BigInteger serial = info.getSerialNumber();
    return switch (CertificatePath.build(signer, others, anchors, time)) {
      case CertificatePath.Result.Trusted(var chain) ->
          new Result.Valid(time, chain, serial.toString(16), info.getPolicy().getId());
      case CertificatePath.Result.Untrusted(var reason) ->
          new Result.Invalid("the time stamp's authority is not trusted: " + reason);
    };
  }

  private static X509Certificate convert(X509CertificateHolder holder)
      throws GeneralSecurityException {
    return new JcaX509CertificateConverter().getCertificate(holder);
  }

  /** The token's bytes with definite lengths, as stored and as put inside signatures. */
  static byte[] encoded(TimeStampToken token) throws IOException {
    return token.getEncoded(ASN1Encoding.DL);
  }
}
