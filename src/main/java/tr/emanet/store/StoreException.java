package tr.emanet.store;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The database cannot be used; the message names the file, the cause and the remedy. */
public final class StoreException extends IOException {

  private static final long serialVersionUID = 1L;

  public StoreException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
