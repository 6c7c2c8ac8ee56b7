package tr.emanet.backup.key;

import java.io.IOException;

/** Tries a password on the repository itself, that is on its key files. */
@FunctionalInterface
public interface RepositoryDoor {

  /**
   * Whether it opens.
   *
   * @param password UTF-8; stays the caller's to wipe
   * @throws IOException when the repository cannot be read
   */
  boolean opens(byte[] password) throws IOException;
}
