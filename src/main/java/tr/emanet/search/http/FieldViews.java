package tr.emanet.search.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tr.emanet.search.Results;
import tr.emanet.search.http.SearchViews.FieldLine;
import tr.emanet.search.http.SearchViews.FieldsView;
import tr.emanet.search.http.SearchViews.GroupView;
import tr.emanet.search.http.SearchViews.TopView;
import tr.emanet.search.http.SearchViews.ValueLine;
import tr.emanet.web.Formats;
import tr.emanet.web.Language;
import tr.emanet.web.Texts;
import tr.emanet.web.TurkishSuffix;
import tr.emanet.web.Visible;

/** Turns counts into the field list, top values and the grouped table. Immutable. */
final class FieldViews {

  private final Texts texts;
  private final Formats formats;

  FieldViews(Texts texts) {
    this.texts = texts;
    this.formats = texts.formats();
  }

  FieldsView list(Results.FieldList list, SearchState state) {
    List<FieldLine> columns = new ArrayList<>();
    for (String column : state.columns()) {
      columns.add(
          list.fields().stream()
              .filter(f -> f.field().equals(column))
              .findFirst()
              .map(f -> line(f, state))
              .orElseGet(() -> line(new Results.FieldCount(column, "t", -1, 0), state)));
    }
    List<FieldLine> others =
        list.fields().stream()
            .filter(f -> !state.columns().contains(f.field()))
            .map(f -> line(f, state))
            .toList();
    return new FieldsView(columns, others, Partial.of(texts, list.coverage()));
  }

  private FieldLine line(Results.FieldCount f, SearchState state) {
    String label = texts.has("field." + f.field()) ? texts.get("field." + f.field()) : "";
    return new FieldLine(
        f.field(),
        f.type(),
        label,
        f.distinct() < 0 ? "" : formats.number(f.distinct()),
        state.columns().contains(f.field()),
        toggled(state, f.field()).url());
  }

  /** The state with a column added or taken away. */
  static SearchState toggled(SearchState state, String field) {
    List<String> columns = new ArrayList<>(state.columns());
    if (!columns.remove(field)) {
      int message = columns.indexOf("message");
      columns.add(message < 0 ? columns.size() : message, field);
    }
    return state.withColumns(columns.isEmpty() ? List.of("message") : columns);
  }

  TopView top(Results.TopValues top, SearchState state) {
    long counted = top.values().stream().mapToLong(Results.ValueCount::count).sum();
    boolean column = state.columns().contains(top.field());
    return new TopView(
        top.field(),
        share(top, counted),
        lines(top, state),
        state.withGroup(top.field()).url(),
        toggled(state, top.field()).url(),
        column,
        top.exact() ? null : texts.get("search.top.sample", top.total()),
        Partial.of(texts, top.coverage()));
  }

  GroupView group(Results.TopValues top, SearchState state) {
    long counted = top.values().stream().mapToLong(Results.ValueCount::count).sum();
    String label = texts.has("field." + top.field()) ? texts.get("field." + top.field()) : "";
    return new GroupView(
        top.field(),
        label,
        share(top, counted),
        lines(top, state),
        state.withGroup("").url(),
        Partial.of(texts, top.coverage()));
  }

  private String share(Results.TopValues top, long counted) {
    if (top.values().isEmpty()) {
      return texts.get("search.top.none");
    }
    double share = top.total() == 0 ? 0 : (double) counted / top.total();
    String percent = formats.percent(Math.min(1, share));
    if (texts.language() == Language.TR) {
      percent = TurkishSuffix.POSSESSIVE.after(percent);
    }
    return texts.get("search.top.share", top.values().size(), top.total(), percent);
  }

  private List<ValueLine> lines(Results.TopValues top, SearchState state) {
    long most = top.values().stream().mapToLong(Results.ValueCount::count).max().orElse(1);
    List<ValueLine> out = new ArrayList<>(top.values().size());
    for (Results.ValueCount v : top.values()) {
      out.add(
          new ValueLine(
              v.value(),
              Visible.pieces(v.value()),
              formats.number(v.count()),
              formats.percent(top.total() == 0 ? 0 : (double) v.count() / top.total()),
              String.format(Locale.ROOT, "%.2f%%", 100.0 * v.count() / Math.max(1, most)),
              state.including(top.field(), v.value(), false).url(),
              state.including(top.field(), v.value(), true).url()));
    }
    return out;
  }
}
