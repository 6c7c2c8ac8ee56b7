package tr.emanet.backup.key;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tr.emanet.crypto.PrivateFiles;
import tr.emanet.crypto.certificate.Certificates;
import tr.emanet.crypto.envelope.KeyFiles;
import tr.emanet.crypto.envelope.RecipientCertificate;
import tr.emanet.crypto.envelope.RecipientKey;

/**
 * The key with which this machine opens passwords: {@code operations.key} (PKCS#8 in PEM, mode
 * 0600), or the systemd credential {@value #CREDENTIAL}. It is read anew at each use and never
 * kept.
 */
public final class OperationsKey {

  /** Name of the credential below {@code $CREDENTIALS_DIRECTORY}. */
  public static final String CREDENTIAL = "emanet-backup-key";

  private static final byte[] BEGIN =
      "-----BEGIN PRIVATE KEY-----\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] END =
      "\n-----END PRIVATE KEY-----\n".getBytes(StandardCharsets.US_ASCII);
  private static final int LINE = 64;

  private final Path file;
  private final Path certificateFile;
  private final @Nullable Path credential;

  /**
   * @param directory {@code keys/backup}
   * @param credentials value of {@code $CREDENTIALS_DIRECTORY}; null when there is none
   */
  public OperationsKey(Path directory, @Nullable Path credentials) {
    this.file = directory.resolve("operations.key");
    this.certificateFile = directory.resolve("operations.pem");
    this.credential = credentials == null ? null : credentials.resolve(CREDENTIAL);
  }

  private Path source() {
    return credential != null && Files.exists(credential) ? credential : file;
  }

  /** Whether it comes from systemd and not from a file of the state directory. */
  public boolean isCredential() {
    return source().equals(credential);
  }

  boolean exists() {
    return Files.exists(source()) && Files.exists(certificateFile);
  }

  /** Makes key and certificate when there are none; about half a second. */
  void ensure(String machine, SecureRandom random, Instant now) throws IOException {
    if (exists()) {
      return;
    }
    if (Files.exists(source())) {
      throw new KeysException(
          "there is an operations key but no certificate "
              + certificateFile
              + "; put its certificate there (openssl req -x509 -new -key KEY -addext"
              + " keyUsage=critical,keyEncipherment)");
    }
    try (RecipientKey made =
        RecipientCertificate.make("Yedek işletim anahtarı " + machine, random, now)) {
      byte[] der = made.key().getEncoded();
      byte[] text = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encode(der);
      byte[] pem = new byte[BEGIN.length + text.length + END.length];
      System.arraycopy(BEGIN, 0, pem, 0, BEGIN.length);
      System.arraycopy(text, 0, pem, BEGIN.length, text.length);
      System.arraycopy(END, 0, pem, BEGIN.length + text.length, END.length);
      try {
        PrivateFiles.write(
            certificateFile,
            Certificates.pem(List.of(java.util.Objects.requireNonNull(made.certificate())))
                .getBytes(StandardCharsets.US_ASCII));
        PrivateFiles.write(file, pem);
      } finally {
        Arrays.fill(der, (byte) 0);
        Arrays.fill(text, (byte) 0);
        Arrays.fill(pem, (byte) 0);
      }
    } catch (GeneralSecurityException e) {
      throw new KeysException("the operations key cannot be made: " + e.getMessage(), e);
    }
  }

  X509Certificate certificate() throws IOException {
    return Certificates.read(certificateFile).getFirst();
  }

  /** The caller closes it at once after use. */
  RecipientKey read() throws IOException {
    byte[] bytes = PrivateFiles.read(source());
    try {
      RecipientKey key = KeyFiles.read(bytes, null).with(certificate());
      if (!key.fits()) {
        throw new KeysException(source() + " is not the key of " + certificateFile);
      }
      return key;
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }
}
