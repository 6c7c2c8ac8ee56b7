package tr.emanet.index;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.apache.lucene.document.InetAddressPoint;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.util.BytesRef;
import tr.emanet.event.Field;
import tr.emanet.event.IpAddress;

/**
 * Finds documents whose words have a word, wherever it was indexed: on its own ({@link
 * Schema#TERMS} or {@link Schema#NUMBERS}), as part of a template ({@link Schema#COMMON}, some
 * dozens of terms that are walked), or, if it is an address, as a point ({@link
 * Schema#WORD_ADDRESSES}). No document has a word in two of the first three places, so counting
 * adds up statistics.
 */
public final class WordQuery extends Query {

  private final BytesRef word;

  /**
   * @param word folded, as {@link TermSplitter} cuts it
   */
  public WordQuery(byte[] word) {
    this.word = new BytesRef(word);
  }

  @Override
  public Query rewrite(IndexSearcher searcher) throws IOException {
    TreeSet<BytesRef> templates = new TreeSet<>();
    for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
      Terms terms = leaf.reader().terms(Schema.COMMON);
      if (terms == null) {
        continue;
      }
      TermsEnum all = terms.iterator();
      for (BytesRef term = all.next(); term != null; term = all.next()) {
        if (anyWord(term, word::equals) && !templates.contains(term)) {
          templates.add(BytesRef.deepCopyOf(term));
        }
      }
    }
    List<Term> any = new ArrayList<>(templates.size() + 1);
    any.add(new Term(Schema.TERMS, word));
    if (EventTerms.isNumber(word.bytes, word.offset, word.offset + word.length)) {
      any.add(new Term(Schema.NUMBERS, word));
    }
    templates.forEach(template -> any.add(new Term(Schema.COMMON, template)));
    DisjointTerms words = new DisjointTerms(any);
    byte[] address = new byte[16];
    if (!IpAddress.parse(word.bytes, word.offset, word.offset + word.length, address, 0)) {
      return words;
    }
    BooleanQuery.Builder anywhere = new BooleanQuery.Builder();
    anywhere.add(words, BooleanClause.Occur.SHOULD);
    InetAddress exact = InetAddress.getByAddress(address);
    for (Field field : Schema.WORD_ADDRESSES) {
      anywhere.add(
          InetAddressPoint.newExactQuery(field.ecsName(), exact), BooleanClause.Occur.SHOULD);
    }
    return new ConstantScoreQuery(anywhere.build());
  }

  /** Whether any word of a template passes a test; the bytes given to the test are reused. */
  public static boolean anyWord(BytesRef template, Predicate<BytesRef> test) {
    int end = template.offset + template.length;
    BytesRef word = new BytesRef(template.bytes, template.offset, 0);
    for (int from = template.offset; from < end; from += word.length + 1) {
      int to = from;
      while (to < end && template.bytes[to] != 0) {
        to++;
      }
      word.offset = from;
      word.length = to - from;
      if (test.test(word)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void visit(QueryVisitor visitor) {
    if (visitor.acceptField(Schema.TERMS)) {
      visitor.visitLeaf(this);
    }
  }

  @Override
  public String toString(String ignored) {
    return word.utf8ToString();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof WordQuery q && q.word.equals(word);
  }

  @Override
  public int hashCode() {
    return word.hashCode();
  }
}
