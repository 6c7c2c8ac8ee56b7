package tr.emanet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;

/** The key behind masked values: made once, so that a pseudonym means the same person for ever. */
final class MaskingKey {

  private static final int BYTES = 32;

  private MaskingKey() {}

  static byte[] of(Path keys, SecureRandom random) throws IOException {
    Path file = keys.resolve("masking.key");
    if (Files.exists(file)) {
      byte[] key = Files.readAllBytes(file);
      if (key.length != BYTES) {
        throw new IOException(file + " does not hold 32 bytes; restore it from a backup");
      }
      return key;
    }
    byte[] key = new byte[BYTES];
    random.nextBytes(key);
    Path part = file.resolveSibling("masking.key.part");
    Files.deleteIfExists(part);
    Files.createFile(
        part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(part, key, StandardOpenOption.SYNC);
    Files.move(part, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    return key;
  }
}
