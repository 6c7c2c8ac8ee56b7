package tr.emanet.index;

import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.BytesTermAttribute;
import org.apache.lucene.util.BytesRef;

/** A token stream of exactly one borrowed term. Reused; one thread only. */
final class OneTerm extends TokenStream {

  private final BytesTermAttribute attribute = addAttribute(BytesTermAttribute.class);
  private final BytesRef term = new BytesRef();
  private boolean done;

  void set(byte[] bytes, int from, int length) {
    term.bytes = bytes;
    term.offset = from;
    term.length = length;
  }

  @Override
  public boolean incrementToken() {
    if (done) {
      return false;
    }
    done = true;
    attribute.setBytesRef(term);
    return true;
  }

  @Override
  public void reset() {
    done = false;
  }

  @Override
  public void end() {}

  @Override
  public void close() {}
}
