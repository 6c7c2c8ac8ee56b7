package tr.emanet.search.lucene;

import java.io.IOException;
import org.apache.lucene.search.BulkScorer;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.DocIdStream;
import org.apache.lucene.search.LeafCollector;
import org.apache.lucene.search.Scorable;
import org.apache.lucene.search.ScorerSupplier;
import org.apache.lucene.search.Weight;

/** Hands matching documents over in batches, so that the loops that count them stay tight. */
final class Hits implements LeafCollector {

  /** Receives rising document numbers of one leaf. */
  interface Sink {
    void docs(int[] docs, int count) throws IOException;
  }

  /** Documents of a segment between two looks at the clock. */
  private static final int SLICE = 1 << 17;

  static final int BATCH = 1024;

  private final int[] docs = new int[BATCH];
  private final Sink sink;
  private int count;

  private Hits(Sink sink) {
    this.sink = sink;
  }

  /** Visits every hit of a leaf. */
  static void each(Weight weight, Leaf leaf, Deadline deadline, Sink sink) throws IOException {
    from(weight, leaf, deadline, 0, sink);
  }

  /** Visits the hits of a leaf from a document on. */
  static void from(Weight weight, Leaf leaf, Deadline deadline, int first, Sink sink)
      throws IOException {
    deadline.check();
    ScorerSupplier supplier = weight.scorerSupplier(leaf.context());
    if (supplier != null) {
      from(supplier, leaf, deadline, first, sink);
    }
  }

  /** Visits every hit of a leaf whose cost was looked at before. */
  static void each(ScorerSupplier supplier, Leaf leaf, Deadline deadline, Sink sink)
      throws IOException {
    from(supplier, leaf, deadline, 0, sink);
  }

  private static void from(
      ScorerSupplier supplier, Leaf leaf, Deadline deadline, int first, Sink sink)
      throws IOException {
    supplier.setTopLevelScoringClause();
    BulkScorer scorer = supplier.bulkScorer();
    if (scorer == null) {
      return;
    }
    Hits hits = new Hits(sink);
    int maxDoc = leaf.context().reader().maxDoc();
    int at = first;
    while (at < maxDoc) {
      deadline.check();
      int end = Math.min(maxDoc, at + SLICE);
      int next = scorer.score(hits, leaf.context().reader().getLiveDocs(), at, end);
      at = next == DocIdSetIterator.NO_MORE_DOCS ? maxDoc : Math.max(next, end);
    }
    hits.flush();
  }

  private void flush() throws IOException {
    if (count > 0) {
      sink.docs(docs, count);
      count = 0;
    }
  }

  @Override
  public void setScorer(Scorable scorer) {
    // Nothing is scored.
  }

  @Override
  public void collect(int doc) throws IOException {
    if (count == BATCH) {
      flush();
    }
    docs[count++] = doc;
  }

  @Override
  public void collectRange(int min, int max) throws IOException {
    for (int doc = min; doc < max; ) {
      if (count == BATCH) {
        flush();
      }
      int n = Math.min(BATCH - count, max - doc);
      for (int i = 0; i < n; i++) {
        docs[count++] = doc++;
      }
    }
  }

  @Override
  public void collect(DocIdStream stream) throws IOException {
    flush();
    for (int n = stream.intoArray(docs); n > 0; n = stream.intoArray(docs)) {
      count = n;
      flush();
    }
  }
}
