package tr.emanet.index;

import java.util.Arrays;
import java.util.List;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * The common words of one kind of lines, in order, and the templates made of them so far. One
 * thread only.
 */
final class WordSet {

  /** Common words of a kind; two longs hold which of them a line has. */
  static final int MAX_WORDS = 128;

  /** Templates of a kind; lines with other sets are indexed word by word. */
  static final int MAX_TEMPLATES = 64;

  /** A template of fewer words costs more than it saves. */
  private static final int MIN_WORDS = 3;

  private static final int WORD_SLOTS = 4 * MAX_WORDS;
  private static final int TEMPLATE_SLOTS = 4 * MAX_TEMPLATES;

  private final long key;
  private byte[][] words = new byte[0][];
  // Empty until there are common words: a flood of invented programs must not cost memory.
  private short[] wordAt = new short[0];
  private long[] low = new long[0];
  private long[] high = new long[0];
  private @Nullable BytesRef[] templates = new BytesRef[0];
  private int used;
  private int lines;
  private boolean looked;

  WordSet(long key) {
    this.key = key;
  }

  long key() {
    return key;
  }

  int size() {
    return words.length;
  }

  /** Counts a line; returns how many there were since the words were learned. */
  int line() {
    return ++lines;
  }

  /** Whether its words were looked at, even if none was common. */
  boolean looked() {
    return looked;
  }

  boolean has(byte[] word) {
    return size() > 0 && indexOf(word, 0, word.length, hashOf(word)) >= 0;
  }

  /** Place of a word among the common words, or -1. */
  int indexOf(byte[] bytes, int from, int to, long hash) {
    int slot = (int) hash & (WORD_SLOTS - 1);
    for (int at = wordAt[slot]; at != 0; at = wordAt[slot]) {
      byte[] word = words[at - 1];
      if (word.length == to - from && Arrays.equals(word, 0, word.length, bytes, from, to)) {
        return at - 1;
      }
      slot = slot + 1 & (WORD_SLOTS - 1);
    }
    return -1;
  }

  /**
   * The template for a set of common words: null when it is new (then it is one from the next time
   * on), too small, or one too many.
   */
  @Nullable BytesRef template(long lowBits, long highBits) {
    int slot =
        (int) ((lowBits * 31 + highBits) * 0x9e3779b97f4a7c15L >>> 48) & (TEMPLATE_SLOTS - 1);
    for (BytesRef known = templates[slot]; known != null; known = templates[slot]) {
      if (low[slot] == lowBits && high[slot] == highBits) {
        return known.length == 0 ? null : known;
      }
      slot = slot + 1 & (TEMPLATE_SLOTS - 1);
    }
    if (used < MAX_TEMPLATES) {
      used++;
      low[slot] = lowBits;
      high[slot] = highBits;
      templates[slot] = joined(lowBits, highBits);
    }
    return null;
  }

  private BytesRef joined(long lowBits, long highBits) {
    BytesRef out = new BytesRef();
    if (Long.bitCount(lowBits) + Long.bitCount(highBits) < MIN_WORDS) {
      return out;
    }
    byte[] bytes = new byte[words.length * (TermSplitter.MAX_TERM_BYTES + 17)];
    int length = 0;
    for (int i = 0; i < words.length; i++) {
      if (((i < 64 ? lowBits : highBits) >>> i & 1) != 0) {
        if (length > 0) {
          length++;
        }
        System.arraycopy(words[i], 0, bytes, length, words[i].length);
        length += words[i].length;
      }
    }
    out.bytes = Arrays.copyOf(bytes, length);
    out.length = length;
    return out;
  }

  /**
   * Takes new common words, sorted; the templates begin anew unless nothing changed and there is
   * room.
   */
  void learned(List<byte[]> sorted) {
    lines = 0;
    looked = true;
    if (used < MAX_TEMPLATES && Arrays.deepEquals(words, sorted.toArray(byte[][]::new))) {
      return;
    }
    words = sorted.toArray(byte[][]::new);
    boolean some = words.length > 0;
    wordAt = new short[some ? WORD_SLOTS : 0];
    low = new long[some ? TEMPLATE_SLOTS : 0];
    high = new long[some ? TEMPLATE_SLOTS : 0];
    templates = new BytesRef[some ? TEMPLATE_SLOTS : 0];
    used = 0;
    for (int i = 0; i < words.length; i++) {
      int slot = (int) hashOf(words[i]) & (WORD_SLOTS - 1);
      while (wordAt[slot] != 0) {
        slot = slot + 1 & (WORD_SLOTS - 1);
      }
      wordAt[slot] = (short) (i + 1);
    }
  }

  private static long hashOf(byte[] word) {
    return CommonWords.hash(Arrays.copyOf(word, word.length + 8), 0, word.length);
  }
}
