package tr.emanet.index;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.IndexOrDocValuesQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.MultiTermQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.util.BytesRef;
import tr.emanet.event.Field;

/**
 * Finds documents by one field of their combination: the few hundred combinations of the index are
 * walked, those whose part satisfies the test become the query. Equality is by field and {@code
 * label}, which must name the test.
 */
public final class CombinationQuery extends Query {

  private static final int MAX_CLAUSES = 16;

  private final Field field;
  private final String label;
  private final Predicate<BytesRef> test;

  /**
   * @param field one of {@link Schema#COMBINED}
   * @param label identifies the test, such as the folded value
   * @param test receives the original bytes of the part (length 0: absent); must not keep them
   */
  public CombinationQuery(Field field, String label, Predicate<BytesRef> test) {
    if (!Schema.combined(field)) {
      throw new IllegalArgumentException(field + " is not part of the combination");
    }
    this.field = field;
    this.label = label;
    this.test = test;
  }

  @Override
  public Query rewrite(IndexSearcher searcher) throws IOException {
    int index = Combinations.indexOf(field);
    TreeSet<BytesRef> matching = new TreeSet<>();
    for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
      Terms terms = leaf.reader().terms(Schema.COMBINATION);
      if (terms == null) {
        continue;
      }
      TermsEnum all = terms.iterator();
      for (BytesRef term = all.next(); term != null; term = all.next()) {
        if (test.test(Combinations.part(term, index)) && !matching.contains(term)) {
          matching.add(BytesRef.deepCopyOf(term));
        }
      }
    }
    if (matching.isEmpty()) {
      return MatchNoDocsQuery.INSTANCE;
    }
    if (matching.size() > MAX_CLAUSES) {
      List<BytesRef> terms = new ArrayList<>(matching);
      return new IndexOrDocValuesQuery(
          new TermInSetQuery(Schema.COMBINATION, terms),
          new TermInSetQuery(MultiTermQuery.DOC_VALUES_REWRITE, Schema.COMBINATION, terms));
    }
    return new DisjointTerms(
        matching.stream().map(term -> new Term(Schema.COMBINATION, term)).toList());
  }

  @Override
  public void visit(QueryVisitor visitor) {
    if (visitor.acceptField(Schema.COMBINATION)) {
      visitor.visitLeaf(this);
    }
  }

  @Override
  public String toString(String ignored) {
    return field.ecsName() + ":" + label;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CombinationQuery q && q.field == field && q.label.equals(label);
  }

  @Override
  public int hashCode() {
    return field.hashCode() * 31 + label.hashCode();
  }
}
