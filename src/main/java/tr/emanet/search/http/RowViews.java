package tr.emanet.search.http;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tr.emanet.event.EventRecord;
import tr.emanet.event.Field;
import tr.emanet.event.FieldType;
import tr.emanet.event.IpAddress;
import tr.emanet.event.RecordFlags;
import tr.emanet.search.Results;
import tr.emanet.search.http.SearchViews.CellView;
import tr.emanet.search.http.SearchViews.EventView;
import tr.emanet.search.http.SearchViews.FieldView;
import tr.emanet.search.http.SearchViews.LineView;
import tr.emanet.search.http.SearchViews.RowView;
import tr.emanet.web.Formats;
import tr.emanet.web.Texts;
import tr.emanet.web.Visible;

/** Turns events into rows, opened events and surrounding lines for one reader. Immutable. */
final class RowViews {

  private static final int MAX_CELL = 400;
  private static final Set<String> WARNING_LEVELS = Set.of("warning", "warn", "error", "err");

  private final Texts texts;
  private final Formats formats;
  private final LocalDate today;

  RowViews(Texts texts, Instant now) {
    this.texts = texts;
    this.formats = texts.formats();
    this.today = now.atZone(formats.zone()).toLocalDate();
  }

  RowView row(EventRecord event, SearchState state) {
    Instant at = Instant.ofEpochMilli(event.timestampMillis());
    List<CellView> cells = new ArrayList<>(state.columns().size());
    for (String column : state.columns()) {
      cells.add(cell(event, column));
    }
    String position = event.position().toString();
    boolean opened = state.open().equals(position);
    return new RowView(
        position,
        state.withOpen(opened ? "" : position).url(),
        at.atZone(formats.zone()).toLocalDate().equals(today) ? "" : formats.dayMonth(at),
        formats.time(at),
        formats.millis(at),
        at.toString(),
        cells);
  }

  private CellView cell(EventRecord event, String column) {
    if (event.isGone()) {
      boolean last = column.equals(Field.MESSAGE.ecsName());
      String text = last ? texts.get("search.gone") : "";
      return new CellView(
          column, "", last ? List.of(new Visible.Piece(text, true)) : List.of(), "", "", false);
    }
    if (column.equals(Field.MESSAGE.ecsName())) {
      String message = event.text(Field.MESSAGE);
      String line = message == null ? Visible.decode(event.raw()) : message;
      return new CellView(column, "", pieces(line), "", "", false);
    }
    String value = value(event, column);
    if (value == null) {
      return new CellView(column, "", List.of(), "", "", false);
    }
    String mark = "";
    if (column.equals("event.action") || column.equals("event.outcome")) {
      mark = mark(event);
    }
    return new CellView(
        column,
        value,
        pieces(shortened(column, value)),
        mark,
        mark.isEmpty() ? "" : texts.get("search.mark." + mark),
        !isDate(column));
  }

  private static String mark(EventRecord event) {
    if ("failure".equals(event.text(Field.EVENT_OUTCOME))) {
      return "failure";
    }
    String level = event.text(Field.LOG_LEVEL);
    return level != null && WARNING_LEVELS.contains(level.toLowerCase(Locale.ROOT))
        ? "warning"
        : "neutral";
  }

  /** Addresses, hashes and paths lose their middle, never their end. */
  private static String shortened(String column, String value) {
    return switch (column) {
      case "source.ip", "destination.ip", "emanet.source.ip" -> Cut.middle(value, 17);
      case "file.hash.sha256", "file.path", "url.path", "mqtt.topic" -> Cut.middle(value, 16);
      default -> value;
    };
  }

  private static List<Visible.Piece> pieces(String text) {
    return Visible.pieces(text.length() > MAX_CELL ? text.substring(0, MAX_CELL) : text);
  }

  /** A field's value as text, or null; knows the two instants that are not among the fields. */
  static @Nullable String value(EventRecord event, String field) {
    return switch (field) {
      case "@timestamp" -> Instant.ofEpochMilli(event.timestampMillis()).toString();
      case "event.ingested" -> Instant.ofEpochMilli(event.ingestedMillis()).toString();
      default -> {
        Object value = event.fields().get(field);
        yield value == null ? null : value.toString();
      }
    };
  }

  EventView event(EventRecord event, String link) {
    List<FieldView> fields = new ArrayList<>();
    List<FieldView> path = new ArrayList<>();
    path.add(plain("search.path.listener", event.source().toString()));
    event
        .attributes()
        .display()
        .forEach((k, v) -> path.add(new FieldView("", k, v, Visible.pieces(v), false)));
    path.add(plain("search.path.received", moment(event.ingestedMillis())));
    path.add(plain("search.path.time", moment(event.timestampMillis())));
    for (Map.Entry<String, Object> entry : event.fields().entrySet()) {
      String value = entry.getValue().toString();
      FieldView view =
          new FieldView(label(entry.getKey()), entry.getKey(), value, Visible.pieces(value), true);
      if (entry.getKey().startsWith("emanet.")) {
        path.add(view);
      } else if (!entry.getKey().equals(Field.MESSAGE.ecsName())) {
        fields.add(view);
      }
    }
    boolean utf8 = Visible.isUtf8(event.raw());
    return new EventView(
        event.position().toString(),
        fields,
        Visible.pieces(Visible.decode(event.raw())),
        rawFacts(event, utf8),
        utf8,
        flags(event),
        path,
        jsonPieces(event),
        link);
  }

  /** Line by line: line ends of the layout stay line ends. */
  private static List<Visible.Piece> jsonPieces(EventRecord event) {
    List<Visible.Piece> out = new ArrayList<>();
    for (String line : EventJson.pretty(event).split("\n", -1)) {
      out.addAll(Visible.pieces(line));
      out.add(new Visible.Piece("\n", false));
    }
    return out;
  }

  private FieldView plain(String key, String value) {
    return new FieldView(texts.get(key), "", value, Visible.pieces(value), false);
  }

  private String moment(long millis) {
    Instant at = Instant.ofEpochMilli(millis);
    return formats.dateTime(at) + formats.millis(at);
  }

  /** The translated name of a core field, empty for others. */
  String label(String field) {
    String key = "field." + field;
    return texts.has(key) ? texts.get(key) : "";
  }

  private String rawFacts(EventRecord event, boolean utf8) {
    String peer =
        event.source().port() == 0
            ? event.source().listener()
            : event.source().listener() + " · " + IpAddress.text(event.source().address(), 0);
    return peer
        + " · "
        + texts.count("search.raw.bytes", event.raw().length)
        + " · "
        + (utf8 ? "UTF-8" : texts.get("search.raw.other"));
  }

  private List<String> flags(EventRecord event) {
    List<String> out = new ArrayList<>();
    if (!event.parsed()) {
      out.add(texts.get("search.flag.unparsed"));
    }
    if ((event.flags() & RecordFlags.TRUNCATED) != 0) {
      out.add(texts.get("search.flag.truncated"));
    }
    if ((event.flags() & RecordFlags.INCOMPLETE) != 0) {
      out.add(texts.get("search.flag.incomplete"));
    }
    if ("suspect".equals(event.text(Field.EMANET_TIME))) {
      out.add(texts.get("search.flag.time"));
    }
    return out;
  }

  List<LineView> lines(Results.Context context) {
    List<LineView> out = new ArrayList<>();
    context.before().forEach(e -> out.add(line(e, false)));
    out.add(line(context.event(), true));
    context.after().forEach(e -> out.add(line(e, false)));
    return out;
  }

  private LineView line(EventRecord event, boolean here) {
    Instant at = Instant.ofEpochMilli(event.timestampMillis());
    return new LineView(
        event.position().toString(),
        formats.time(at),
        formats.millis(at),
        here,
        event.isGone()
            ? List.of(new Visible.Piece(texts.get("search.gone"), true))
            : Visible.pieces(Visible.decode(event.raw())));
  }

  private static boolean isDate(String field) {
    return Field.named(field).map(f -> f.type() == FieldType.DATE).orElse(false);
  }
}
