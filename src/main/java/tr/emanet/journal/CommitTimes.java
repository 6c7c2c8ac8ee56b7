package tr.emanet.journal;

import java.util.Arrays;

/** Durations of the last 4,096 commits. Safe for many threads. */
final class CommitTimes {

  private final long[] ring = new long[4096];
  private long count;

  synchronized void add(long micros) {
    ring[(int) (count++ & ring.length - 1)] = micros;
  }

  synchronized long count() {
    return count;
  }

  /** A percentile in microseconds, 0 before the first commit. */
  synchronized long percentile(int percent) {
    int size = (int) Math.min(count, ring.length);
    if (size == 0) {
      return 0;
    }
    long[] sorted = Arrays.copyOf(ring, size);
    Arrays.sort(sorted);
    return sorted[Math.min(size - 1, size * percent / 100)];
  }
}
