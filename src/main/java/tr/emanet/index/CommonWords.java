package tr.emanet.index;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;
import tr.emanet.event.Event;
import tr.emanet.event.Field;

/**
 * Learns which words nearly every line of a kind has (the keys of a firewall, the fixed text of
 * sshd), so that a document needs one term for all of them instead of one posting each. On device
 * logs that is about two thirds of all postings.
 *
 * <p>A kind is a data set and a program. After {@link WordLearner#WINDOW} of its lines the words of
 * at least half of them are its common words. The common words that a line really has, in order,
 * are its <em>template</em>: one term of {@link Schema#COMMON}, the words separated by 0x00. A set
 * that was not seen before, or one too many, is no template, and the line's words are indexed one
 * by one. Which of the two happens changes the size of the index, never an answer: each word of a
 * line stands in exactly one of the two places, and {@link WordQuery} looks at both. That is why
 * what was learned need not be kept: it belongs to one worker and begins anew with each process.
 *
 * <p>Everything is bounded, because senders choose programs and words: kinds by a table in which
 * the frequent ones stay, words and templates by their own limits. One thread only; allocates only
 * while it learns.
 */
final class CommonWords {

  /** Places for kinds of lines; a power of two. */
  private static final int KINDS = 256;

  private static final int MAX_SCORE = 4096;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final @Nullable WordSet[] kinds = new WordSet[KINDS];
  private final int[] scores = new int[KINDS];
  private final WordLearner learner = new WordLearner();

  /**
   * The template of a line.
   *
   * @param words the words one after the other, with eight unused bytes behind the last
   * @param ends where each word ends
   * @param count number of words
   * @param common set to true for each word that the template has, when there is one
   * @return valid until the words of the kind are learned again, or null: index every word
   */
  @Nullable BytesRef template(Event event, byte[] words, int[] ends, int count, boolean[] common) {
    WordSet kind = kind(event);
    learner.tick();
    if (kind == null) {
      return null;
    }
    if (learner.wants(kind)) {
      learner.learn(kind, words, ends, count);
    }
    if (kind.size() == 0) {
      return null;
    }
    long low = 0;
    long high = 0;
    int from = 0;
    for (int i = 0; i < count; i++) {
      int to = ends[i];
      int at = kind.indexOf(words, from, to, hash(words, from, to));
      common[i] = at >= 0;
      if (at >= 64) {
        high |= 1L << at;
      } else if (at >= 0) {
        low |= 1L << at;
      }
      from = to;
    }
    return kind.template(low, high);
  }

  /** The kind of an event, null while its place belongs to a more frequent one. */
  private @Nullable WordSet kind(Event event) {
    long key = hashOf(event, Field.EVENT_DATASET) * 31 + hashOf(event, Field.PROCESS_NAME);
    int place = (int) (key >>> 40) & (KINDS - 1);
    WordSet known = kinds[place];
    if (known != null && known.key() == key) {
      scores[place] = Math.min(scores[place] + 1, MAX_SCORE);
      return known;
    }
    if (known == null || --scores[place] < 0) {
      kinds[place] = new WordSet(key);
      scores[place] = 0;
      return kinds[place];
    }
    return null;
  }

  private static long hashOf(Event event, Field field) {
    if (!event.has(field)) {
      return 7;
    }
    byte[] bytes = event.valueBytes(field);
    long hash = 0xcbf29ce484222325L;
    for (int i = event.valueFrom(field); i < event.valueTo(field); i++) {
      hash = (hash ^ bytes[i]) * 0x100000001b3L;
    }
    return mixed(hash);
  }

  /** Hash of a word; reads up to seven bytes behind it. */
  static long hash(byte[] bytes, int from, int to) {
    long hash = (long) to - from;
    int i = from;
    for (; i + 8 <= to; i += 8) {
      hash = (hash ^ (long) LONGS.get(bytes, i)) * 0x9e3779b97f4a7c15L;
      hash ^= hash >>> 32;
    }
    int rest = to - i;
    if (rest > 0) {
      long tail = (long) LONGS.get(bytes, i) & (-1L >>> (64 - rest * 8));
      hash = (hash ^ tail) * 0x9e3779b97f4a7c15L;
    }
    return mixed(hash);
  }

  private static long mixed(long hash) {
    long h = (hash ^ (hash >>> 32)) * 0xd6e8feb86659fd93L;
    return h ^ (h >>> 32);
  }
}
