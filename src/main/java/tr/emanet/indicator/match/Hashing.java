package tr.emanet.indicator.match;

/**
 * The hash of a set: polynomial, with a secret odd factor, so that nobody who writes a feed can
 * make values that collide.
 *
 * @param factor odd
 */
record Hashing(long factor) {

  /** Adds one byte; names are hashed from the right, URLs from the left. */
  long step(long hash, int b) {
    return (hash + b + 1) * factor;
  }

  /** The value to look up with. */
  static long end(long hash) {
    long h = (hash ^ hash >>> 32) * 0xD6E8FEB86659FD93L;
    return h ^ h >>> 29;
  }

  long fromRight(byte[] b, int from, int to) {
    long hash = factor;
    for (int i = to - 1; i >= from; i--) {
      hash = step(hash, b[i]);
    }
    return hash;
  }

  long fromLeft(long start, byte[] b, int from, int to) {
    long hash = start;
    for (int i = from; i < to; i++) {
      hash = step(hash, b[i]);
    }
    return hash;
  }

  /** An address or network of {@code prefix} bits out of 128. */
  long network(long high, long low, int prefix) {
    long h = (high ^ Long.rotateLeft(low, 31)) * factor + prefix;
    return end((h ^ h >>> 32) * 0x9E3779B97F4A7C15L + low);
  }
}
