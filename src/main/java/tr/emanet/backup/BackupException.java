package tr.emanet.backup;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A repository, or an object in it, is not what it should be; the message names it and why. */
public class BackupException extends IOException {

  private static final long serialVersionUID = 1L;

  public BackupException(String message) {
    super(message);
  }

  public BackupException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
