package tr.emanet.keep;

import java.util.Map;

/**
 * Days that each stream is kept.
 *
 * @param days for streams without a rule of their own, at least {@link #FLOOR}
 * @param streams stream to days, each at least {@link #FLOOR}
 */
public record RetentionRules(int days, Map<String, Integer> streams) {

  /** Law 5651 asks for no less of anybody. */
  public static final int FLOOR = 180;

  public RetentionRules {
    streams = Map.copyOf(streams);
    if (days < FLOOR || streams.values().stream().anyMatch(d -> d < FLOOR)) {
      throw new IllegalArgumentException("retention below " + FLOOR + " days");
    }
  }

  /** Days of one stream. */
  public int of(String stream) {
    return streams.getOrDefault(stream, days);
  }
}
