package tr.emanet.backup.restic;

import java.time.Instant;
import tr.emanet.backup.BackupException;

/** The lock of another is in the way; the message names it and says what can be done. */
public final class RepositoryBusyException extends BackupException {

  private static final long serialVersionUID = 1L;

  private final String host;
  private final long pid;
  private final Instant since;
  private final boolean silent;

  RepositoryBusyException(String message, RepositoryLock.Seen holder, boolean silent) {
    super(message);
    this.host = holder.host();
    this.pid = holder.pid();
    this.since = holder.time();
    this.silent = silent;
  }

  /** Where the other runs. */
  public String host() {
    return host;
  }

  /** The other's process. */
  public long pid() {
    return pid;
  }

  /** When the lock was written or last written anew. */
  public Instant since() {
    return since;
  }

  /** True when the other has shown no sign of life for so long that waiting is no use. */
  public boolean silent() {
    return silent;
  }
}
