package tr.emanet.overview;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How long the disk lasts at the growth of the last days. Pure.
 *
 * @param bytesADay growth; 0 or less when nothing grows
 * @param days until intake closes; -1 when nobody can say
 * @param full when that is; the epoch when nobody can say
 */
record DiskForecast(long bytesADay, long days, Instant full) {

  /** History shorter than this says nothing. */
  static final Duration ENOUGH = Duration.ofHours(6);

  /** Farther than this nobody looks. */
  static final long MOST_DAYS = 3_650;

  private static final double DAY = Duration.ofDays(1).toMillis();

  /**
   * @param then the use some days ago
   * @param left bytes until intake closes
   */
  static Optional<DiskForecast> of(
      Optional<HistoryStore.DiskUse> then, long usedNow, long left, Instant now) {
    if (then.isEmpty() || Duration.between(then.get().at(), now).compareTo(ENOUGH) < 0) {
      return Optional.empty();
    }
    double days = Duration.between(then.get().at(), now).toMillis() / DAY;
    long growth = Math.round((usedNow - then.get().used()) / days);
    if (growth <= 0) {
      return Optional.of(new DiskForecast(growth, -1, Instant.EPOCH));
    }
    long more = Math.min(MOST_DAYS, Math.max(0, left) / growth);
    return Optional.of(new DiskForecast(growth, more, now.plus(Duration.ofDays(more))));
  }
}
