package tr.emanet.backup.restic;

import tr.emanet.backup.BackupException;

/** No key file of the repository opens with the password. */
public final class WrongPasswordException extends BackupException {

  private static final long serialVersionUID = 1L;

  WrongPasswordException(String place, int keys) {
    super("the password opens none of the " + keys + " keys of " + place + "; name another");
  }
}
