package tr.emanet.indicator.http;

import java.util.List;
import java.util.Map;
import tr.emanet.indicator.Codes;
import tr.emanet.indicator.IndicatorQuery;
import tr.emanet.web.Urls;

/**
 * What the list of indicators shows, as its address says it. Immutable; whatever an address holds
 * gives a state.
 *
 * @param tab listed, removed, refused, spared or all
 * @param text search text, empty for all; may be written defanged
 * @param kind of the value; empty for all
 * @param feed name of the feed; empty for all
 * @param codes of USOM/SGB in the fields description, source and connection
 * @param hits any, measureless, or empty for all
 * @param sort id of the order
 * @param after id of the last row of the page before; 0 for the first page
 * @param open id of the indicator in the panel; 0 for none
 */
public record ListState(
    String tab,
    String text,
    String kind,
    String feed,
    Codes codes,
    String hits,
    IndicatorQuery.Sort sort,
    long after,
    long open) {

  static final List<String> TABS = List.of("listed", "removed", "refused", "spared", "all");
  private static final int MAX_TEXT = 300;

  static ListState of(Map<String, List<String>> parameters) {
    String tab = first(parameters, "tab");
    String text = first(parameters, "q").strip();
    return new ListState(
        TABS.contains(tab) ? tab : "listed",
        text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text,
        word(parameters, "kind"),
        word(parameters, "feed"),
        new Codes(
            "",
            word(parameters, "description"),
            word(parameters, "source"),
            word(parameters, "class"),
            0),
        word(parameters, "hits"),
        sort(first(parameters, "sort")),
        number(parameters, "after"),
        number(parameters, "open"));
  }

  private static String first(Map<String, List<String>> parameters, String name) {
    List<String> all = parameters.get(name);
    return all == null || all.isEmpty() ? "" : all.getFirst();
  }

  private static String word(Map<String, List<String>> parameters, String name) {
    String text = first(parameters, name).strip();
    return text.length() > 120 ? "" : text;
  }

  private static long number(Map<String, List<String>> parameters, String name) {
    String text = first(parameters, name);
    return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
  }

  private static IndicatorQuery.Sort sort(String id) {
    return switch (id) {
      case "oldest" -> IndicatorQuery.Sort.OLDEST;
      case "value" -> IndicatorQuery.Sort.VALUE;
      case "value-down" -> IndicatorQuery.Sort.VALUE_DOWN;
      default -> IndicatorQuery.Sort.NEWEST;
    };
  }

  static String id(IndicatorQuery.Sort sort) {
    return switch (sort) {
      case NEWEST -> "newest";
      case OLDEST -> "oldest";
      case VALUE -> "value";
      case VALUE_DOWN -> "value-down";
    };
  }

  public String url() {
    return Urls.path("/indicators")
        .with("tab", tab.equals("listed") ? "" : tab)
        .with("q", text)
        .with("kind", kind)
        .with("feed", feed)
        .with("class", codes.connection())
        .with("description", codes.description())
        .with("source", codes.source())
        .with("hits", hits)
        .with("sort", sort == IndicatorQuery.Sort.NEWEST ? "" : id(sort))
        .with("after", after == 0 ? "" : Long.toString(after))
        .with("open", open == 0 ? "" : Long.toString(open))
        .toString();
  }

  /** Whether anything narrows the list beside its tab. */
  public boolean narrow() {
    return !(text + kind + feed + hits).isEmpty()
        || !(codes.description() + codes.source() + codes.connection()).isEmpty();
  }

  public ListState withTab(String other) {
    return new ListState(other, text, kind, feed, codes, hits, sort, 0, 0);
  }

  public ListState withOpen(long id) {
    return new ListState(tab, text, kind, feed, codes, hits, sort, after, id);
  }

  public ListState withAfter(long id) {
    return new ListState(tab, text, kind, feed, codes, hits, sort, id, 0);
  }

  /** Everything of the tab, in the same order. */
  public ListState plain() {
    return new ListState(tab, "", "", "", new Codes("", "", "", "", 0), "", sort, 0, 0);
  }

  /** Without one filter, by its parameter. */
  ListState without(String parameter) {
    return new ListState(
        tab,
        parameter.equals("q") ? "" : text,
        parameter.equals("kind") ? "" : kind,
        parameter.equals("feed") ? "" : feed,
        new Codes(
            "",
            parameter.equals("description") ? "" : codes.description(),
            parameter.equals("source") ? "" : codes.source(),
            parameter.equals("class") ? "" : codes.connection(),
            0),
        parameter.equals("hits") ? "" : hits,
        sort,
        0,
        open);
  }
}
