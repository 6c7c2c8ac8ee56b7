package tr.emanet.search.lucene;

import java.io.IOException;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Weight;
import org.jspecify.annotations.Nullable;
import tr.emanet.event.Field;
import tr.emanet.index.CombinationQuery;
import tr.emanet.index.PartitionView;
import tr.emanet.index.Schema;
import tr.emanet.search.TimeRange;

/** One query on one partition, translated when it is first needed. One thread, one search. */
final class PartitionSearch {

  /** Translates for one partition. */
  interface Translation {
    Query translate(PartitionView partition, IndexSearcher searcher) throws IOException;
  }

  private final PartitionView view;
  private final IndexSearcher searcher;
  private final Translation translation;
  private @Nullable Query query;
  private @Nullable Weight everything;
  private @Nullable Weight failures;
  private @Nullable Weight limited;
  private TimeRange limit = TimeRange.ALL;

  PartitionSearch(PartitionView view, Translation translation) {
    this.view = view;
    this.translation = translation;
    // A searcher of our own: queries that remember things for one search must not be cached.
    this.searcher = new IndexSearcher(view.searcher().getIndexReader());
    this.searcher.setQueryCache(null);
  }

  PartitionView view() {
    return view;
  }

  String stream() {
    return view.stream();
  }

  private Query query() throws IOException {
    Query known = query;
    if (known == null) {
      known = rewritten(translation.translate(view, searcher));
      query = known;
    }
    return known;
  }

  /** Like the searcher's own, but without its clause limit: jobs have none. */
  private Query rewritten(Query original) throws IOException {
    Query before = original;
    Query after = before.rewrite(searcher);
    while (!after.equals(before)) {
      before = after;
      after = before.rewrite(searcher);
    }
    return after;
  }

  private Weight weight(Query of) throws IOException {
    return searcher.createWeight(rewritten(of), ScoreMode.COMPLETE_NO_SCORES, 1);
  }

  /** Whether every document matches, whatever its time. */
  boolean all() throws IOException {
    return query() instanceof MatchAllDocsQuery;
  }

  /** The query without regard to time. */
  Weight everything() throws IOException {
    Weight known = everything;
    if (known == null) {
      known = weight(query());
      everything = known;
    }
    return known;
  }

  /** The query within a range; the one for the last range is kept. */
  Weight within(TimeRange range) throws IOException {
    Weight known = limited;
    if (known == null || !limit.equals(range)) {
      Query time =
          NumericDocValuesField.newSlowRangeQuery(
              Schema.TIMESTAMP,
              range.fromMillis(),
              range.toMillis() == Long.MAX_VALUE ? Long.MAX_VALUE : range.toMillis() - 1);
      known =
          weight(
              all()
                  ? time
                  : new BooleanQuery.Builder()
                      .add(query(), Occur.FILTER)
                      .add(time, Occur.FILTER)
                      .build());
      limited = known;
      limit = range;
    }
    return known;
  }

  /** The cheapest weight that answers for a leaf within a range. */
  Weight weight(Leaf leaf, TimeRange range) throws IOException {
    return leaf.inside(range) ? everything() : within(range);
  }

  /** Documents with {@code event.outcome: failure}. */
  Weight failures() throws IOException {
    Weight known = failures;
    if (known == null) {
      known = weight(new CombinationQuery(Field.EVENT_OUTCOME, "failure", Failures::isFailure));
      failures = known;
    }
    return known;
  }

  Iterable<LeafReaderContext> leaves() {
    return searcher.getIndexReader().leaves();
  }
}
