package tr.emanet.backup.proof;

import java.time.Duration;
import java.util.Locale;

/** The rungs of the ladder, from the cheapest to the dearest. */
public enum Rung {
  /** Signatures, chain, and whether all that is sealed is there. */
  SEAL(Duration.ofDays(1)),
  /** Every index, every tree, every size; no data. */
  INDEX(Duration.ofDays(7)),
  /** Random packs and files, each byte of them. */
  SAMPLE(Duration.ofDays(7)),
  /** Every stored byte. */
  FULL(Duration.ofDays(30));

  private final Duration period;

  Rung(Duration period) {
    this.period = period;
  }

  /** So often it is checked. */
  public Duration period() {
    return period;
  }

  /** Whether it reads much, and therefore keeps out of working hours. */
  boolean heavy() {
    return this == SAMPLE || this == FULL;
  }

  /** The name in store, API and text keys. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The rung of a name.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static Rung ofId(String id) {
    return valueOf(id.toUpperCase(Locale.ROOT));
  }
}
