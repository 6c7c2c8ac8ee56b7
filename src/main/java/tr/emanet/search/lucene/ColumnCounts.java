package tr.emanet.search.lucene;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.lucene.index.IndexReader;
import org.jspecify.annotations.Nullable;

/**
 * How often each value of a column stands in a whole segment. Segments never change, and "top
 * values of everything" asks for the same ones again and again. The least recently used are
 * forgotten. Safe for many threads.
 */
final class ColumnCounts {

  /** Four bytes each. */
  private static final long MOST_COUNTS = 2_000_000;

  /** Columns of more values are not kept: few of their segments would fill the memory. */
  private static final int MOST_VALUES = 1 << 17;

  private record Key(Object segment, String column) {}

  private final Map<Key, int[]> known = new LinkedHashMap<>(64, 0.75f, true);
  private long counts;

  /** Counts by ordinal, not to be changed; null when they are not known. */
  synchronized int @Nullable [] get(IndexReader.CacheHelper segment, String column) {
    return known.get(new Key(segment.getKey(), column));
  }

  void put(IndexReader.CacheHelper segment, String column, int[] byOrdinal) {
    if (byOrdinal.length > MOST_VALUES) {
      return;
    }
    synchronized (this) {
      int[] before = known.put(new Key(segment.getKey(), column), byOrdinal);
      counts += byOrdinal.length - (before == null ? 0 : before.length);
      var oldest = known.values().iterator();
      while (counts > MOST_COUNTS && oldest.hasNext()) {
        counts -= oldest.next().length;
        oldest.remove();
      }
    }
  }
}
