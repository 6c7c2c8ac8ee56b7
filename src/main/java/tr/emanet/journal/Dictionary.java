package tr.emanet.journal;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Numbers equal values within one frame; a look-up allocates nothing. One thread only. */
final class Dictionary<T> {

  private static final int SLOTS = Format.MAX_DICTIONARY * 2;

  private final @Nullable Object[] keys = new @Nullable Object[SLOTS];
  private final short[] numbers = new short[SLOTS];
  private int size;

  void clear() {
    Arrays.fill(keys, null);
    size = 0;
  }

  /** The number of an equal value seen before, or -1; a new value gets the next number if any. */
  int number(T value) {
    int hash = value.hashCode();
    int slot = (hash ^ hash >>> 15) & SLOTS - 1;
    for (Object key = keys[slot]; key != null; key = keys[slot]) {
      if (key.equals(value)) {
        return numbers[slot];
      }
      slot = slot + 1 & SLOTS - 1;
    }
    if (size < Format.MAX_DICTIONARY) {
      keys[slot] = value;
      numbers[slot] = (short) size++;
    }
    return -1;
  }
}
