package tr.emanet.search.http;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tr.emanet.event.EventRecord;
import tr.emanet.event.Position;
import tr.emanet.event.Principal;
import tr.emanet.search.Cursor;
import tr.emanet.search.EventSearch;
import tr.emanet.search.Query;
import tr.emanet.search.QueryProblem;
import tr.emanet.search.Results;
import tr.emanet.search.SavedSearches;
import tr.emanet.search.SearchRefused;
import tr.emanet.search.SearchRequest;
import tr.emanet.search.http.SearchViews.Notice;
import tr.emanet.search.http.SearchViews.QueryError;
import tr.emanet.search.http.SearchViews.RowView;
import tr.emanet.search.http.SearchViews.Rows;
import tr.emanet.search.http.SearchViews.Step;
import tr.emanet.web.Texts;

/** Computes the page of one request. One thread only. */
final class SearchScreen {

  static final int PAGE = 50;

  private final EventSearch search;
  private final QueryHistory history;
  private final SavedSearches saved;
  private final Texts texts;
  private final Principal who;
  private final Instant now;

  SearchScreen(
      EventSearch search,
      QueryHistory history,
      SavedSearches saved,
      Texts texts,
      Principal who,
      Instant now) {
    this.saved = saved;
    this.search = search;
    this.history = history;
    this.texts = texts;
    this.who = who;
    this.now = now;
  }

  SearchCall call(SearchState state) {
    return SearchCall.of(state, search, who, now, texts.formats().zone());
  }

  SearchViews.Page page(SearchState state) throws IOException {
    SearchCall call = call(state);
    Rows rows = null;
    SearchViews.GroupView group = null;
    Notice notice = null;
    SearchRequest request = call.request();
    if (request != null) {
      try {
        if (state.group().isEmpty()) {
          rows = rows(state, request);
        } else {
          group = new FieldViews(texts).group(search.top(request, state.group(), 100), state);
        }
        history.add(who.id(), state.query());
      } catch (SearchRefused refused) {
        notice = notice(refused, state);
      }
    } else {
      notice = wrong(call, state);
    }
    return new SearchViews.Page(
        state,
        new TimeViews(texts).view(state, call),
        error(call.queryProblem(), state),
        rows,
        group,
        notice,
        opened(state),
        history.of(who.id()),
        saved.of(who),
        share(state, call),
        who.readsUnmasked());
  }

  private Rows rows(SearchState state, SearchRequest request) throws SearchRefused, IOException {
    long newest = search.searchableUpTo();
    Results.Page page = search.page(request, PAGE, cursor(state.after()));
    RowViews views = new RowViews(texts, now);
    List<RowView> rows = page.events().stream().map(e -> views.row(e, state)).toList();
    Cursor next = page.next();
    Results.Coverage coverage = page.coverage();
    return new Rows(
        rows,
        next == null ? null : state.withAfter(next.toString()).url(),
        Partial.of(texts, coverage),
        coverage.tookMillis(),
        newest,
        rows.isEmpty() && state.after().isEmpty()
            ? coverage.complete() ? empty(state, request) : unread(state)
            : null);
  }

  private static @Nullable Cursor cursor(String text) {
    try {
      return text.isEmpty() ? null : Cursor.parse(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** An event whose line was destroyed after it was listed. */
  Notice gone() {
    return new Notice(
        true,
        texts.get("search.gone.title"),
        texts.get("search.gone.text"),
        List.of(new Step(texts.get("search.empty.system"), "/system")),
        "");
  }

  /** Nothing found until the deadline: nobody knows what the rest holds. */
  private Notice unread(SearchState state) {
    return new Notice(
        false,
        texts.get("search.unread.title"),
        texts.get("search.unread.text"),
        List.of(
            new Step(texts.get("search.unread.hour"), state.withRange("-1h", "now").url()),
            new Step(texts.get("search.again"), state.url())),
        "");
  }

  /** Nothing found: says which filter is to blame and what would help. */
  private Notice empty(SearchState state, SearchRequest request) throws SearchRefused, IOException {
    Results.Count counted =
        search.counted(new SearchRequest(new Query.All(), request.range(), who));
    long all = counted.count();
    List<Step> steps = new ArrayList<>();
    String blame = "";
    if (all > 0) {
      for (Chip chip : state.chips()) {
        SearchState without = state.without(chip);
        SearchRequest wider = call(without).request();
        if (!chip.off() && steps.isEmpty() && wider != null && search.count(wider) > 0) {
          blame =
              (chip.exclude() ? "!" : "") + chip.field() + ":" + String.join(",", chip.values());
          steps.add(new Step(texts.get("search.empty.drop"), without.url()));
        }
      }
      if (steps.isEmpty() && !state.query().isEmpty()) {
        blame = state.query();
        steps.add(new Step(texts.get("search.empty.clear"), state.withQuery("").url()));
      }
    }
    if (!state.from().equals("-7d")) {
      steps.add(new Step(texts.get("search.empty.week"), state.withRange("-7d", "now").url()));
    } else {
      steps.add(new Step(texts.get("search.empty.month"), state.withRange("-30d", "now").url()));
    }
    if (all == 0) {
      steps.add(new Step(texts.get("search.empty.system"), "/system"));
    }
    return new Notice(
        false,
        texts.get("search.empty.title"),
        all == 0
            ? texts.get("search.empty.none")
            : counted.coverage().complete()
                ? texts.count("search.empty.filtered", all)
                : texts.get("search.empty.filtered.least", all),
        steps,
        blame);
  }

  /** Stands in place of the table when there is no earlier answer to keep. */
  private Notice wrong(SearchCall call, SearchState state) {
    QueryProblem problem = call.queryProblem();
    String text =
        problem == null ? texts.get("search.time.unclear") : texts.get("search.wrong.text");
    SearchState plain =
        problem == null
            ? state.withRange(SearchState.DEFAULT_FROM, SearchState.DEFAULT_TO)
            : state.withQuery("");
    String step = texts.get(problem == null ? "search.time.24h" : "search.empty.clear");
    return new Notice(
        false, texts.get("search.wrong.title"), text, List.of(new Step(step, plain.url())), "");
  }

  Notice notice(SearchRefused refused, SearchState state) {
    return new Notice(
        true,
        texts.get("search.refused.title"),
        texts.get("search.refused." + refused.reason().name(), refused.arguments().toArray()),
        List.of(
            refused.reason() == SearchRefused.Reason.MASKED
                ? new Step(texts.get("search.masked.drop"), state.withChips(List.of()).url())
                : new Step(texts.get("search.again"), state.url())),
        "");
  }

  private @Nullable QueryError error(@Nullable QueryProblem problem, SearchState state) {
    if (problem == null) {
      return null;
    }
    String remedy = problem.remedy();
    String text =
        texts.get(
            "search.query.at",
            problem.from() + 1,
            texts.get(problem.key(), problem.arguments().toArray()));
    return new QueryError(
        problem.from(),
        problem.to(),
        text,
        remedy,
        remedy == null ? null : state.withQuery(remedy).url());
  }

  private SearchViews.@Nullable EventView opened(SearchState state) throws IOException {
    if (state.open().isEmpty()) {
      return null;
    }
    try {
      EventRecord event = search.find(Position.parse(state.open()), who).orElse(null);
      return event == null ? null : new RowViews(texts, now).event(event, link(event));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** A link that finds this event again whatever the time is then. */
  String link(EventRecord event) {
    long at = event.timestampMillis();
    return new SearchState(
            "",
            Long.toString(at - 60_000),
            Long.toString(at + 60_000),
            List.of(),
            SearchState.DEFAULT_COLUMNS,
            event.position().toString(),
            "",
            "",
            SearchState.Layout.PLAIN)
        .url();
  }

  private static String share(SearchState state, SearchCall call) {
    if (call.range() == null) {
      return state.withColumnsNamed().url();
    }
    return state
        .withRange(Long.toString(call.asked().fromMillis()), Long.toString(call.asked().toMillis()))
        .withOpen(state.open())
        .withColumnsNamed()
        .url();
  }
}
