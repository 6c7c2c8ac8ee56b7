package tr.emanet.backup.seal;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tr.emanet.backup.BackupException;

/** Certificates as text. */
final class Pems {

  private Pems() {}

  static byte[] encode(Collection<X509Certificate> certificates) throws BackupException {
    Set<X509Certificate> once = new LinkedHashSet<>(certificates);
    Base64.Encoder base64 = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
    StringBuilder out = new StringBuilder();
    try {
      for (X509Certificate certificate : once) {
        out.append("-----BEGIN CERTIFICATE-----\n")
            .append(base64.encodeToString(certificate.getEncoded()))
            .append("\n-----END CERTIFICATE-----\n");
      }
    } catch (GeneralSecurityException e) {
      throw new BackupException("a certificate cannot be written", e);
    }
    return out.toString().getBytes(StandardCharsets.US_ASCII);
  }

  static List<X509Certificate> parse(byte[] pem, String name) throws BackupException {
    try {
      return CertificateFactory.getInstance("X.509")
          .generateCertificates(new ByteArrayInputStream(pem))
          .stream()
          .map(X509Certificate.class::cast)
          .toList();
    } catch (GeneralSecurityException e) {
      throw new BackupException(name + " holds no certificates", e);
    }
  }

  /** Whether each is signed by one of them, so that no byte of one is another. */
  static boolean closed(Collection<X509Certificate> all) {
    return all.stream().allMatch(each -> all.stream().anyMatch(by -> signed(each, by)));
  }

  private static boolean signed(X509Certificate certificate, X509Certificate by) {
    try {
      certificate.verify(by.getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
