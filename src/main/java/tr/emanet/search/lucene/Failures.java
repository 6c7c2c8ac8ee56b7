package tr.emanet.search.lucene;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.FixedBitSet;
import org.jspecify.annotations.Nullable;
import tr.emanet.event.Folding;

/** Tells for rising documents of one leaf whether the event failed. One thread only. */
final class Failures {

  private static final byte[] FAILURE = "failure".getBytes(StandardCharsets.US_ASCII);

  /** Below one hit in so many documents a merge is cheaper than a bit set. */
  private static final int SPARSE = 32;

  private final @Nullable DocIdSetIterator failed;
  private final @Nullable FixedBitSet bits;

  private Failures(@Nullable DocIdSetIterator failed, @Nullable FixedBitSet bits) {
    this.failed = failed;
    this.bits = bits;
  }

  /**
   * @param hits about how many documents will be asked about
   */
  static Failures of(Leaf leaf, long hits) throws IOException {
    Scorer scorer = leaf.partition().failures().scorer(leaf.context());
    if (scorer == null) {
      return new Failures(null, null);
    }
    int maxDoc = leaf.context().reader().maxDoc();
    if (hits < maxDoc / SPARSE) {
      return new Failures(scorer.iterator(), null);
    }
    FixedBitSet bits = new FixedBitSet(maxDoc);
    DocIdSetIterator all = scorer.iterator();
    if (all.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
      all.intoBitSet(maxDoc, bits, 0);
    }
    return new Failures(null, bits);
  }

  /** 1 when the event failed, else 0; documents must rise. */
  int count(int doc) throws IOException {
    if (bits != null) {
      return bits.get(doc) ? 1 : 0;
    }
    if (failed == null) {
      return 0;
    }
    int at = failed.docID() < doc ? failed.advance(doc) : failed.docID();
    return at == doc ? 1 : 0;
  }

  /** How many failed in {@code [from, to)}; only for dense answers, else -1. */
  int count(int from, int to) {
    return bits == null ? failed == null ? 0 : -1 : bits.cardinality(from, to);
  }

  static boolean isFailure(BytesRef value) {
    byte[] out = new byte[value.length * 3];
    int end = Folding.fold(value.bytes, value.offset, value.offset + value.length, out, 0);
    return Arrays.equals(out, 0, end, FAILURE, 0, FAILURE.length);
  }
}
