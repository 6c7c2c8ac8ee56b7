package tr.emanet.search;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import tr.emanet.event.EventRecord;
import tr.emanet.event.Field;
import tr.emanet.web.Visible;

/**
 * Streams all events of a search as CSV or NDJSON, newest first, without a cap and in constant
 * memory. Exports run one after the other, so that they never crowd out interactive searches; an
 * interrupt ends one between two events. Safe for many threads.
 */
public final class EventExport {

  /** Column name of the raw line. */
  public static final String RAW = "event.original";

  /** File formats. */
  public enum Format {
    /** RFC 4180, UTF-8, every value quoted, safe to open in a spreadsheet. */
    CSV("text/csv;charset=UTF-8", "csv"),
    /** One JSON object a line. */
    NDJSON("application/x-ndjson", "ndjson");

    private final String mediaType;
    private final String extension;

    Format(String mediaType, String extension) {
      this.mediaType = mediaType;
      this.extension = extension;
    }

    public String mediaType() {
      return mediaType;
    }

    public String extension() {
      return extension;
    }
  }

  /** What a spreadsheet takes for the beginning of a formula, full-width forms included. */
  private static final String FORMULA = "=+-@\t\r\n|%\uFF1D\uFF0B\uFF0D\uFF20";

  /** Byte order mark in UTF-8. */
  private static final byte[] MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private final EventSearch search;
  private final Function<EventRecord, String> json;
  private final Semaphore worker = new Semaphore(1, true);

  /**
   * @param json writes an event as one JSON object without a line feed
   */
  public EventExport(EventSearch search, Function<EventRecord, String> json) {
    this.search = search;
    this.json = json;
  }

  /**
   * Writes all matching events; flushes, but does not close the stream.
   *
   * @param columns of a CSV file: field names, also {@link #RAW}; ignored for NDJSON
   * @return number of events written
   * @throws IOException when the stream cannot be written; the export ends there
   */
  public long write(SearchRequest request, Format format, List<String> columns, OutputStream out)
      throws SearchRefused, IOException, InterruptedException {
    worker.acquire();
    try {
      return switch (format) {
        case CSV -> csv(request, columns, out);
        case NDJSON -> ndjson(request, out);
      };
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } finally {
      worker.release();
    }
  }

  private long csv(SearchRequest request, List<String> columns, OutputStream out)
      throws SearchRefused, IOException, InterruptedException {
    // Without the mark spreadsheets misread Turkish letters.
    out.write(MARK);
    // Closing the writer would close the stream, which is the caller's.
    CsvWriter writer =
        CsvWriter.builder()
            .quoteStrategy(QuoteStrategies.ALWAYS)
            .lineDelimiter(LineDelimiter.CRLF)
            .build(out, StandardCharsets.UTF_8);
    writer.writeRecord(columns.stream().map(EventExport::safe).toList());
    List<String> row = new ArrayList<>(columns.size());
    long written =
        search.scan(
            request,
            event -> {
              row.clear();
              for (String column : columns) {
                row.add(safe(value(event, column)));
              }
              writer.writeRecord(row);
              return true;
            });
    writer.flush();
    return written;
  }

  private long ndjson(SearchRequest request, OutputStream out)
      throws SearchRefused, IOException, InterruptedException {
    long written =
        search.scan(
            request,
            event -> {
              try {
                out.write((json.apply(event) + "\n").getBytes(StandardCharsets.UTF_8));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
              return true;
            });
    out.flush();
    return written;
  }

  private static String value(EventRecord event, String column) {
    if (column.equals(RAW)) {
      return new String(LineText.utf8(event), StandardCharsets.UTF_8);
    }
    if (column.equals(Field.TIMESTAMP.ecsName())) {
      return Instant.ofEpochMilli(event.timestampMillis()).toString();
    }
    if (column.equals(Field.INGESTED.ecsName())) {
      return Instant.ofEpochMilli(event.ingestedMillis()).toString();
    }
    if (column.equals("emanet.position")) {
      return event.position().toString();
    }
    Object value = event.fields().get(column);
    return value == null ? "" : value.toString();
  }

  /**
   * A value that no spreadsheet executes and no terminal obeys: control, bidirectional and
   * invisible characters become visible escapes, and an apostrophe, a spreadsheet's own mark, takes
   * the meaning of a formula from it, also behind leading space.
   */
  static String safe(String value) {
    String visible = Visible.plain(value);
    String start = visible.stripLeading();
    boolean formula =
        !value.isEmpty() && FORMULA.indexOf(value.charAt(0)) >= 0
            || !start.isEmpty() && FORMULA.indexOf(start.charAt(0)) >= 0;
    return formula ? "'" + visible : visible;
  }
}
