package tr.emanet.indicator.http;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tr.emanet.alert.MatchStore;
import tr.emanet.indicator.Codes;
import tr.emanet.indicator.FeedState;
import tr.emanet.indicator.Indicator;
import tr.emanet.indicator.IndicatorListStore;
import tr.emanet.indicator.IndicatorQuery;
import tr.emanet.indicator.http.ListViews.Chip;
import tr.emanet.indicator.http.ListViews.Filter;
import tr.emanet.indicator.http.ListViews.Listing;
import tr.emanet.indicator.http.ListViews.Option;
import tr.emanet.indicator.http.ListViews.Row;
import tr.emanet.indicator.http.ListViews.Tab;
import tr.emanet.indicator.value.CanonicalValue;
import tr.emanet.indicator.value.IndicatorKind;
import tr.emanet.indicator.value.ValueReader;
import tr.emanet.web.Texts;
import tr.emanet.web.Urls;
import tr.emanet.web.Visible;

/** The list of indicators for one reader. One thread only. */
final class ListScreen {

  static final int ROWS = 100;

  /** More hit values than this are not filtered: the list says so by ending there. */
  private static final int MOST_KEYS = 5_000;

  private final IndicatorFacts facts;
  private final List<FeedState> feeds;
  private final Texts texts;
  private final CodeWords words;
  private final Instant now;

  ListScreen(IndicatorFacts facts, List<FeedState> feeds, Texts texts, Instant now) {
    this.facts = facts;
    this.feeds = feeds;
    this.texts = texts;
    this.words = new CodeWords(facts.codes(), texts);
    this.now = now;
  }

  CodeWords words() {
    return words;
  }

  /** The rows of a state and one more when there is another page. */
  List<Indicator> found(ListState state) {
    if (count(state.tab(), facts.totals()) == 0) {
      return List.of();
    }
    Optional<CanonicalValue> exact = exact(state.text());
    String text =
        exact
            .map(v -> v.kind() == IndicatorKind.URL && v.text().endsWith("/") ? "" : v.text())
            .filter(t -> !t.isEmpty())
            .orElse(state.text());
    return facts
        .list()
        .page(
            new IndicatorQuery(
                text,
                exact,
                state.codes(),
                state.kind(),
                state.feed(),
                state.tab(),
                only(state),
                state.sort(),
                state.after(),
                ROWS + 1));
  }

  /** What the text means when it is a whole value, defanged or not. */
  static Optional<CanonicalValue> exact(String text) {
    return !text.isEmpty() && ValueReader.value(null, text) instanceof CanonicalValue value
        ? Optional.of(value)
        : Optional.empty();
  }

  private @Nullable List<Long> only(ListState state) {
    List<String> keys =
        switch (state.hits()) {
          case "any" -> facts.matches().keys(MOST_KEYS);
          case "measureless" -> facts.measured().missing(MOST_KEYS);
          default -> null;
        };
    return keys == null ? null : List.copyOf(facts.list().named(keys).keySet());
  }

  Listing listing(ListState state, List<Indicator> found) {
    boolean more = found.size() > ROWS;
    List<Indicator> shown = more ? found.subList(0, ROWS) : found;
    IndicatorListStore.Totals totals = facts.totals();
    boolean whole = state.after() == 0 && !more;
    String total =
        whole
            ? texts.count("indicators.total", shown.size())
            : texts.get(
                state.after() == 0 ? "indicators.total.first" : "indicators.total.page",
                shown.size());
    return new Listing(
        ListState.TABS.stream().map(tab -> tab(tab, totals, state)).toList(),
        filters(state),
        chips(state),
        rows(shown, state),
        total,
        more ? state.withAfter(shown.getLast().id()).url() : "",
        state.after() == 0 ? "" : state.withAfter(0).url(),
        facts.measured().records(),
        totals.all() == 0,
        exact(state.text())
            .filter(v -> !v.text().equals(state.text()))
            .map(v -> Visible.plain(v.display()))
            .orElse(""));
  }

  private static long count(String tab, IndicatorListStore.Totals totals) {
    return switch (tab) {
      case "listed" -> totals.listed();
      case "removed" -> totals.removed();
      case "refused" -> totals.refused();
      case "spared" -> totals.spared();
      default -> totals.all();
    };
  }

  private Tab tab(String tab, IndicatorListStore.Totals totals, ListState state) {
    return new Tab(
        texts.get("indicators.tab." + tab),
        texts.formats().number(count(tab, totals)),
        state.withTab(tab).url(),
        tab.equals(state.tab()));
  }

  private List<Filter> filters(ListState state) {
    List<Filter> out = new ArrayList<>();
    Map<String, String> kinds = new LinkedHashMap<>();
    for (IndicatorKind kind : IndicatorKind.values()) {
      kinds.put(kind.id(), texts.get("indicators.kind." + kind.id()));
    }
    out.add(filter("kind", kinds, state.kind()));
    out.add(
        filter(
            "class", codes(Codes::connection, CodeWords.CONNECTION), state.codes().connection()));
    out.add(
        filter(
            "description",
            codes(Codes::description, CodeWords.DESCRIPTION),
            state.codes().description()));
    out.add(filter("source", codes(Codes::source, CodeWords.SOURCE), state.codes().source()));
    Map<String, String> names = new LinkedHashMap<>();
    feeds.forEach(f -> names.put(f.name(), FeedWords.name(f.name(), texts)));
    out.add(filter("feed", names, state.feed()));
    Map<String, String> hits = new LinkedHashMap<>();
    hits.put("any", texts.get("indicators.hits.any"));
    if (facts.measured().records()) {
      hits.put("measureless", texts.get("indicators.hits.measureless"));
    }
    out.add(filter("hits", hits, state.hits()));
    return out;
  }

  private Map<String, String> codes(Function<Codes, String> field, String name) {
    Map<String, String> out = new LinkedHashMap<>();
    facts.occurring().stream()
        .map(field)
        .filter(code -> !code.isEmpty())
        .sorted()
        .forEach(code -> out.put(code, Visible.plain(words.coded(name, code))));
    return out;
  }

  private Filter filter(String parameter, Map<String, String> choices, String current) {
    List<Option> options = new ArrayList<>();
    options.add(new Option("", texts.get("indicators.any"), current.isEmpty()));
    choices.forEach((value, name) -> options.add(new Option(value, name, value.equals(current))));
    return new Filter(parameter, texts.get("indicators.filter." + parameter), options);
  }

  private List<Chip> chips(ListState state) {
    List<Chip> out = new ArrayList<>();
    UnaryOperator<String> same = UnaryOperator.identity();
    chip(out, state, "kind", state.kind(), k -> texts.get("indicators.kind." + k));
    chip(
        out, state, "class", state.codes().connection(), c -> words.coded(CodeWords.CONNECTION, c));
    chip(
        out,
        state,
        "description",
        state.codes().description(),
        c -> words.coded(CodeWords.DESCRIPTION, c));
    chip(out, state, "source", state.codes().source(), c -> words.coded(CodeWords.SOURCE, c));
    chip(out, state, "feed", state.feed(), f -> FeedWords.name(f, texts));
    chip(out, state, "hits", state.hits(), h -> texts.get("indicators.hits." + h));
    chip(out, state, "q", state.text(), same);
    return out;
  }

  private void chip(
      List<Chip> into, ListState state, String name, String value, UnaryOperator<String> shown) {
    if (!value.isEmpty()) {
      into.add(
          new Chip(
              texts.get("indicators.filter." + name),
              Shown.pieces(shown.apply(value)),
              state.without(name).url()));
    }
  }

  private List<Row> rows(List<Indicator> shown, ListState state) {
    List<String> keys = shown.stream().map(facts::key).filter(k -> !k.isEmpty()).toList();
    Map<String, MatchStore.Count> counts = facts.matches().counts(keys);
    Map<String, Measured.State> measures = facts.measured().states(counts.keySet());
    return shown.stream().map(i -> row(i, counts, measures, state)).toList();
  }

  Row row(Indicator indicator, ListState state) {
    String key = facts.key(indicator);
    Map<String, MatchStore.Count> counts =
        facts.matches().counts(key.isEmpty() ? List.of() : List.of(key));
    return row(indicator, counts, facts.measured().states(counts.keySet()), state);
  }

  private Row row(
      Indicator i,
      Map<String, MatchStore.Count> counts,
      Map<String, Measured.State> measures,
      ListState state) {
    String key = facts.key(i);
    MatchStore.Count count = counts.getOrDefault(key, MatchStore.Count.NONE);
    Measured.State measure = measures.get(key);
    String standing = standing(i);
    return new Row(
        i.id(),
        state.withOpen(i.id()).url(),
        Shown.value(i),
        texts.get("indicators.kind." + i.value().map(v -> v.kind().id()).orElse("none")),
        Visible.plain(words.shortly(CodeWords.CONNECTION, i.codes().connection())),
        Visible.plain(words.shortly(CodeWords.SOURCE, i.codes().source())),
        FeedWords.name(i.feed(), texts),
        texts.formats().shortMoment(i.firstSeen()),
        i.firstSeen().toString(),
        texts.formats().shortMoment(i.lastSeen()),
        i.lastSeen().toString(),
        texts.formats().number(i.revision()),
        texts.formats().number(count.live()),
        texts.formats().number(count.past()),
        count.all() == 0 ? "" : alerts(i),
        standing,
        texts.get("indicators.state." + standing),
        measure == null ? "" : measure.name().toLowerCase(java.util.Locale.ROOT),
        measure == null
            ? ""
            : texts.get("indicators.measure." + measure.name().toLowerCase(java.util.Locale.ROOT)),
        i.id() == state.open());
  }

  private static String alerts(Indicator indicator) {
    return Urls.path("/alerts")
        .with("by", "none")
        .with("q", indicator.value().map(CanonicalValue::text).orElse(""))
        .toString();
  }

  /** Whether it is in force, and if not why. */
  String standing(Indicator i) {
    if (i.value().isEmpty()) {
      return "refused";
    }
    if (i.activeUntil() != null) {
      return "removed";
    }
    if (!i.guard().isEmpty() || i.value().flatMap(facts.neverBlock()::reason).isPresent()) {
      return "spared";
    }
    return i.inForce(now) ? "listed" : "expired";
  }
}
