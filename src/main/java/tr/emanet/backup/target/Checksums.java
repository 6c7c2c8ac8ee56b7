package tr.emanet.backup.target;

import java.security.MessageDigest;
import java.util.Base64;
import tr.emanet.crypto.Digests;

/** Digests in the form of S3's headers. */
final class Checksums {

  private Checksums() {}

  /** SHA-256 in base 64. */
  static String sha256(byte[] bytes, int offset, int length) {
    MessageDigest digest = Digests.sha256();
    digest.update(bytes, offset, length);
    return Base64.getEncoder().encodeToString(digest.digest());
  }
}
