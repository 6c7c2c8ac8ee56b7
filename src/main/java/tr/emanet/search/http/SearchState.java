package tr.emanet.search.http;

import java.util.ArrayList;
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
 */
public record SearchState(
    String query,
    String from,
    String to,
    List<Chip> chips,
    List<String> columns,
    String open,
    String after,
    String group) {

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
    List<Chip> chips = new ArrayList<>();
    for (String text : Objects.requireNonNullElse(parameters.get("f"), List.<String>of())) {
      if (chips.size() < MAX_CHIPS) {
        Chip.parse(text).filter(chip -> !chips.contains(chip)).ifPresent(chips::add);
      }
    }
    addForm(parameters, chips);
    return new SearchState(
        first(parameters, "q", "").strip(),
        orDefault(first(parameters, "from", DEFAULT_FROM), DEFAULT_FROM),
        orDefault(first(parameters, "to", DEFAULT_TO), DEFAULT_TO),
        chips,
        columns(first(parameters, "cols", "")),
        first(parameters, "open", ""),
        first(parameters, "after", ""),
        field(first(parameters, "group", "")));
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
    if (!columns.equals(DEFAULT_COLUMNS)) {
      url.with("cols", String.join(",", columns));
    }
    return url.with("group", group).with("after", after).with("open", open).toString();
  }

  /** The address of the page itself. */
  public String url() {
    return url("/search");
  }

  public SearchState withQuery(String text) {
    return new SearchState(text, from, to, chips, columns, "", "", group);
  }

  public SearchState withRange(String start, String end) {
    return new SearchState(query, start, end, chips, columns, "", "", group);
  }

  public SearchState withChips(List<Chip> others) {
    return new SearchState(query, from, to, others, columns, "", "", group);
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
    return new SearchState(query, from, to, chips, names, open, after, group);
  }

  public SearchState withOpen(String position) {
    return new SearchState(query, from, to, chips, columns, position, after, group);
  }

  public SearchState withAfter(String cursor) {
    return new SearchState(query, from, to, chips, columns, "", cursor, group);
  }

  public SearchState withGroup(String field) {
    return new SearchState(query, from, to, chips, columns, "", "", field);
  }
}
