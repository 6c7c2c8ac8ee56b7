package tr.emanet.crypto.certificate;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import tr.emanet.crypto.CryptoException;
import tr.emanet.crypto.Digests;

/** Certificates from and to files. */
public final class Certificates {

  private static final int MAX_FILE = 1 << 20;
  private static final int MAX_CERTIFICATES = 200;
  private static final int LINE = 64;

  private Certificates() {}

  /**
   * Reads a file with one or more certificates, PEM or DER.
   *
   * @throws CryptoException when it cannot be read, is larger than 1 MiB, or holds none or more
   *     than 200
   */
  public static List<X509Certificate> read(Path file) throws CryptoException {
    try {
      if (Files.size(file) > MAX_FILE) {
        throw new IOException("it is larger than 1 MiB");
      }
      return parse(Files.readAllBytes(file));
    } catch (IOException | CertificateException e) {
      throw new CryptoException(
          "certificates of '"
              + file
              + "' cannot be read ("
              + e.getMessage()
              + "); it must hold one or more certificates in PEM or one in DER",
          e);
    }
  }

  /** Reads one certificate in DER. */
  public static X509Certificate parseOne(byte[] der) throws CertificateException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
  }

  /**
   * One or more certificates in PEM, or one in DER.
   *
   * @throws CertificateException when there are none, or more than 200
   */
  public static List<X509Certificate> parse(byte[] bytes) throws CertificateException {
    List<X509Certificate> out = new ArrayList<>();
    for (Certificate one :
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(bytes))) {
      if (one instanceof X509Certificate x509) {
        out.add(x509);
      }
    }
    if (out.isEmpty() || out.size() > MAX_CERTIFICATES) {
      throw new CertificateException("it holds " + out.size() + " certificates");
    }
    return List.copyOf(out);
  }

  /** The certificates in PEM, one after the other, as {@code openssl -CAfile} wants them. */
  public static String pem(List<X509Certificate> certificates) {
    Base64.Encoder base64 = Base64.getMimeEncoder(LINE, "\n".getBytes(StandardCharsets.US_ASCII));
    StringBuilder out = new StringBuilder();
    for (X509Certificate one : certificates) {
      out.append("-----BEGIN CERTIFICATE-----\n")
          .append(base64.encodeToString(der(one)))
          .append("\n-----END CERTIFICATE-----\n");
    }
    return out.toString();
  }

  /** SHA-256 of the DER, 64 lower-case hex digits. */
  public static String fingerprint(X509Certificate certificate) {
    return HexFormat.of().formatHex(Digests.sha256().digest(der(certificate)));
  }

  static byte[] der(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate that was read has an encoding", e);
    }
  }
}
