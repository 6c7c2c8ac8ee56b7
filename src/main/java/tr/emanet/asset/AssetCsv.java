package tr.emanet.asset;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a CSV file of assets, and names everything that is wrong with it at once. Pure. */
public final class AssetCsv {

  /** Largest file in bytes. */
  public static final int MAX_BYTES = 10 << 20;

  /** Most rows after the header. */
  public static final int MAX_ROWS = 50_000;

  /** Most mistakes that are named. */
  public static final int MAX_PROBLEMS = 100;

  /** What came of a file. */
  public sealed interface Reading {
    /**
     * It can be imported.
     *
     * @param ignored headers of columns that mean nothing here
     */
    record Good(List<AssetEntry> entries, List<String> ignored) implements Reading {
      public Good {
        entries = List.copyOf(entries);
        ignored = List.copyOf(ignored);
      }
    }

    /**
     * It cannot.
     *
     * @param more whether there are more mistakes than are named
     */
    record Bad(List<CsvProblem> problems, boolean more) implements Reading {
      public Bad {
        problems = List.copyOf(problems);
      }
    }
  }

  private final List<CsvProblem> problems = new ArrayList<>();
  private final List<String> ignored = new ArrayList<>();
  private boolean more;

  private AssetCsv() {}

  /** Reads a whole file. */
  public static Reading read(byte[] file) {
    AssetCsv csv = new AssetCsv();
    List<AssetEntry> entries = csv.entries(file);
    return csv.problems.isEmpty()
        ? new Reading.Good(entries, csv.ignored)
        : new Reading.Bad(csv.problems, csv.more);
  }

  /** Notes a mistake; from the hundredth on it is only known that there are more. */
  void wrong(CsvProblem problem) {
    if (problems.size() < MAX_PROBLEMS) {
      problems.add(problem);
    } else {
      more = true;
    }
  }

  private List<AssetEntry> entries(byte[] file) {
    if (file.length > MAX_BYTES) {
      wrong(CsvProblem.file("large", Integer.toString(file.length >> 20)));
      return List.of();
    }
    Optional<String> fault = CsvText.fault(file);
    if (fault.isPresent()) {
      wrong(CsvProblem.file(fault.get(), ""));
      return List.of();
    }
    String text = CsvText.decode(file);
    AssetRows rows = new AssetRows(this::wrong);
    try (CsvReader<CsvRecord> reader =
        CsvReader.builder()
            .fieldSeparator(CsvText.separator(text))
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .skipEmptyLines(true)
            .ofCsvRecord(text)) {
      return rows(reader.iterator(), rows);
    } catch (CsvParseException e) {
      wrong(CsvProblem.file("quotes", String.valueOf(e.getMessage())));
      return List.of();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException("text in memory", e);
    }
  }

  private List<AssetEntry> rows(Iterator<CsvRecord> records, AssetRows rows) {
    if (!records.hasNext()) {
      wrong(CsvProblem.file("empty", ""));
      return List.of();
    }
    Map<CsvColumn, Integer> columns = columns(records.next());
    if (!problems.isEmpty()) {
      return List.of();
    }
    int count = 0;
    while (records.hasNext() && !more) {
      CsvRecord record = records.next();
      if (++count > MAX_ROWS) {
        wrong(CsvProblem.file("rows", Integer.toString(MAX_ROWS)));
        return List.of();
      }
      Map<CsvColumn, String> cells = cells(record, columns);
      if (!cells.isEmpty()) {
        rows.add(record.getStartingLineNumber(), cells);
      }
    }
    if (count == 0 && problems.isEmpty()) {
      wrong(CsvProblem.file("empty", ""));
    }
    return rows.entries();
  }

  private Map<CsvColumn, Integer> columns(CsvRecord header) {
    Map<CsvColumn, Integer> columns = new EnumMap<>(CsvColumn.class);
    for (int i = 0; i < header.getFieldCount(); i++) {
      String title = header.getField(i).strip();
      Optional<CsvColumn> column = CsvColumn.named(title);
      if (column.isEmpty()) {
        if (!title.isEmpty() && ignored.size() < 20) {
          ignored.add(title.substring(0, Math.min(60, title.length())));
        }
      } else if (columns.putIfAbsent(column.get(), i) != null) {
        wrong(new CsvProblem(1, "column-twice", title, column.get().id()));
      }
    }
    for (CsvColumn needed : List.of(CsvColumn.ADDRESS, CsvColumn.NAME, CsvColumn.KIND)) {
      if (!columns.containsKey(needed)) {
        wrong(new CsvProblem(1, "column-missing", needed.id(), ""));
      }
    }
    return columns;
  }

  /** The cells of a row that say something; a row without any is no row. */
  private static Map<CsvColumn, String> cells(CsvRecord row, Map<CsvColumn, Integer> columns) {
    Map<CsvColumn, String> cells = new EnumMap<>(CsvColumn.class);
    columns.forEach(
        (column, at) -> {
          String text = at < row.getFieldCount() ? CsvText.plain(row.getField(at)) : "";
          if (!text.isEmpty()) {
            cells.put(column, text);
          }
        });
    return cells;
  }
}
