package tr.emanet.backup.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tr.emanet.backup.BackupException;
import tr.emanet.backup.Target;
import tr.emanet.backup.restic.Repository;

/** Where a job finds its repository and the password for it. Any thread. */
public interface Repositories {

  /**
   * Opens the repository at an address, and makes it there first when the place is empty.
   *
   * @throws IOException when it cannot be opened; the message names place and remedy
   */
  Repository open(String address) throws IOException;

  /**
   * Opens the repository that stands at an address and makes none, for whoever only reads.
   *
   * @throws IOException when there is none or it cannot be opened
   */
  default Repository existing(String address) throws IOException {
    if (address.startsWith("/") && !Files.isRegularFile(Path.of(address, "config"))) {
      throw new BackupException(
          "there is no repository in '" + address + "'; look whether its disk is mounted");
    }
    return open(address);
  }

  /** The directory of this machine in which the seals of a repository lie. */
  default Path beside(String address) {
    return Path.of(address);
  }

  /**
   * Opens the copy of the repository of an address with its password; the caller closes the target.
   *
   * @throws IOException when it does not open
   */
  default Repository copy(String address, Target copy) throws IOException {
    throw new BackupException(copy.describe() + " cannot be opened as a copy of " + address);
  }

  /**
   * Takes keys and configuration of a repository that does not open back from its copy.
   *
   * @return labels of what was healed
   */
  default List<String> healEntrance(String address, Target copy) throws IOException {
    throw new BackupException("'" + address + "' does not open, and is not healed here");
  }

  /**
   * Makes the envelope that lies beside the repository of an address the one of now, at once: else
   * whoever was taken out could open that one. The repository need not open.
   *
   * @param name under which its keys are kept
   * @throws IOException when it cannot be written there
   */
  default void keepBeside(String name, String address) throws IOException {
    throw new BackupException("nothing lies beside '" + address + "'");
  }

  /** Why no job may run to this address yet, as the last part of a text key; empty: it may. */
  String notReady(String address);

  /** Whether anybody but this machine will be able to open a repository. */
  boolean escrowed();

  /**
   * Adds somebody who will be able to.
   *
   * @param certificate PEM or DER
   * @throws IOException when nothing can be sealed to it; the message says why
   */
  void addEscrow(String name, byte[] certificate) throws IOException;
}
