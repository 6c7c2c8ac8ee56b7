package tr.emanet.search.http;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tr.emanet.event.EventRecord;
import tr.emanet.event.Field;
import tr.emanet.search.http.SearchViews.CompareCell;
import tr.emanet.search.http.SearchViews.CompareHead;
import tr.emanet.search.http.SearchViews.CompareRow;
import tr.emanet.search.http.SearchViews.CompareView;
import tr.emanet.web.Formats;
import tr.emanet.web.Texts;
import tr.emanet.web.Visible;

/** Puts events side by side, field by field; what differs comes first. Immutable. */
final class CompareViews {

  private final Texts texts;
  private final Formats formats;

  CompareViews(Texts texts) {
    this.texts = texts;
    this.formats = texts.formats();
  }

  CompareView view(List<EventRecord> events) {
    Set<String> fields = new LinkedHashSet<>();
    fields.add(Field.TIMESTAMP.ecsName());
    events.forEach(event -> fields.addAll(event.fields().keySet()));
    fields.remove(Field.MESSAGE.ecsName());
    List<CompareRow> different = new ArrayList<>();
    List<CompareRow> equal = new ArrayList<>();
    for (String field : fields) {
      CompareRow row = row(label(field), field, values(events, field));
      (row.differs() ? different : equal).add(row);
    }
    int differing = different.size();
    different.addAll(equal);
    different.add(
        row(
            texts.get("search.raw"),
            "",
            events.stream().map(event -> Visible.decode(event.raw())).toList()));
    return new CompareView(
        events.stream().map(this::head).toList(),
        different,
        texts.get("search.compare.sentence", fields.size(), differing));
  }

  private static List<@Nullable String> values(List<EventRecord> events, String field) {
    List<@Nullable String> out = new ArrayList<>(events.size());
    events.forEach(event -> out.add(RowViews.value(event, field)));
    return out;
  }

  private CompareHead head(EventRecord event) {
    Instant at = Instant.ofEpochMilli(event.timestampMillis());
    String host = RowViews.value(event, Field.HOST_NAME.ecsName());
    return new CompareHead(
        event.position().toString(),
        formats.dayMonth(at),
        formats.time(at),
        formats.millis(at),
        host == null ? event.source().toString() : host);
  }

  private static CompareRow row(
      String label, String field, List<? extends @Nullable String> values) {
    @Nullable String first = values.getFirst();
    List<CompareCell> cells = new ArrayList<>(values.size());
    boolean differs = false;
    for (@Nullable String value : values) {
      boolean other = !Objects.equals(value, first);
      differs |= other;
      cells.add(new CompareCell(value == null ? List.of() : Visible.pieces(value), other));
    }
    return new CompareRow(label, field, differs, cells);
  }

  private String label(String field) {
    String key = "field." + field;
    return texts.has(key) ? texts.get(key) : "";
  }
}
