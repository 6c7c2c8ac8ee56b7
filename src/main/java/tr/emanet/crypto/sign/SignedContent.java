package tr.emanet.crypto.sign;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The object that a signature must be over, as digests of it. */
@FunctionalInterface
public interface SignedContent {

  /**
   * Digests the object.
   *
   * @param algorithm {@code SHA-256}, {@code SHA-384} or {@code SHA-512}
   * @throws IOException when the object cannot be read, or only another digest of it is known
   */
  byte[] digest(String algorithm) throws IOException;

  static SignedContent of(byte[] bytes) {
    return algorithm -> fresh(algorithm).digest(bytes);
  }

  static SignedContent of(Path file) {
    return algorithm -> {
      MessageDigest digest = fresh(algorithm);
      byte[] buffer = new byte[1 << 16];
      try (InputStream in = Files.newInputStream(file)) {
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          digest.update(buffer, 0, n);
        }
      }
      return digest.digest();
    };
  }

  /** An object of which only SHA-256 is known: signatures with other digests are refused. */
  static SignedContent ofSha256(byte[] sha256) {
    return algorithm -> {
      if (!algorithm.equals("SHA-256")) {
        throw new IOException("only the SHA-256 of the object is known, not " + algorithm);
      }
      return sha256.clone();
    };
  }

  private static MessageDigest fresh(String algorithm) throws IOException {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IOException("no digest " + algorithm, e);
    }
  }
}
