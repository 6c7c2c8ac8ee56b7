package tr.emanet.search;

import java.time.Duration;

/**
 * What an interactive search may cost.
 *
 * @param deadline after which it ends with what it has
 * @param runningPerPerson searches of one person at the same time
 * @param patience how long a further one waits for its turn before it is refused
 * @param maxClauses conditions of one query
 * @param maxBuckets bars of one histogram
 */
public record SearchLimits(
    Duration deadline, int runningPerPerson, Duration patience, int maxClauses, int maxBuckets) {

  /** The shipped limits. */
  public static final SearchLimits DEFAULT =
      new SearchLimits(Duration.ofSeconds(10), 2, Duration.ofSeconds(3), 1024, 10_000);
}
