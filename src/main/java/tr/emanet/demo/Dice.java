package tr.emanet.demo;

/** SplitMix64: fast, and the same numbers from the same seed everywhere. One thread only. */
final class Dice {

  private long state;

  Dice(long seed) {
    state = seed;
  }

  long next() {
    state += 0x9E3779B97F4A7C15L;
    long z = state;
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }

  /** A number in {@code [0, bound)}. */
  int below(int bound) {
    return (int) ((next() >>> 33) * bound >>> 31);
  }

  /** A number in {@code [0, bound)} that is small more often than large. */
  int skewed(int bound) {
    return (int) ((long) below(bound) * below(bound) / bound);
  }

  <T> T of(T[] choices) {
    return choices[below(choices.length)];
  }
}
