package tr.emanet.index;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Counts in how many lines of one kind each word stands, one kind after the other. One thread only.
 */
final class WordLearner {

  /** Lines that are looked at. */
  static final int WINDOW = 512;

  /** A kind that is this rare is not worth it. */
  private static final int FIRST_LOOK = 16;

  /** Lines after which a kind is looked at again, because a device may have been updated. */
  private static final int AGAIN = 1 << 17;

  /** Events of any kind after which a rare kind must do with fewer lines. */
  private static final int PATIENCE = 1 << 16;

  private static final int ENOUGH = 32;
  private static final int SLOTS = 4096;
  private static final int MAX_WORDS = 2048;

  private static final byte[] NONE = new byte[0];

  private final long[] hashes = new long[SLOTS];
  private final int[] counts = new int[SLOTS];
  private final int[] lastLine = new int[SLOTS];
  private final byte[][] words = new byte[SLOTS][0];
  private int known;
  private int lines;
  private int ticks;
  private @Nullable WordSet kind;

  /** Called for every event. */
  void tick() {
    if (kind != null && ++ticks > PATIENCE) {
      finish();
    }
  }

  /** Whether a line of this kind is to be learned from. */
  boolean wants(WordSet candidate) {
    int seen = candidate.line();
    if (kind == null && seen >= (candidate.looked() ? AGAIN : FIRST_LOOK)) {
      kind = candidate;
    }
    return candidate.equals(kind);
  }

  void learn(WordSet of, byte[] bytes, int[] ends, int count) {
    lines++;
    int from = 0;
    for (int i = 0; i < count; i++) {
      see(bytes, from, ends[i]);
      from = ends[i];
    }
    if (lines == WINDOW) {
      finish();
    }
  }

  private void see(byte[] bytes, int from, int to) {
    long hash = CommonWords.hash(bytes, from, to) | 1;
    int slot = (int) (hash >>> 16) & (SLOTS - 1);
    while (hashes[slot] != 0) {
      if (hashes[slot] == hash) {
        if (lastLine[slot] != lines) {
          lastLine[slot] = lines;
          counts[slot]++;
        }
        return;
      }
      slot = slot + 1 & (SLOTS - 1);
    }
    if (known < MAX_WORDS) {
      known++;
      hashes[slot] = hash;
      counts[slot] = 1;
      lastLine[slot] = lines;
      words[slot] = Arrays.copyOfRange(bytes, from, to);
    }
  }

  /** Half of the lines make a word common, an eighth lets it stay so. */
  private void finish() {
    WordSet of = kind;
    if (of != null && lines >= ENOUGH) {
      List<byte[]> common = new ArrayList<>();
      List<byte[]> staying = new ArrayList<>();
      for (int slot = 0; slot < SLOTS; slot++) {
        byte[] word = words[slot];
        if (hashes[slot] == 0) {
          continue;
        }
        if (counts[slot] * 2 >= lines) {
          common.add(word);
        } else if (counts[slot] * 8 >= lines && of.has(word)) {
          staying.add(word);
        }
      }
      common.addAll(staying);
      of.learned(
          common.subList(0, Math.min(common.size(), WordSet.MAX_WORDS)).stream()
              .sorted(Arrays::compare)
              .toList());
    } else if (of != null) {
      of.learned(List.of());
    }
    Arrays.fill(hashes, 0);
    Arrays.fill(words, NONE);
    known = 0;
    lines = 0;
    ticks = 0;
    kind = null;
  }
}
