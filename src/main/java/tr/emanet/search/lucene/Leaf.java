package tr.emanet.search.lucene;

import java.io.IOException;
import org.apache.lucene.index.DocValuesSkipper;
import org.apache.lucene.index.LeafReaderContext;
import org.jspecify.annotations.Nullable;
import tr.emanet.index.Schema;
import tr.emanet.search.TimeRange;

/**
 * One segment of one partition and the span of its time stamps.
 *
 * @param minMillis lowest {@code @timestamp}
 * @param maxMillis highest {@code @timestamp}
 */
record Leaf(PartitionSearch partition, LeafReaderContext context, long minMillis, long maxMillis) {

  /** Looks the span up; null for a segment without documents. */
  static @Nullable Leaf of(PartitionSearch partition, LeafReaderContext context)
      throws IOException {
    DocValuesSkipper times = context.reader().getDocValuesSkipper(Schema.TIMESTAMP);
    return times == null || times.docCount() == 0
        ? null
        : new Leaf(partition, context, times.minValue(), times.maxValue());
  }

  boolean meets(long fromMillis, long toMillis) {
    return maxMillis >= fromMillis && minMillis < toMillis;
  }

  boolean inside(TimeRange range) {
    return range.contains(minMillis) && range.contains(maxMillis);
  }

  /** Whether every document of the segment is a hit. */
  boolean whole(TimeRange range) throws IOException {
    return inside(range) && partition.all() && context.reader().getLiveDocs() == null;
  }
}
