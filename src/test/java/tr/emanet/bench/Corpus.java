package tr.emanet.bench;

import java.time.Instant;
import java.util.Locale;
import tr.emanet.demo.CorpusGenerator;

/**
 * The benchmark corpus line by line, from a fixed seed; each {@link #ID_EVERY}th line ends in
 * {@code id=} and a number of nine digits that no other line has, so that it can be looked up. One
 * thread only.
 */
final class Corpus {

  /** What is shipped as "the corpus". */
  static final long SEED = 20_261_122L;

  /** Lines from one numbered line to the next. */
  static final int ID_EVERY = 32;

  private final CorpusGenerator generator;
  private final byte[] out = new byte[CorpusGenerator.MAX_LINE + 1];

  /**
   * Begins at line 0.
   *
   * @param start time of line 0
   * @param perSecond by which the times advance
   */
  Corpus(long seed, Instant start, int perSecond) {
    generator = new CorpusGenerator(seed, start.toEpochMilli(), perSecond, ID_EVERY);
  }

  /** Makes the next line, line feed included, in {@link #bytes}; returns its length. */
  int next() {
    int length = generator.next(out, 0);
    out[length] = '\n';
    return length + 1;
  }

  byte[] bytes() {
    return out;
  }

  /** The word that only line {@code n} has; n is a multiple of {@link #ID_EVERY}. */
  static String uniqueWord(long n) {
    return String.format(Locale.ROOT, "%09d", n);
  }
}
