package tr.emanet.crypto.envelope;

import java.math.BigInteger;
import java.security.cert.X509Certificate;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.cms.RecipientIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * Who can open an envelope, as it says itself.
 *
 * @param issuer distinguished name of the certificate's issuer; empty when named by key
 * @param serial the certificate's serial number; zero when named by key
 * @param keyIdentifier hexadecimal; empty when named by issuer and serial number
 */
public record RecipientName(String issuer, BigInteger serial, String keyIdentifier) {

  static RecipientName of(RecipientIdentifier id) {
    if (id.getId() instanceof ASN1OctetString key) {
      return new RecipientName("", BigInteger.ZERO, hex(key.getOctets()));
    }
    IssuerAndSerialNumber named = IssuerAndSerialNumber.getInstance(id.getId());
    return new RecipientName(named.getName().toString(), named.getSerialNumber().getValue(), "");
  }

  /** Whether this names the certificate. */
  public boolean names(X509Certificate certificate) {
    Certificate parsed = structure(certificate);
    if (!keyIdentifier.isEmpty()) {
      return keyIdentifier.equals(keyIdentifier(parsed));
    }
    return serial.equals(certificate.getSerialNumber())
        && new X500Name(issuer).equals(new X500Name(parsed.getIssuer().toString()));
  }

  static RecipientIdentifier identifier(X509Certificate certificate) {
    Certificate parsed = structure(certificate);
    return new RecipientIdentifier(
        new IssuerAndSerialNumber(parsed.getIssuer(), certificate.getSerialNumber()));
  }

  private static Certificate structure(X509Certificate certificate) {
    try {
      return Certificate.getInstance(certificate.getEncoded());
    } catch (java.security.cert.CertificateEncodingException e) {
      throw new IllegalStateException("a certificate that was read has an encoding", e);
    }
  }

  private static @Nullable String keyIdentifier(Certificate certificate) {
    if (certificate.getTBSCertificate().getExtensions() == null) {
      return null;
    }
    Extension found =
        certificate
            .getTBSCertificate()
            .getExtensions()
            .getExtension(Extension.subjectKeyIdentifier);
    return found == null
        ? null
        : hex(SubjectKeyIdentifier.getInstance(found.getParsedValue()).getKeyIdentifier());
  }

  private static String hex(byte[] bytes) {
    return java.util.HexFormat.of().formatHex(bytes);
  }
}
