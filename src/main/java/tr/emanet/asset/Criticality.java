package tr.emanet.asset;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tr.emanet.event.Folding;

/** How much depends on an asset; the order is the order of importance. */
public enum Criticality {
  LOW(30),
  MEDIUM(14),
  HIGH(7),
  CRITICAL(3);

  private static final Map<String, Criticality> WORDS =
      Map.ofEntries(
          Map.entry("low", LOW),
          Map.entry("dusuk", LOW),
          Map.entry("1", LOW),
          Map.entry("medium", MEDIUM),
          Map.entry("normal", MEDIUM),
          Map.entry("orta", MEDIUM),
          Map.entry("2", MEDIUM),
          Map.entry("high", HIGH),
          Map.entry("yuksek", HIGH),
          Map.entry("3", HIGH),
          Map.entry("critical", CRITICAL),
          Map.entry("kritik", CRITICAL),
          Map.entry("4", CRITICAL));

  private final int days;

  Criticality(int days) {
    this.days = days;
  }

  /** Days within which a task on such an asset should be done. */
  public int days() {
    return days;
  }

  /** The word in files and in the API, such as {@code critical}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads a Turkish or English word in any case, or 1 (low) to 4 (critical). */
  public static Optional<Criticality> read(String word) {
    return Optional.ofNullable(WORDS.get(Folding.fold(word.strip())));
  }
}
