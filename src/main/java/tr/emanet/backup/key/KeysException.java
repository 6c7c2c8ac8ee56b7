package tr.emanet.backup.key;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Keys of a repository cannot be used or made; the message names what and the remedy. */
public final class KeysException extends IOException {

  private static final long serialVersionUID = 1L;

  public KeysException(String message) {
    super(message);
  }

  public KeysException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
