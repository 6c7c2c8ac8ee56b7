package tr.emanet.journal;

import java.io.IOException;
import java.io.Serial;

/** Stored bytes do not decode although their check sums hold. */
final class DamagedException extends IOException {

  @Serial private static final long serialVersionUID = 1;

  DamagedException(String message) {
    super(message);
  }
}
