package tr.emanet.alert;

import java.util.Locale;
import java.util.Optional;

/** Where an alert stands: new, then acknowledged, then closed; a later hit makes it new again. */
public enum AlertState {
  NEW,
  ACKNOWLEDGED,
  CLOSED;

  /** The name in API and text keys. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<AlertState> named(String id) {
    for (AlertState state : values()) {
      if (state.id().equals(id)) {
        return Optional.of(state);
      }
    }
    return Optional.empty();
  }
}
