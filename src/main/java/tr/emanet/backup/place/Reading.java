package tr.emanet.backup.place;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far the reading back of a copy is. Objects are read in the order of their names, which are
 * spread evenly; each sample goes on after the last.
 *
 * @param cursor the last name that was read; empty at the begin of a round
 * @param cycleAt when this round began
 * @param triedAt when a sample last began
 * @param readAt when one last came to its end; null: none did
 * @param wholeAt when a round last came to its end; null: none did
 * @param first the first name of the last sample, {@code last} its last: where to read again
 * @param objects in the last sample, {@code bytes} their size; {@code total} of the whole copy
 * @param problem why it failed, English; else empty
 */
public record Reading(
    String cursor,
    Instant cycleAt,
    Instant triedAt,
    @Nullable Instant readAt,
    @Nullable Instant wholeAt,
    String first,
    String last,
    long objects,
    long bytes,
    long total,
    String problem) {

  /** Within so many days all of a copy is read. */
  static final int DAYS = 28;

  /** So often a sample is read. */
  private static final Duration EVERY = Duration.ofHours(20);

  private static final Duration AGAIN = Duration.ofHours(1);

  /** So much is read at least: a small copy is read whole each time. */
  private static final long LEAST = 64L << 20;

  /** Whether a sample is due. */
  boolean due(Instant now) {
    Instant read = readAt;
    return (read == null || !read.plus(EVERY).isAfter(now))
        && (problem.isEmpty() || !triedAt.plus(AGAIN).isAfter(now));
  }

  /** How many bytes the next sample has: as many days' worth as passed since the last. */
  static long budget(long total, @Nullable Instant last, Instant now) {
    long hours = last == null ? 24 : Duration.between(last, now).toHours();
    double days = Math.clamp(hours / 24.0, 1, DAYS);
    return Math.max(LEAST, (long) Math.ceil(total * days / DAYS));
  }
}
