package tr.emanet.search.http;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tr.emanet.event.Principal;
import tr.emanet.search.Cursor;
import tr.emanet.search.EventSearch;
import tr.emanet.search.QueryProblem;
import tr.emanet.search.SearchRefused;
import tr.emanet.search.SearchRequest;
import tr.emanet.search.TimeExpression;
import tr.emanet.web.Problem;
import tr.emanet.web.Texts;

/** The parameters of one API request, or the problem with them. One thread only. */
final class ApiCall {

  private final SearchState state;
  private final SearchCall call;
  private final Texts texts;

  ApiCall(
      EventSearch search,
      Texts texts,
      Principal who,
      Instant now,
      Map<String, List<String>> parameters) {
    Map<String, List<String>> renamed = new HashMap<>(parameters);
    renamed.put("q", Objects.requireNonNullElse(parameters.get("query"), List.of("")));
    renamed.put("f", Objects.requireNonNullElse(parameters.get("filter"), List.of()));
    renamed.put("cols", Objects.requireNonNullElse(parameters.get("columns"), List.of("")));
    this.texts = texts;
    this.state = SearchState.of(renamed);
    this.call = SearchCall.of(state, search, who, now, texts.formats().zone());
  }

  SearchState state() {
    return state;
  }

  /** For the audit chain. */
  String description() {
    return state.url("/search");
  }

  SearchRequest request() throws ApiProblem {
    QueryProblem query = call.queryProblem();
    if (query != null) {
      Map<String, Object> more = new LinkedHashMap<>();
      more.put("position", Map.of("from", query.from(), "to", query.to()));
      String remedy = query.remedy();
      if (remedy != null) {
        more.put("remedy", remedy);
      }
      throw new ApiProblem(
          new Problem(
              400,
              "query",
              texts.get(
                  "search.query.at",
                  query.from() + 1,
                  texts.get(query.key(), query.arguments().toArray())),
              null,
              more));
    }
    TimeExpression.Resolved.Bad time = call.timeProblem();
    if (time != null) {
      String key = time.end() ? "search.time.bad.end" : "search.time.bad.start";
      throw bad(time.end() ? "to" : "from", texts.get(key, time.text()));
    }
    return call.ready();
  }

  int number(String name, String text, int max) throws ApiProblem {
    if (!text.matches("\\d{1,9}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > max) {
      throw bad(name, texts.get("search.api.number", name, max));
    }
    return Integer.parseInt(text);
  }

  Cursor cursor(String text) throws ApiProblem {
    try {
      return Cursor.parse(text);
    } catch (IllegalArgumentException e) {
      throw bad("after", texts.get("search.api.cursor"));
    }
  }

  void require(String name, boolean good) throws ApiProblem {
    if (!good) {
      throw bad(name, texts.get("search.api.parameter", name));
    }
  }

  private static ApiProblem bad(String parameter, String title) {
    return new ApiProblem(
        new Problem(400, "parameter", title, null, Map.of("parameter", parameter)));
  }

  Problem refused(SearchRefused refused) {
    int status =
        switch (refused.reason()) {
          case BUSY -> 429;
          case TOO_MANY_CLAUSES, TOO_MANY_BUCKETS, MASKED -> 400;
          case FORBIDDEN -> 403;
        };
    String text =
        texts.get("search.refused." + refused.reason().name(), refused.arguments().toArray());
    return Problem.of(
        status,
        "search-" + refused.reason().name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'),
        text,
        null);
  }
}
