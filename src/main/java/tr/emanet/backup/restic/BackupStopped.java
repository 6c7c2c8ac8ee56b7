package tr.emanet.backup.restic;

import tr.emanet.backup.BackupException;

/** A backup that was told to stop; what it stored is found again by the next one. */
public final class BackupStopped extends BackupException {

  private static final long serialVersionUID = 1L;

  BackupStopped() {
    super("the backup was stopped; no snapshot was made");
  }
}
