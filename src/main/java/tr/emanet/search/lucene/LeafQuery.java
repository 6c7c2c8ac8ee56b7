package tr.emanet.search.lucene;

import java.io.IOException;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.ConstantScoreScorer;
import org.apache.lucene.search.ConstantScoreWeight;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.ScorerSupplier;
import org.apache.lucene.search.TwoPhaseIterator;
import org.apache.lucene.search.Weight;
import org.jspecify.annotations.Nullable;

/**
 * A query that is answered leaf by leaf and lives for one search, so it may remember things about
 * leaves. Equal only to itself; never cached by Lucene.
 */
final class LeafQuery extends Query {

  /** What a leaf answers with. */
  sealed interface Answer {
    /** Documents, known exactly. */
    record Docs(DocIdSetIterator iterator) implements Answer {}

    /** Documents to be checked one by one. */
    record Checked(TwoPhaseIterator check) implements Answer {}

    /**
     * Documents in both forms: checking each pays off when few are asked about.
     *
     * @param few below so many documents the check is used
     */
    record Either(TwoPhaseIterator check, DocIdSetIterator iterator, long few) implements Answer {}
  }

  /** Answers for one leaf; null means no document. */
  interface Source {
    @Nullable Answer answer(LeafReaderContext leaf) throws IOException;
  }

  private final String name;
  private final Source source;

  LeafQuery(String name, Source source) {
    this.name = name;
    this.source = source;
  }

  @Override
  public Weight createWeight(IndexSearcher searcher, ScoreMode mode, float boost) {
    return new ConstantScoreWeight(this, boost) {
      @Override
      public @Nullable ScorerSupplier scorerSupplier(LeafReaderContext leaf) throws IOException {
        Answer answer = source.answer(leaf);
        return answer == null ? null : new Supplier(answer, score(), mode);
      }

      @Override
      public boolean isCacheable(LeafReaderContext leaf) {
        return false;
      }
    };
  }

  private static final class Supplier extends ScorerSupplier {
    private final Answer answer;
    private final float score;
    private final ScoreMode mode;

    Supplier(Answer answer, float score, ScoreMode mode) {
      this.answer = answer;
      this.score = score;
      this.mode = mode;
    }

    @Override
    public Scorer get(long leadCost) {
      return switch (answer) {
        case Answer.Docs docs -> new ConstantScoreScorer(score, mode, docs.iterator());
        case Answer.Checked checked -> new ConstantScoreScorer(score, mode, checked.check());
        case Answer.Either either ->
            leadCost < either.few()
                ? new ConstantScoreScorer(score, mode, either.check())
                : new ConstantScoreScorer(score, mode, either.iterator());
      };
    }

    @Override
    public long cost() {
      return switch (answer) {
        case Answer.Docs docs -> docs.iterator().cost();
        case Answer.Checked checked -> checked.check().approximation().cost();
        case Answer.Either either -> either.iterator().cost();
      };
    }
  }

  @Override
  public String toString(String field) {
    return name;
  }

  @Override
  public void visit(QueryVisitor visitor) {
    visitor.visitLeaf(this);
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
