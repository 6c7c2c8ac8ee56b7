package tr.emanet.search.lucene;

import java.io.IOException;
import org.apache.lucene.search.Weight;
import tr.emanet.search.TimeRange;

/** Counts the hits of one segment, from statistics when Lucene has them. */
final class Counting {

  private Counting() {}

  static long count(Leaf leaf, TimeRange range, Deadline deadline) throws IOException {
    Weight weight = leaf.partition().weight(leaf, range);
    int known = weight.count(leaf.context());
    if (known >= 0) {
      return known;
    }
    long[] count = new long[1];
    Hits.each(weight, leaf, deadline, (docs, n) -> count[0] += n);
    return count[0];
  }
}
