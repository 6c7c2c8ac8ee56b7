package tr.emanet.indicator.feed;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import tr.emanet.indicator.FeedException;
import tr.emanet.indicator.FeedFailure;
import tr.emanet.indicator.value.ValueReader;

/** Reads plain lists and CSV. Pure. */
final class LineFeeds {

  private static final List<String> COLUMNS =
      List.of("value", "indicator", "ioc", "url", "domain", "ip", "address");
  private static final int MAX_LINE = 64 * 1024;

  private LineFeeds() {}

  static void plain(InputStream in, FeedTerms terms, EntrySink sink)
      throws IOException, FeedException {
    BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    StringBuilder line = new StringBuilder();
    int c;
    do {
      c = reader.read();
      if (c >= 0 && c != '\n') {
        // A line that goes on is no value; its begin is enough to refuse it.
        if (line.length() <= ValueReader.MAX_RAW) {
          line.append((char) c);
        }
      } else {
        line(line.toString(), terms, sink);
        line.setLength(0);
      }
    } while (c >= 0);
  }

  private static void line(String line, FeedTerms terms, EntrySink sink) throws FeedException {
    String text = line.startsWith("\uFEFF") ? line.substring(1) : line;
    int comment = text.startsWith("#") || text.startsWith(";") ? 0 : text.indexOf(" #");
    String value = (comment < 0 ? text : text.substring(0, comment)).strip();
    if (!value.isEmpty()) {
      sink.take(terms.entry(value, value, null, "", "", null, null, null));
    }
  }

  static void csv(InputStream in, FeedTerms terms, EntrySink sink)
      throws IOException, FeedException {
    try (CsvReader<CsvRecord> reader =
        CsvReader.builder()
            .maxBufferSize(4 * MAX_LINE)
            .ofCsvRecord(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      int column = -1;
      for (CsvRecord record : reader) {
        if (column < 0) {
          column = column(record);
          if (column >= 0) {
            continue;
          }
          column = 0;
        }
        if (record.getFieldCount() > column && !record.getField(column).startsWith("#")) {
          String value = record.getField(column).strip();
          if (!value.isEmpty()) {
            sink.take(terms.entry(value, value, null, "", "", null, null, null));
          }
        }
      }
    } catch (CsvParseException e) {
      throw new FeedException(FeedFailure.SHAPE, "no CSV: " + e.getMessage(), e);
    }
  }

  /** The column of a heading, -1 when the first line is none. */
  private static int column(CsvRecord first) {
    for (String wanted : COLUMNS) {
      for (int i = 0; i < first.getFieldCount(); i++) {
        String name = first.getField(i).replace("\uFEFF", "").strip();
        if (name.toLowerCase(Locale.ROOT).equals(wanted)) {
          return i;
        }
      }
    }
    return -1;
  }
}
