package tr.emanet.search.lucene;

import java.io.IOException;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.FixedBitSet;

/**
 * Documents whose number lies in a range, found block by block: a column without a skip list is
 * read several times faster in runs than document by document. One thread only.
 */
final class NumberRange extends DocIdSetIterator {

  private static final int BLOCK = 4096;

  private final NumericDocValues values;
  private final long low;
  private final long high;
  private final int maxDoc;
  private final FixedBitSet bits = new FixedBitSet(BLOCK);
  private int blockStart = -BLOCK;
  private int doc = -1;

  NumberRange(NumericDocValues values, long low, long high, int maxDoc) {
    this.values = values;
    this.low = low;
    this.high = high;
    this.maxDoc = maxDoc;
  }

  @Override
  public int docID() {
    return doc;
  }

  @Override
  public int nextDoc() throws IOException {
    return advance(doc + 1);
  }

  @Override
  public int advance(int target) throws IOException {
    int at = target;
    while (at < maxDoc) {
      int start = at & -BLOCK;
      if (start != blockStart) {
        int end = Math.min(maxDoc, start + BLOCK);
        bits.clear(0, BLOCK);
        values.rangeIntoBitSet(start, end, low, high, bits, start);
        blockStart = start;
      }
      int next = bits.nextSetBit(at - start);
      if (next != NO_MORE_DOCS) {
        doc = start + next;
        return doc;
      }
      at = start + BLOCK;
    }
    doc = NO_MORE_DOCS;
    return doc;
  }

  @Override
  public long cost() {
    return maxDoc;
  }
}
