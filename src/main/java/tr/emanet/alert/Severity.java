package tr.emanet.alert;

import java.util.Locale;
import java.util.Optional;

/** How bad it is, mildest first: the ordinal is stored. */
public enum Severity {
  LOW,
  MEDIUM,
  HIGH,
  CRITICAL;

  /** The name in policy, API and text keys, such as {@code high}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** So many steps worse, at most critical. */
  public Severity raised(int steps) {
    return values()[Math.clamp((long) ordinal() + steps, 0, CRITICAL.ordinal())];
  }

  /** Finds a severity by its id. */
  public static Optional<Severity> named(String id) {
    for (Severity severity : values()) {
      if (severity.id().equals(id)) {
        return Optional.of(severity);
      }
    }
    return Optional.empty();
  }

  static Severity stored(int ordinal) {
    return values()[Math.clamp(ordinal, 0, CRITICAL.ordinal())];
  }
}
