package tr.emanet.crypto.sign;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import tr.emanet.crypto.sign.SignatureResult.Cause;

/** Whether a certificate is meant for signatures over documents. */
final class SigningPurpose {

  private static final int DIGITAL_SIGNATURE = 0;
  private static final int NON_REPUDIATION = 1;

  /** Any purpose, e-mail, document signing (RFC 9336, Microsoft, Adobe). */
  private static final Set<String> FITTING =
      Set.of(
          "2.5.29.37.0",
          "1.3.6.1.5.5.7.3.4",
          "1.3.6.1.5.5.7.3.36",
          "1.3.6.1.4.1.311.10.3.12",
          "1.2.840.113583.1.1.5");

  private SigningPurpose() {}

  static void require(X509Certificate certificate, boolean nonRepudiation) throws Objection {
    boolean[] usage = certificate.getKeyUsage();
    if (nonRepudiation && (usage == null || !usage[NON_REPUDIATION])) {
      throw new Objection(
          Cause.PURPOSE, "the signer's certificate is not for signatures (no non-repudiation)");
    }
    if (usage != null && !usage[DIGITAL_SIGNATURE] && !usage[NON_REPUDIATION]) {
      throw new Objection(Cause.PURPOSE, "the signer's certificate is not for signatures");
    }
    List<String> purposes;
    try {
      purposes = certificate.getExtendedKeyUsage();
    } catch (CertificateParsingException e) {
      throw new Objection(Cause.MALFORMED, "its extended key usage cannot be read: " + e);
    }
    if (purposes != null && purposes.stream().noneMatch(FITTING::contains)) {
      throw new Objection(
          Cause.PURPOSE, "the signer's certificate is for other purposes: " + purposes);
    }
  }
}
