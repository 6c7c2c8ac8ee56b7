package tr.emanet.search.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tr.emanet.search.Query;
import tr.emanet.web.Urls;

/**
 * What the search screen shows, as it stands in the URL. Immutable; the {@code with} methods give
 * the neighbouring pages.
 *
 * @param query text of the query box
 * @param from start as written, such as {@code -24h}
 * @param to end as written, such as {@code now}
 * @param open position of the expanded row, empty for none
 * @param after cursor of the page, empty for the newest
 * @param group field by which the events are counted instead of listed, empty for the list
 * @param layout widths of the columns, and whether the address has to name the columns
 */
public record SearchState(
    String query,
    String from,
    String to,
    List<Chip> chips,
    List<String> columns,
    String open,
    String after,
    String group,
    Layout layout) {

  /**
   * How the table is laid out beside the order of its columns.
   *
   * @param widths in pixels by column name; a column without one has the width of its type
   * @param named whether the address names the columns even when they are the usual ones: a browser
   *     that remembers other columns would show those otherwise
   */
  public record Layout(Map<String, Integer> widths, boolean named) {

    static final Layout PLAIN = new Layout(Map.of(), false);
    static final int MIN_WIDTH = 48;
    static final int MAX_WIDTH = 1200;

    public Layout {
      widths = Map.copyOf(widths);
    }

    /** Reads widths in the order of the columns, {@code 0} or nothing for the usual one. */
    static Layout of(List<String> columns, String text, boolean named) {
      Map<String, Integer> widths = new HashMap<>();
      String[] numbers = text.split(",", MAX_COLUMNS + 1);
      for (int i = 0; i < Math.min(columns.size(), numbers.length); i++) {
        if (numbers[i].matches("[0-9]{2,4}")) {
          widths.put(
              columns.get(i), Math.clamp(Integer.parseInt(numbers[i]), MIN_WIDTH, MAX_WIDTH));
        }
      }
      return new Layout(widths, named);
    }
  }

  static final String DEFAULT_FROM = "-24h";
  static final String DEFAULT_TO = "now";
  static final List<String> DEFAULT_COLUMNS =
      List.of("host.name", "event.action", "source.ip", "destination.ip", "message");
  private static final int MAX_CHIPS = 32;
  private static final int MAX_COLUMNS = 12;
  private static final int MAX_TEXT = 9000;

  public SearchState {
    chips = List.copyOf(chips);
    columns = List.copyOf(columns);
  }

  /** Reads the parameters of a request; what is too long or no chip is left out. */
  static SearchState of(Map<String, List<String>> parameters) {
    return of(parameters, "");
  }

  /** Reads the query of an address of the search screen. */
  static SearchState ofUrl(String url) {
    return of(Urls.parameters(url));
  }

  /**
   * Reads the parameters of a request.
   *
   * @param remembered columns and widths that this browser keeps for addresses that name none, as
   *     {@code a,b;120,0}; empty for none
   */
  static SearchState of(Map<String, List<String>> parameters, String remembered) {
    List<Chip> chips = new ArrayList<>();
    for (String text : Objects.requireNonNullElse(parameters.get("f"), List.<String>of())) {
      if (chips.size() < MAX_CHIPS) {
        Chip.parse(text).filter(chip -> !chips.contains(chip)).ifPresent(chips::add);
      }
    }
    addForm(parameters, chips);
    boolean named = !first(parameters, "cols", "").isEmpty();
    int semicolon = remembered.indexOf(';');
    String kept = semicolon < 0 ? remembered : remembered.substring(0, semicolon);
    List<String> columns = columns(named ? first(parameters, "cols", "") : kept);
    String widths =
        named || remembered.isEmpty()
            ? first(parameters, "w", "")
            : remembered.substring(semicolon + 1);
    return new SearchState(
        first(parameters, "q", "").strip(),
        orDefault(first(parameters, "from", DEFAULT_FROM), DEFAULT_FROM),
        orDefault(first(parameters, "to", DEFAULT_TO), DEFAULT_TO),
        chips,
        columns,
        first(parameters, "open", ""),
        first(parameters, "after", ""),
        field(first(parameters, "group", "")),
        Layout.of(columns, widths, !remembered.isEmpty()));
  }

  /** The filter editor sends field, operator and value apart, so that it needs no script. */
  private static void addForm(Map<String, List<String>> parameters, List<Chip> chips) {
    String field = field(first(parameters, "chip-field", "").strip());
    List<String> values = Chip.split(first(parameters, "chip-value", ""));
    if (!field.isEmpty() && !values.isEmpty() && chips.size() < MAX_CHIPS) {
      Chip chip = new Chip(first(parameters, "chip-op", "").equals("not"), false, field, values);
      String replaced = first(parameters, "chip-old", "");
      int at = chips.indexOf(Chip.parse(replaced).orElse(chip));
      if (at >= 0) {
        chips.set(at, chip);
      } else {
        chips.add(chip);
      }
    }
  }

  private static List<String> columns(String text) {
    LinkedHashSet<String> names = new LinkedHashSet<>();
    for (String name : text.split(",", MAX_COLUMNS + 1)) {
      if (Chip.isField(name.strip()) && names.size() < MAX_COLUMNS) {
        names.add(name.strip());
      }
    }
    return names.isEmpty() ? DEFAULT_COLUMNS : List.copyOf(names);
  }

  private static String field(String text) {
    return Chip.isField(text) ? text : "";
  }

  private static String orDefault(String text, String otherwise) {
    return text.isBlank() ? otherwise : text.strip();
  }

  private static String first(Map<String, List<String>> parameters, String name, String otherwise) {
    List<String> values = parameters.get(name);
    if (values == null || values.isEmpty()) {
      return otherwise;
    }
    @Nullable String value = values.getFirst();
    return value == null
        ? otherwise
        : value.length() > MAX_TEXT ? value.substring(0, MAX_TEXT) : value;
  }

  /** Query box and active chips joined. */
  Query joined(Query typed) {
    List<Query> parts = new ArrayList<>();
    if (!(typed instanceof Query.All)) {
      parts.add(typed);
    }
    chips.stream().filter(chip -> !chip.off()).map(Chip::query).forEach(parts::add);
    return parts.isEmpty()
        ? new Query.All()
        : parts.size() == 1 ? parts.getFirst() : new Query.And(parts);
  }

  /** The path and parameters of a page or fragment with this state. */
  public String url(String path) {
    Urls url = Urls.path(path).with("q", query);
    if (!from.equals(DEFAULT_FROM)) {
      url.with("from", from);
    }
    if (!to.equals(DEFAULT_TO)) {
      url.with("to", to);
    }
    chips.forEach(chip -> url.with("f", chip.encoded()));
    if (layout.named() || !columns.equals(DEFAULT_COLUMNS)) {
      url.with("cols", String.join(",", columns));
    }
    url.with("w", widths());
    return url.with("group", group).with("after", after).with("open", open).toString();
  }

  /** Widths in the order of the columns, {@code 0} for the usual one; empty when all are usual. */
  public String widths() {
    StringBuilder out = new StringBuilder();
    boolean any = false;
    for (String column : columns) {
      int width = width(column);
      any |= width > 0;
      out.append(out.isEmpty() ? "" : ",").append(width);
    }
    return any ? out.toString() : "";
  }

  /** The chosen width of a column in pixels, 0 for the usual one. */
  public int width(String column) {
    return layout.widths().getOrDefault(column, 0);
  }

  /** The address of the page itself. */
  public String url() {
    return url("/search");
  }

  public SearchState withQuery(String text) {
    return new SearchState(text, from, to, chips, columns, "", "", group, layout);
  }

  public SearchState withRange(String start, String end) {
    return new SearchState(query, start, end, chips, columns, "", "", group, layout);
  }

  public SearchState withChips(List<Chip> others) {
    return new SearchState(query, from, to, others, columns, "", "", group, layout);
  }

  public SearchState without(Chip chip) {
    return withChips(chips.stream().filter(c -> !c.equals(chip)).toList());
  }

  public SearchState switching(Chip chip) {
    return withChips(chips.stream().map(c -> c.equals(chip) ? c.switched() : c).toList());
  }

  public SearchState including(String field, String value, boolean exclude) {
    List<Chip> more = new ArrayList<>(chips);
    more.add(new Chip(exclude, false, field, List.of(value)));
    return withChips(more);
  }

  public SearchState withColumns(List<String> names) {
    return new SearchState(query, from, to, chips, names, open, after, group, layout);
  }

  /** With another width of a column; 0 for the usual one. */
  public SearchState withWidth(String column, int width) {
    Map<String, Integer> widths = new HashMap<>(layout.widths());
    if (width == 0) {
      widths.remove(column);
    } else {
      widths.put(column, Math.clamp(width, Layout.MIN_WIDTH, Layout.MAX_WIDTH));
    }
    return withLayout(new Layout(widths, layout.named()));
  }

  /** With an address that names the columns whatever they are, to be opened by others. */
  public SearchState withColumnsNamed() {
    return withLayout(new Layout(layout.widths(), true));
  }

  public SearchState withUsualWidths() {
    return withLayout(new Layout(Map.of(), layout.named()));
  }

  private SearchState withLayout(Layout other) {
    return new SearchState(query, from, to, chips, columns, open, after, group, other);
  }

  public SearchState withOpen(String position) {
    return new SearchState(query, from, to, chips, columns, position, after, group, layout);
  }

  public SearchState withAfter(String cursor) {
    return new SearchState(query, from, to, chips, columns, "", cursor, group, layout);
  }

  public SearchState withGroup(String field) {
    return new SearchState(query, from, to, chips, columns, "", "", field, layout);
  }
}
