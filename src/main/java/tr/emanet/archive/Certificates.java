package tr.emanet.archive;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Takes certificates out of signatures and writes them as PEM. */
final class Certificates {

  private Certificates() {}

  /** The certificates inside a signature; none when it cannot be read: the verifier judges. */
  static List<X509Certificate> inSignature(byte[] der) {
    try {
      return CertificateFactory.getInstance("X.509")
          .generateCertificates(new ByteArrayInputStream(der))
          .stream()
          .filter(X509Certificate.class::isInstance)
          .map(X509Certificate.class::cast)
          .toList();
    } catch (GeneralSecurityException e) {
      return List.of();
    }
  }

  /** The certificates inside the token of a TimeStampResp (RFC 3161, section 2.4.2). */
  static List<X509Certificate> inStamp(byte[] der) {
    int inside = content(der, 0);
    int status = inside < 0 ? -1 : content(der, inside);
    int token = status < 0 ? -1 : status + length(der, inside);
    return token <= 0 || token >= der.length
        ? List.of()
        : inSignature(Arrays.copyOfRange(der, token, der.length));
  }

  /** Where the content of the element begins, -1 when there is none. */
  private static int content(byte[] der, int at) {
    if (at + 2 > der.length || der[at] != 0x30) {
      return -1;
    }
    int first = der[at + 1] & 0xff;
    return first < 0x80 ? at + 2 : at + 2 + (first & 0x7f);
  }

  private static int length(byte[] der, int at) {
    int first = der[at + 1] & 0xff;
    if (first < 0x80) {
      return first;
    }
    int length = 0;
    for (int i = 0; i < (first & 0x7f) && i < 3 && at + 2 + i < der.length; i++) {
      length = length << 8 | (der[at + 2 + i] & 0xff);
    }
    return length;
  }

  /** All of them, each once, as PEM. */
  static byte[] pem(Collection<X509Certificate> certificates) throws GeneralSecurityException {
    Set<X509Certificate> once = new LinkedHashSet<>(certificates);
    StringBuilder out = new StringBuilder();
    Base64.Encoder base64 = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
    for (X509Certificate certificate : once) {
      out.append("-----BEGIN CERTIFICATE-----\n")
          .append(base64.encodeToString(certificate.getEncoded()))
          .append("\n-----END CERTIFICATE-----\n");
    }
    return out.toString().getBytes(StandardCharsets.US_ASCII);
  }
}
