package tr.emanet.indicator.match;

import java.util.Arrays;

/**
 * Maps byte strings to a number each: open addressing over one {@code long} a slot (half the hash,
 * number of the key), all keys in one array. The caller hashes, so that all suffixes of a name cost
 * one pass. Immutable, safe for many threads.
 */
final class ByteTable {

  private static final long TAG = 0xFFFFFFFF00000000L;

  private final long[] slots;
  private final byte[] keys;
  private final int[] starts;
  private final int[] values;

  private ByteTable(long[] slots, byte[] keys, int[] starts, int[] values) {
    this.slots = slots;
    this.keys = keys;
    this.starts = starts;
    this.values = values;
  }

  int size() {
    return values.length;
  }

  /** The number of {@code b[from, to)}, or -1; a hash that agrees is always confirmed. */
  int find(long hash, byte[] b, int from, int to) {
    int mask = slots.length - 1;
    int i = (int) hash & mask;
    while (true) {
      long slot = slots[i];
      if (slot == 0) {
        return -1;
      }
      if (((slot ^ hash) & TAG) == 0) {
        int key = (int) slot - 1;
        if (Arrays.equals(keys, starts[key], starts[key + 1], b, from, to)) {
          return values[key];
        }
      }
      i = i + 1 & mask;
    }
  }

  /** Collects keys; not thread-safe. At most half of the slots are used. */
  static final class Builder {
    private static final int MOST_BYTES = Integer.MAX_VALUE - 4096;

    private long[] slots = new long[16];
    private int[] hashes = new int[8];
    private byte[] keys = new byte[64];
    private int[] starts = new int[9];
    private int[] values = new int[8];
    private int count;

    /** Sets the number of a key and returns the one before, or -1. */
    int put(long hash, byte[] key, int value) {
      int mask = slots.length - 1;
      int i = (int) hash & mask;
      while (slots[i] != 0) {
        int known = (int) slots[i] - 1;
        if (((slots[i] ^ hash) & TAG) == 0
            && Arrays.equals(keys, starts[known], starts[known + 1], key, 0, key.length)) {
          int before = values[known];
          values[known] = value;
          return before;
        }
        i = i + 1 & mask;
      }
      append((int) hash, key, value);
      slots[i] = hash & TAG | count;
      if (count > slots.length / 2) {
        rehash();
      }
      return -1;
    }

    private void append(int hash, byte[] key, int value) {
      int at = starts[count];
      if (key.length > MOST_BYTES - at) {
        throw new IllegalStateException("indicator values above 2 GB");
      }
      if (count == values.length) {
        int room = count + (count >> 1);
        hashes = Arrays.copyOf(hashes, room);
        values = Arrays.copyOf(values, room);
        starts = Arrays.copyOf(starts, room + 1);
      }
      if (at + key.length > keys.length) {
        long room = Math.max((long) at + key.length, keys.length * 3L / 2);
        keys = Arrays.copyOf(keys, (int) Math.min(room, MOST_BYTES));
      }
      System.arraycopy(key, 0, keys, at, key.length);
      hashes[count] = hash;
      values[count] = value;
      count++;
      starts[count] = at + key.length;
    }

    private void rehash() {
      long[] old = slots;
      slots = new long[old.length * 2];
      int mask = slots.length - 1;
      for (long slot : old) {
        if (slot != 0) {
          int i = hashes[(int) slot - 1] & mask;
          while (slots[i] != 0) {
            i = i + 1 & mask;
          }
          slots[i] = slot;
        }
      }
    }

    ByteTable build() {
      return new ByteTable(
          slots,
          Arrays.copyOf(keys, starts[count]),
          Arrays.copyOf(starts, count + 1),
          Arrays.copyOf(values, count));
    }
  }
}
