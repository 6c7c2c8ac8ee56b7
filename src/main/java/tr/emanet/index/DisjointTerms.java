package tr.emanet.index;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.FilterWeight;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.BytesRef;

/**
 * Documents with any of several terms of which no document has two; that makes counting a sum of
 * statistics.
 */
final class DisjointTerms extends Query {

  /** More postings than this are joined in a bit set instead of walked side by side. */
  private static final int MAX_CLAUSES = 64;

  private final List<Term> terms;

  DisjointTerms(List<Term> terms) {
    this.terms = List.copyOf(terms);
  }

  @Override
  public Query rewrite(IndexSearcher searcher) {
    return switch (terms.size()) {
      case 0 -> MatchNoDocsQuery.INSTANCE;
      case 1 -> new ConstantScoreQuery(new TermQuery(terms.getFirst()));
      default -> this;
    };
  }

  @Override
  public Weight createWeight(IndexSearcher searcher, ScoreMode mode, float boost)
      throws IOException {
    Weight any = searcher.createWeight(searcher.rewrite(any()), mode, boost);
    return new FilterWeight(this, any) {
      @Override
      public int count(LeafReaderContext leaf) throws IOException {
        if (leaf.reader().hasDeletions()) {
          return super.count(leaf);
        }
        int count = 0;
        for (Term term : terms) {
          count += leaf.reader().docFreq(term);
        }
        return count;
      }
    };
  }

  private Query any() {
    BooleanQuery.Builder any = new BooleanQuery.Builder();
    if (terms.size() <= MAX_CLAUSES) {
      terms.forEach(term -> any.add(new TermQuery(term), BooleanClause.Occur.SHOULD));
    } else {
      Map<String, List<BytesRef>> byField = new LinkedHashMap<>();
      terms.forEach(
          term -> byField.computeIfAbsent(term.field(), f -> new ArrayList<>()).add(term.bytes()));
      byField.forEach(
          (field, values) ->
              any.add(new TermInSetQuery(field, values), BooleanClause.Occur.SHOULD));
    }
    return new ConstantScoreQuery(any.build());
  }

  @Override
  public void visit(QueryVisitor visitor) {
    visitor.visitLeaf(this);
  }

  @Override
  public String toString(String ignored) {
    return terms.toString();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DisjointTerms q && q.terms.equals(terms);
  }

  @Override
  public int hashCode() {
    return terms.hashCode();
  }
}
