package tr.emanet.search.lucene;

import java.io.IOException;
import org.apache.lucene.index.DocValuesSkipper;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.ScorerSupplier;
import tr.emanet.index.Schema;
import tr.emanet.search.TimeRange;

/** Counts hits and failures a bucket. One thread only. */
final class HistogramCount {

  private final Buckets buckets;
  private final TimeRange range;
  private final Deadline deadline;
  private final long[] counts;
  private final long[] failures;

  HistogramCount(Buckets buckets, TimeRange range, Deadline deadline) {
    this.buckets = buckets;
    this.range = range;
    this.deadline = deadline;
    this.counts = new long[buckets.count()];
    this.failures = new long[buckets.count()];
  }

  long[] counts() {
    return counts;
  }

  long[] failures() {
    return failures;
  }

  void add(Leaf leaf) throws IOException {
    ScorerSupplier hits = leaf.partition().weight(leaf, range).scorerSupplier(leaf.context());
    NumericDocValues times = leaf.context().reader().getNumericDocValues(Schema.TIMESTAMP);
    if (hits == null || times == null) {
      return;
    }
    Failures failed = Failures.of(leaf, hits.cost());
    if (leaf.whole(range)) {
      addBlocks(leaf, failed, times);
      return;
    }
    long[] millis = new long[Hits.BATCH];
    Hits.each(hits, leaf, deadline, (docs, count) -> add(docs, count, times, millis, failed));
  }

  private void add(int[] docs, int count, NumericDocValues times, long[] millis, Failures failed)
      throws IOException {
    times.longValues(count, docs, millis, 0);
    long start = buckets.startMillis();
    long width = buckets.widthMillis();
    for (int i = 0; i < count; i++) {
      int bucket = (int) ((millis[i] - start) / width);
      counts[bucket]++;
      failures[bucket] += failed.count(docs[i]);
    }
  }

  /** Every document counts: blocks that lie in one bucket are added without looking inside. */
  private void addBlocks(Leaf leaf, Failures failed, NumericDocValues times) throws IOException {
    DocValuesSkipper skipper = leaf.context().reader().getDocValuesSkipper(Schema.TIMESTAMP);
    int[] docs = new int[Hits.BATCH];
    long[] millis = new long[Hits.BATCH];
    int maxDoc = leaf.context().reader().maxDoc();
    int at = 0;
    while (at < maxDoc && skipper != null) {
      deadline.check();
      skipper.advance(at);
      if (skipper.minDocID(0) == DocIdSetIterator.NO_MORE_DOCS) {
        return;
      }
      int level = 0;
      while (level + 1 < skipper.numLevels()
          && skipper.minDocID(level + 1) == at
          && one(skipper, level + 1)) {
        level++;
      }
      int end = skipper.maxDocID(level) + 1;
      int failedHere = one(skipper, level) ? failed.count(at, end) : -1;
      if (failedHere >= 0) {
        int bucket = bucket(skipper.minValue(level));
        counts[bucket] += skipper.docCount(level);
        failures[bucket] += failedHere;
      } else {
        end = skipper.maxDocID(0) + 1;
        for (int doc = at; doc < end; ) {
          int n = 0;
          while (n < Hits.BATCH && doc < end) {
            docs[n++] = doc++;
          }
          add(docs, n, times, millis, failed);
        }
      }
      at = end;
    }
  }

  private boolean one(DocValuesSkipper skipper, int level) {
    return bucket(skipper.minValue(level)) == bucket(skipper.maxValue(level));
  }

  private int bucket(long millis) {
    return (int) ((millis - buckets.startMillis()) / buckets.widthMillis());
  }
}
