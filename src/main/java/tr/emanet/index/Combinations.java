package tr.emanet.index;

import java.nio.charset.StandardCharsets;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;
import tr.emanet.event.Event;
import tr.emanet.event.Field;

/**
 * Writes and reads the combination of a document: for each field of {@link Schema#COMBINED}, in
 * order, its original UTF-8 bytes (cut at 64, no 0x00) and one 0x00; an absent field is empty.
 */
public final class Combinations {

  private static final int MAX_PART_BYTES = 64;
  private static final int FIELDS = Schema.COMBINED.size();
  private static final Field[] FIELD = Schema.COMBINED.toArray(new Field[0]);

  /** Longest combination in bytes. */
  static final int MAX_BYTES = FIELDS * (MAX_PART_BYTES + 1);

  private Combinations() {}

  /** Writes the combination of an event into {@code out}; returns its length. */
  static int write(Event event, byte[] out) {
    int at = 0;
    for (int f = 0; f < FIELDS; f++) {
      Field field = FIELD[f];
      if (event.has(field)) {
        byte[] value = event.valueBytes(field);
        int from = event.valueFrom(field);
        int to = Math.min(event.valueTo(field), from + MAX_PART_BYTES);
        for (int i = from; i < to; i++) {
          byte b = value[i];
          out[at++] = b == 0 ? (byte) ' ' : b;
        }
      }
      out[at++] = 0;
    }
    return at;
  }

  /** Index of a field within a combination, -1 when it is not part of it. */
  public static int indexOf(Field field) {
    return Schema.COMBINED.indexOf(field);
  }

  /**
   * The bytes of one field in a combination, sharing its array.
   *
   * @param index from {@link #indexOf}
   */
  public static BytesRef part(BytesRef combination, int index) {
    int from = combination.offset;
    int end = combination.offset + combination.length;
    for (int skip = index; skip > 0; skip--) {
      while (from < end && combination.bytes[from] != 0) {
        from++;
      }
      from++;
    }
    int to = from;
    while (to < end && combination.bytes[to] != 0) {
      to++;
    }
    return new BytesRef(combination.bytes, Math.min(from, end), Math.max(0, to - from));
  }

  /** The value of one field, or null when the field is absent. */
  public static @Nullable String value(BytesRef combination, int index) {
    BytesRef part = part(combination, index);
    return part.length == 0
        ? null
        : new String(part.bytes, part.offset, part.length, StandardCharsets.UTF_8);
  }
}
