package tr.emanet.alert;

import java.util.Locale;
import java.util.Optional;

/** Why an alert was closed. */
public enum CloseReason {
  /** It was what it looked like, and something was done. */
  RESOLVED,
  /** It was harmless. */
  FALSE_ALARM,
  /** Another alert or case holds it. */
  DUPLICATE,
  /** Known and accepted. */
  ACCEPTED;

  /** The name in API and text keys, such as {@code false-alarm}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Finds a reason by its id. */
  public static Optional<CloseReason> named(String id) {
    for (CloseReason reason : values()) {
      if (reason.id().equals(id)) {
        return Optional.of(reason);
      }
    }
    return Optional.empty();
  }
}
