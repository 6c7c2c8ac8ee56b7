package tr.emanet.search.http;

import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import tr.emanet.event.Principal;
import tr.emanet.search.EventSearch;
import tr.emanet.search.Query;
import tr.emanet.search.QueryProblem;
import tr.emanet.search.QueryResult;
import tr.emanet.search.SearchRequest;
import tr.emanet.search.TimeExpression;
import tr.emanet.search.TimeRange;

/**
 * A state made ready to search: query parsed, range resolved, or the reason why not.
 *
 * @param request null when there is a problem
 * @param range null when the range was not understood
 */
record SearchCall(
    @Nullable SearchRequest request,
    TimeExpression.@Nullable Range range,
    @Nullable QueryProblem queryProblem,
    TimeExpression.Resolved.@Nullable Bad timeProblem) {

  static SearchCall of(
      SearchState state, EventSearch search, Principal who, Instant now, ZoneId zone) {
    TimeExpression.Resolved times = TimeExpression.range(state.from(), state.to(), now, zone);
    QueryResult parsed = search.parse(state.query(), who);
    QueryProblem problem = parsed instanceof QueryResult.Refused refused ? refused.problem() : null;
    return switch (times) {
      case TimeExpression.Resolved.Bad bad -> new SearchCall(null, null, problem, bad);
      case TimeExpression.Resolved.Good good -> {
        SearchRequest request = null;
        if (parsed instanceof QueryResult.Parsed ok) {
          Query joined = state.joined(ok.query());
          request = new SearchRequest(joined, open(good.range(), now), who);
        }
        yield new SearchCall(request, good.range(), problem, null);
      }
    };
  }

  /** A range that ends now also takes what arrives while we ask, and clocks that run ahead. */
  private static TimeRange open(TimeExpression.Range range, Instant now) {
    TimeRange asked = range.range();
    return range.moving() && asked.toMillis() >= now.toEpochMilli() - 1
        ? new TimeRange(asked.fromMillis(), now.toEpochMilli() + 1)
        : asked;
  }

  SearchRequest ready() {
    SearchRequest ready = request;
    if (ready == null) {
      throw new IllegalStateException("the search has a problem");
    }
    return ready;
  }

  TimeRange asked() {
    TimeExpression.Range known = range;
    if (known == null) {
      throw new IllegalStateException("the range was not understood");
    }
    return known.range();
  }
}
