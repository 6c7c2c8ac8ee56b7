package tr.emanet.crypto;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A key or certificate cannot be used; the message names the file, the cause and the remedy. */
public final class CryptoException extends IOException {

  private static final long serialVersionUID = 1L;

  public CryptoException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
