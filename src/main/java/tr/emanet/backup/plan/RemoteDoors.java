package tr.emanet.backup.plan;

import java.io.IOException;
import tr.emanet.backup.BackupException;
import tr.emanet.backup.target.Targets;

/** The servers that a job may have its repository on, with what lets us in. Any thread. */
public interface RemoteDoors {

  /** No server at all. */
  RemoteDoors NONE =
      new RemoteDoors() {
        @Override
        public boolean leadsTo(String address) {
          return false;
        }

        @Override
        public Targets.OpenTarget open(String address) throws BackupException {
          throw new BackupException("'" + address + "' is no directory of this machine");
        }
      };

  /** Whether an address lies below a server that is known here. */
  boolean leadsTo(String address);

  /**
   * Opens the place; the caller closes it. Nothing is asked of the server yet.
   *
   * @throws BackupException when no server that is known here has the address, with the remedy
   */
  Targets.OpenTarget open(String address) throws IOException;

  /** Whether an address is not one of this machine's directories. */
  static boolean isRemote(String address) {
    return address.startsWith("sftp:") || address.startsWith("s3:") || address.startsWith("rest:");
  }
}
