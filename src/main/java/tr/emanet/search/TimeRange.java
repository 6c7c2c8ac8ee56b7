package tr.emanet.search;

/**
 * A span of {@code @timestamp}.
 *
 * @param fromMillis first millisecond inside
 * @param toMillis first millisecond after it
 */
public record TimeRange(long fromMillis, long toMillis) {

  public static final TimeRange ALL = new TimeRange(Long.MIN_VALUE, Long.MAX_VALUE);

  public TimeRange {
    if (toMillis < fromMillis) {
      throw new IllegalArgumentException("range ends before it starts");
    }
  }

  public boolean contains(long millis) {
    return millis >= fromMillis && millis < toMillis;
  }
}
