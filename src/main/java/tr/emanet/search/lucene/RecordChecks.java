package tr.emanet.search.lucene;

import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.lucene.search.Query;
import tr.emanet.event.EventRecord;
import tr.emanet.event.Position;
import tr.emanet.search.LineMatcher;
import tr.emanet.search.LineText;
import tr.emanet.search.QueryMatcher;
import tr.emanet.search.RecordLoader;
import tr.emanet.search.lucene.LeafQueries.RecordTest;

/** Checks of records of one stream, read back from the journal. */
final class RecordChecks {

  private final String stream;
  private final RecordLoader loader;
  private final LeafQueries leaves;
  private final UnaryOperator<EventRecord> eyes;

  /**
   * @param eyes gives the event that is asked: the record itself or what the reader sees of it
   */
  RecordChecks(
      String stream, RecordLoader loader, LeafQueries leaves, UnaryOperator<EventRecord> eyes) {
    this.eyes = eyes;
    this.stream = stream;
    this.loader = loader;
    this.leaves = leaves;
  }

  /** Whether the parsed record matches a node. */
  RecordTest record(tr.emanet.search.Query node) {
    QueryMatcher matcher = QueryMatcher.of(node);
    return sequence -> {
      EventRecord event = loader.load(new Position(stream, sequence));
      return event != null && matcher.matches(eyes.apply(event));
    };
  }

  /** Candidates whose record is parsed again and asked: for fields that have no column. */
  Query checked(List<Query> candidates, tr.emanet.search.Query node) {
    candidates.add(leaves.records(record(node)));
    return Clauses.every(candidates);
  }

  /** Documents whose text passes a test. */
  Query line(LineMatcher matcher) {
    return leaves.records(
        sequence -> {
          Position position = new Position(stream, sequence);
          byte[] raw = loader.raw(position);
          if (raw == null) {
            return false;
          }
          boolean plain = LineText.isUtf8(raw);
          if (plain && matcher.matches(raw, 0, raw.length)) {
            return true;
          }
          EventRecord event = loader.load(position);
          if (event == null) {
            return false;
          }
          byte[] text = plain ? raw : LineText.utf8(event);
          return !plain && matcher.matches(text, 0, text.length)
              || QueryMatcher.inValues(matcher, event);
        });
  }
}
