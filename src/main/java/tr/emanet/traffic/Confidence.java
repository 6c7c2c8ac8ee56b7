package tr.emanet.traffic;

import java.util.Locale;

/** How sure a step is; the order is from sure to unsure. */
public enum Confidence {
  /** Begin and end are logged, or as good as. */
  HIGH,
  /** One end had to be assumed. */
  MEDIUM,
  /** Only near the instant, or only part of what is needed is logged. */
  LOW;

  /** The name in API and text keys. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  Confidence weaker() {
    return this == HIGH ? MEDIUM : LOW;
  }
}
