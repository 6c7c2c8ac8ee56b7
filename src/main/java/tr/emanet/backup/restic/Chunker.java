package tr.emanet.backup.restic;

/**
 * Cuts content where restic cuts it: a Rabin fingerprint over the last 64 bytes whose low 20 bits
 * are zero, after 512 KiB at least and 8 MiB at most.
 *
 * <p>At least 512 KiB into a chunk the fingerprint depends on nothing but the last 64 bytes; so
 * four stretches of a chunk are searched side by side and the first hit counts, which hides the
 * latency of the table look-ups. Immutable after construction; any thread.
 */
final class Chunker {

  static final int MIN = 512 << 10;
  static final int MAX = 8 << 20;
  static final int WINDOW = 64;

  /** How many bytes each of the four stretches has. */
  private static final int STRETCH = 4096;

  private static final long MASK = (1 << 20) - 1;
  private static final int SHIFT = Polynomial.DEGREE - 8;

  private final long[] out = new long[256];
  private final long[] mod = new long[256];

  /** A chunker for a polynomial of degree 53. */
  Chunker(long polynomial) {
    if (Polynomial.degree(polynomial) != Polynomial.DEGREE) {
      throw new IllegalArgumentException("a polynomial of degree " + Polynomial.DEGREE);
    }
    for (int b = 0; b < 256; b++) {
      long h = Polynomial.mod(b, polynomial);
      for (int i = 0; i < WINDOW - 1; i++) {
        h = Polynomial.mod(h << 8, polynomial);
      }
      out[b] = h;
      long high = (long) b << Polynomial.DEGREE;
      mod[b] = Polynomial.mod(high, polynomial) | high;
    }
  }

  /**
   * The length of the chunk that begins the array.
   *
   * @param from lengths below were looked at in an earlier call and are none
   * @param length how many bytes of the array count
   * @param last true when nothing follows them
   * @return 0 when the bytes are too few to say; never for {@link #MAX} bytes or {@code last}
   */
  int cut(byte[] bytes, int from, int length, boolean last) {
    int end = Math.min(length, MAX);
    // A chunk of the minimum is cut when the window before its end says so.
    int at = Math.max(MIN, from);
    while (at + 4 * STRETCH - 1 <= end) {
      int found = four(bytes, at);
      if (found > 0) {
        return found;
      }
      at += 4 * STRETCH;
    }
    if (at <= end) {
      long h = before(bytes, at);
      while (true) {
        if ((h & MASK) == 0) {
          return at;
        }
        if (at == end) {
          break;
        }
        h = roll(h, bytes[at - WINDOW], bytes[at]);
        at++;
      }
    }
    return end == MAX || last ? end : 0;
  }

  /** The first cut of the 4 * STRETCH positions from {@code at}, 0 when there is none. */
  private int four(byte[] bytes, int at) {
    int a1 = at + STRETCH;
    int a2 = at + 2 * STRETCH;
    int a3 = at + 3 * STRETCH;
    long h0 = before(bytes, at);
    long h1 = before(bytes, a1);
    long h2 = before(bytes, a2);
    long h3 = before(bytes, a3);
    int c1 = 0;
    int c2 = 0;
    int c3 = 0;
    for (int i = 0; i < STRETCH; i++) {
      if ((h0 & MASK) == 0) {
        return at + i;
      }
      if ((h1 & MASK) == 0 && c1 == 0) {
        c1 = a1 + i;
      }
      if ((h2 & MASK) == 0 && c2 == 0) {
        c2 = a2 + i;
      }
      if ((h3 & MASK) == 0 && c3 == 0) {
        c3 = a3 + i;
      }
      if (i == STRETCH - 1) {
        break; // the next byte may be beyond the end
      }
      h0 = roll(h0, bytes[at + i - WINDOW], bytes[at + i]);
      h1 = roll(h1, bytes[a1 + i - WINDOW], bytes[a1 + i]);
      h2 = roll(h2, bytes[a2 + i - WINDOW], bytes[a2 + i]);
      h3 = roll(h3, bytes[a3 + i - WINDOW], bytes[a3 + i]);
    }
    return c1 > 0 ? c1 : c2 > 0 ? c2 : c3;
  }

  /** The fingerprint of the 64 bytes before a position. */
  private long before(byte[] bytes, int at) {
    long h = 0;
    for (int i = at - WINDOW; i < at; i++) {
      int index = (int) (h >>> SHIFT) & 0xff;
      h = ((h << 8) | (bytes[i] & 0xff)) ^ mod[index];
    }
    return h;
  }

  private long roll(long h, byte leaves, byte comes) {
    long x = h ^ out[leaves & 0xff];
    return ((x << 8) | (comes & 0xff)) ^ mod[(int) (x >>> SHIFT) & 0xff];
  }
}
