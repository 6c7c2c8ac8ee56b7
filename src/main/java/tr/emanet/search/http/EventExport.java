package tr.emanet.search.http;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tr.emanet.event.EventRecord;
import tr.emanet.search.EventSearch;
import tr.emanet.search.SearchRefused;
import tr.emanet.search.SearchRequest;
import tr.emanet.web.Visible;

/**
 * Writes all matching events, newest first, without a cap. CSV is for people and spreadsheets:
 * formulas are disarmed by an apostrophe, control and bidirectional characters become visible
 * escapes, a byte order mark makes Turkish letters right in Excel. NDJSON is for programs and
 * changes nothing.
 */
final class EventExport {

  private static final String FORMULA = "=+-@\t\r\n|%";

  private final EventSearch search;

  EventExport(EventSearch search) {
    this.search = search;
  }

  /** Streams one JSON object a line. */
  long ndjson(SearchRequest request, OutputStream out)
      throws IOException, SearchRefused, InterruptedException {
    Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    long count =
        scan(
            request,
            event -> {
              writer.write(EventJson.line(event));
              writer.write('\n');
            });
    writer.flush();
    return count;
  }

  /** Streams time, chosen columns, position and the raw line. */
  long csv(SearchRequest request, List<String> columns, OutputStream out)
      throws IOException, SearchRefused, InterruptedException {
    Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    writer.write('\ufeff');
    CsvWriter csv = CsvWriter.builder().build(writer);
    List<String> head = new ArrayList<>(List.of("timestamp"));
    head.addAll(columns);
    head.add("event.original");
    head.add("emanet.position");
    csv.writeRecord(head);
    long count =
        scan(
            request,
            event -> {
              List<String> cells = new ArrayList<>(columns.size() + 3);
              cells.add(Instant.ofEpochMilli(event.timestampMillis()).toString());
              for (String column : columns) {
                String value = RowViews.value(event, column);
                cells.add(value == null ? "" : safe(value));
              }
              cells.add(safe(Visible.decode(event.raw())));
              cells.add(event.position().toString());
              csv.writeRecord(cells);
            });
    csv.flush();
    return count;
  }

  /** A cell that no spreadsheet executes and no terminal obeys. */
  static String safe(String value) {
    String visible = Visible.plain(value);
    if (visible.isEmpty()) {
      return visible;
    }
    String start = visible.stripLeading();
    boolean formula =
        FORMULA.indexOf(value.charAt(0)) >= 0
            || !start.isEmpty() && FORMULA.indexOf(start.charAt(0)) >= 0
            || !start.isEmpty() && "＝＋－＠".indexOf(start.charAt(0)) >= 0;
    return formula ? "'" + visible : visible;
  }

  /** One event to a stream that may break. */
  private interface Sink {
    void accept(EventRecord event) throws IOException;
  }

  private long scan(SearchRequest request, Sink sink)
      throws IOException, SearchRefused, InterruptedException {
    try {
      return search.scan(
          request,
          event -> {
            try {
              sink.accept(event);
            } catch (IOException e) {
              throw new UncheckedIOException("reader of the export left", e);
            }
            return true;
          });
    } catch (UncheckedIOException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
