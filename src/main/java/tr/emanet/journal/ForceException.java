package tr.emanet.journal;

import java.io.IOException;
import java.io.Serial;

/**
 * Forcing a file or directory to disk has failed. Unlike a failed write this is never tried again:
 * the kernel may have dropped the bytes and would report success the second time.
 */
final class ForceException extends IOException {

  @Serial private static final long serialVersionUID = 1;

  ForceException(String what, IOException cause) {
    super(what + " could not be forced to disk: " + cause.getMessage(), cause);
  }
}
