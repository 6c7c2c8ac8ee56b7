package tr.emanet.backup.key;

import java.io.IOException;

/** The key files of a repository that is open with the password in use. */
public interface KeyPlace {

  /** The name of the key file that it was opened with. */
  String key();

  /**
   * Adds a password that opens, too; sealed when this returns. Does nothing when it opens already.
   *
   * @param password UTF-8; stays the caller's to wipe
   */
  void add(byte[] password) throws IOException;

  /** Takes a key file away; sealed when this returns. One that is gone is no failure. */
  void remove(String key) throws IOException;
}
