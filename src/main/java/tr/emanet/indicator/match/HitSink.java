package tr.emanet.indicator.match;

import org.jspecify.annotations.Nullable;
import tr.emanet.event.Field;

/** Takes the hits of one event. */
@FunctionalInterface
public interface HitSink {

  /**
   * One indicator was found; at most once an event.
   *
   * @param indicator its id
   * @param field where; null when it stands somewhere in the text
   * @param source holds what was observed in {@code [from, to)}, valid only during this call: text,
   *     but the 16 bytes of the address for address fields
   * @param weak only the bare name of a {@code www.} indicator was seen
   */
  void hit(long indicator, @Nullable Field field, byte[] source, int from, int to, boolean weak);
}
