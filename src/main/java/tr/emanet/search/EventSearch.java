package tr.emanet.search;

import java.io.IOException;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tr.emanet.event.EventRecord;
import tr.emanet.event.Position;
import tr.emanet.event.Principal;

/**
 * The narrow door to found events. Answers are masked for people who may not read personal data.
 * Interactive calls end at the deadline (10 s) with what they have; jobs ({@link #scan}) have none.
 * Safe for many threads.
 */
public interface EventSearch {

  /** Reads query text; see {@code src/docs/query-language.md} for the language. */
  QueryResult parse(String text);

  /**
   * Reads query text for a person. Who sees masked events writes pseudonyms where the screen shows
   * them; clear values that are never shown are refused, with position and remedy.
   */
  default QueryResult parse(String text, Principal who) {
    return parse(text);
  }

  /** The newest {@code limit} (1 to 1,000) events, after a cursor when one is given. */
  Results.Page page(SearchRequest request, int limit, @Nullable Cursor after)
      throws SearchRefused, IOException;

  /** Counts in about {@code buckets} (1 to 10,000) round-width buckets. */
  Results.Histogram histogram(SearchRequest request, int buckets, ZoneId zone)
      throws SearchRefused, IOException;

  /** The {@code limit} (1 to 1,000) most frequent values of a field. */
  Results.TopValues top(SearchRequest request, String field, int limit)
      throws SearchRefused, IOException;

  /** Fields of the matching events. */
  Results.FieldList fields(SearchRequest request) throws SearchRefused, IOException;

  /** How many events match; at the deadline how many of those that were read until then. */
  Results.Count counted(SearchRequest request) throws SearchRefused, IOException;

  /** How many events match, for callers that need no {@link Results.Coverage}. */
  default long count(SearchRequest request) throws SearchRefused, IOException {
    return counted(request).count();
  }

  /** One event by position, empty when it was destroyed or the person may not see events. */
  Optional<EventRecord> find(Position position, Principal who) throws IOException;

  /** Lines of the same source around an event. */
  Optional<Results.Context> context(Position position, int before, int after, Principal who)
      throws SearchRefused, IOException;

  /**
   * Walks all matching events, newest first, without deadline or cap: exports and jobs. Ends early
   * when the consumer answers false or the thread is interrupted.
   *
   * @return number of events handed over
   */
  long scan(SearchRequest request, Predicate<EventRecord> consumer)
      throws SearchRefused, IOException, InterruptedException;

  /**
   * Matching events that became searchable after a sequence, oldest first, at most {@code limit}:
   * the live tail. When more came, the newest {@code limit} are returned.
   */
  Results.Page since(SearchRequest request, long afterSequence, int limit)
      throws SearchRefused, IOException;

  /** Highest sequence that is searchable now. */
  long searchableUpTo();
}
