package tr.emanet.parse;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A fixed set of ASCII keys with a value each, found by a range of bytes without allocation. The
 * case of letters does not matter. A perfect hash over length, first and last eight bytes: one
 * probe a look-up. Immutable, safe for many threads.
 *
 * @param <V> what a key means
 */
final class KeyTable<V> {

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** Maps upper to lower case and leaves digits, {@code .} and {@code -} alone. */
  private static final long FOLD = 0x2020202020202020L;

  /** One object a slot, so that a look-up touches two cache lines and not five. */
  private record Entry<V>(long head, long tail, byte[] key, V value) {}

  private static final int MOST_BITS = 16;

  private final @Nullable Entry<V>[] slots;
  private final long seed;
  private final int shift;

  /**
   * @throws IllegalArgumentException when two keys share length, first and last eight bytes: no
   *     seed tells them apart
   */
  KeyTable(Map<String, V> entries) {
    int bits = 2;
    while (1 << bits < entries.size() * 2) {
      bits++;
    }
    long found = 0;
    while (found == 0) {
      bits++;
      if (bits > MOST_BITS) {
        throw new IllegalArgumentException("two keys have the same length, begin and end");
      }
      found = seedFor(entries, bits);
    }
    seed = found;
    shift = 64 - bits;
    @SuppressWarnings({"unchecked", "rawtypes"}) // arrays of generics cannot be made otherwise
    @Nullable Entry<V>[] empty = new Entry[1 << bits];
    slots = empty;
    entries.forEach(
        (name, value) -> {
          byte[] key = Ascii.of(name);
          long head = head(key, 0, key.length);
          long tail = tail(key, 0, key.length);
          slots[slot(head, tail, key.length, seed, shift)] = new Entry<>(head, tail, key, value);
        });
  }

  private static long seedFor(Map<String, ?> entries, int bits) {
    long seed = 0x9E3779B97F4A7C15L;
    for (int attempt = 0; attempt < 2000; attempt++) {
      boolean[] taken = new boolean[1 << bits];
      boolean clash = false;
      for (String name : entries.keySet()) {
        byte[] key = Ascii.of(name);
        int slot =
            slot(head(key, 0, key.length), tail(key, 0, key.length), key.length, seed, 64 - bits);
        clash |= taken[slot];
        taken[slot] = true;
      }
      if (!clash) {
        return seed;
      }
      seed = seed * 6364136223846793005L + 1442695040888963407L | 1;
    }
    return 0;
  }

  /** The value of {@code b[from, to)}, or null when it is not a key. */
  @Nullable V find(byte[] b, int from, int to) {
    int length = to - from;
    if (length <= 0) {
      return null;
    }
    long head = head(b, from, length);
    long tail = tail(b, from, length);
    Entry<V> entry = slots[slot(head, tail, length, seed, shift)];
    if (entry == null || entry.head != head || entry.tail != tail || entry.key.length != length) {
      return null;
    }
    byte[] key = entry.key;
    for (int k = 8; k < length - 8; k++) {
      if ((b[from + k] | 0x20) != (key[k] | 0x20)) {
        return null;
      }
    }
    return entry.value;
  }

  private static long head(byte[] b, int from, int length) {
    if (length >= 8) {
      return (long) LONG.get(b, from) | FOLD;
    }
    if (from + 8 <= b.length) {
      return ((long) LONG.get(b, from) | FOLD) & (1L << (length * 8)) - 1;
    }
    long head = 0;
    for (int k = length - 1; k >= 0; k--) {
      head = head << 8 | (b[from + k] | 0x20) & 255;
    }
    return head;
  }

  private static long tail(byte[] b, int from, int length) {
    return length > 8 ? (long) LONG.get(b, from + length - 8) | FOLD : 0;
  }

  private static int slot(long head, long tail, int length, long seed, int shift) {
    long h = (head ^ Long.rotateLeft(tail, 29) + length) * seed;
    return (int) ((h ^ h >>> 32) * 0x9E3779B97F4A7C15L >>> shift);
  }
}
