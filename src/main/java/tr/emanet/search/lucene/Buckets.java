package tr.emanet.search.lucene;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/**
 * Round buckets over a span of time.
 *
 * @param startMillis begin of the first one, aligned in the zone
 * @param widthMillis length of each
 * @param count how many; 0 when there is nothing to show
 */
record Buckets(long startMillis, long widthMillis, int count) {

  private static final long[] WIDTHS = {
    seconds(1),
    seconds(5),
    seconds(10),
    seconds(30),
    seconds(60),
    seconds(300),
    seconds(900),
    seconds(1800),
    hours(1),
    hours(3),
    hours(6),
    hours(12),
    hours(24),
    hours(24 * 7)
  };

  /** 1970-01-05 was a Monday. */
  private static final long MONDAY = hours(24 * 4);

  private static long seconds(long n) {
    return Duration.ofSeconds(n).toMillis();
  }

  private static long hours(long n) {
    return Duration.ofHours(n).toMillis();
  }

  /**
   * Chooses the narrowest round width that needs at most {@code wanted} buckets, plus one where the
   * span does not begin on a border.
   */
  static Buckets over(long fromMillis, long toMillis, int wanted, ZoneId zone) {
    if (toMillis <= fromMillis) {
      return new Buckets(0, WIDTHS[0], 0);
    }
    long span = toMillis - fromMillis;
    long width = 0;
    for (int i = 0; i < WIDTHS.length && width == 0; i++) {
      width = WIDTHS[i] >= (span + wanted - 1) / wanted ? WIDTHS[i] : 0;
    }
    long week = WIDTHS[WIDTHS.length - 1];
    if (width == 0) {
      width = Math.multiplyExact(week, ((span + wanted - 1) / wanted + week - 1) / week);
    }
    long offset =
        zone.getRules().getOffset(Instant.ofEpochMilli(fromMillis)).getTotalSeconds() * 1000L;
    long shift = width % week == 0 ? offset - MONDAY : offset;
    long start = Math.floorDiv(fromMillis + shift, width) * width - shift;
    return new Buckets(start, width, (int) ((toMillis - start + width - 1) / width));
  }
}
