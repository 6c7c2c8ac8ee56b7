package tr.emanet.search.lucene;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.search.Weight;
import org.jspecify.annotations.Nullable;
import tr.emanet.index.Schema;
import tr.emanet.search.Cursor;
import tr.emanet.search.TimeRange;

/**
 * Finds the newest hits by galloping back through time: a first window that should hold about one
 * page, then windows four times as long. Windows do not overlap, so every document is looked at
 * once at most. One thread only.
 */
final class PageWalk {

  private static final long SHORTEST_MILLIS = 1_000;
  private static final int GROWTH = 4;

  /**
   * What was found.
   *
   * @param readFromMillis everything from here on was read
   */
  record Found(List<NewestHits.Hit> hits, boolean complete, long readFromMillis) {}

  private final List<Leaf> leaves;
  private final Deadline deadline;
  private long windowMillis;

  /**
   * @param leaves newest first
   */
  PageWalk(List<Leaf> leaves, Deadline deadline) {
    this.leaves = leaves;
    this.deadline = deadline;
  }

  /** The newest {@code limit} hits of a range, after a cursor when there is one. */
  Found newest(TimeRange range, @Nullable Cursor after, int limit) throws IOException {
    long top = Long.MIN_VALUE;
    long bottom = Long.MAX_VALUE;
    for (Leaf leaf : leaves) {
      top = Math.max(top, leaf.maxMillis() + 1);
      bottom = Math.min(bottom, leaf.minMillis());
    }
    long high = Math.min(top, range.toMillis());
    if (after != null && after.timestampMillis() < high) {
      high = after.timestampMillis() + 1;
    }
    bottom = Math.max(bottom, range.fromMillis());
    if (windowMillis == 0) {
      windowMillis = firstWindow(limit);
    }
    List<NewestHits.Hit> found = new ArrayList<>(Math.min(limit, 1024));
    while (high > bottom && found.size() < limit) {
      long low = high - bottom <= windowMillis ? bottom : high - windowMillis;
      NewestHits window = new NewestHits(limit - found.size());
      try {
        collect(new TimeRange(low, high), after, window);
      } catch (Deadline.Passed passed) {
        if (found.isEmpty()) {
          found.addAll(window.sorted());
        }
        if (passed.interrupted()) {
          throw passed;
        }
        return new Found(found, false, high);
      }
      found.addAll(window.sorted());
      if (found.size() < limit) {
        windowMillis *= GROWTH;
      }
      high = low;
    }
    return new Found(found, true, range.fromMillis());
  }

  /** A window in which the newest leaf has about four pages of events. */
  private long firstWindow(int limit) {
    if (leaves.isEmpty()) {
      return SHORTEST_MILLIS;
    }
    Leaf newest = leaves.get(0);
    double millisEach =
        (newest.maxMillis() - newest.minMillis()) / (double) newest.context().reader().maxDoc();
    return Math.max(SHORTEST_MILLIS, (long) (millisEach * limit * GROWTH));
  }

  private void collect(TimeRange window, @Nullable Cursor after, NewestHits into)
      throws IOException {
    for (Leaf leaf : leaves) {
      if (!leaf.meets(window.fromMillis(), window.toMillis()) || !into.wants(leaf.maxMillis())) {
        continue;
      }
      Weight weight = leaf.partition().weight(leaf, window);
      NumericDocValues times = leaf.context().reader().getNumericDocValues(Schema.TIMESTAMP);
      NumericDocValues sequences = leaf.context().reader().getNumericDocValues(Schema.SEQUENCE);
      if (times == null || sequences == null) {
        continue;
      }
      String stream = leaf.partition().stream();
      long[] millis = new long[Hits.BATCH];
      Hits.each(
          weight,
          leaf,
          deadline,
          (docs, count) -> {
            times.longValues(count, docs, millis, 0);
            for (int i = 0; i < count; i++) {
              long time = millis[i];
              if (into.wants(time) && sequences.advanceExact(docs[i])) {
                long sequence = sequences.longValue();
                if (after == null
                    || time < after.timestampMillis()
                    || time == after.timestampMillis() && sequence < after.sequence()) {
                  into.add(stream, time, sequence);
                }
              }
            }
          });
    }
  }
}
