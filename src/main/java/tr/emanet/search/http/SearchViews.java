package tr.emanet.search.http;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tr.emanet.search.SavedSearch;
import tr.emanet.web.Visible;

/** What the templates of the search screen receive: words and links, ready to be written. */
public final class SearchViews {

  private SearchViews() {}

  /**
   * The whole page.
   *
   * @param queryError null when the query was understood
   * @param rows the table; null when there is a problem instead
   * @param notice a refusal or failure in place of the table
   */
  public record Page(
      SearchState state,
      TimeView time,
      @Nullable QueryError queryError,
      @Nullable Rows rows,
      @Nullable GroupView group,
      @Nullable Notice notice,
      @Nullable EventView opened,
      List<String> history,
      List<SavedSearch> saved,
      String shareUrl,
      boolean mayExport) {}

  /**
   * The range as the picker shows it.
   *
   * @param name a preset's name or the texts as typed
   * @param resolved how it was understood
   * @param error what was not understood, or null
   * @param absoluteFrom start as an absolute text for the input
   */
  public record TimeView(
      String name,
      String resolved,
      boolean swapped,
      @Nullable String error,
      List<Preset> presets,
      String absoluteFrom,
      String absoluteTo) {}

  /** A ready-made range. */
  public record Preset(String name, String url, boolean current) {}

  /**
   * Why the query was refused.
   *
   * @param from first offending character
   * @param remedyUrl page with the corrected query, or null
   */
  public record QueryError(
      int from, int to, String text, @Nullable String remedy, @Nullable String remedyUrl) {}

  /**
   * The table.
   *
   * @param older URL of the next page, null on the last
   * @param partial what was read when the deadline ended the search, or null
   * @param newest highest sequence that was searchable before the search began
   */
  public record Rows(
      List<RowView> rows,
      @Nullable String older,
      @Nullable String partial,
      long tookMillis,
      long newest,
      @Nullable Notice empty) {}

  /**
   * One event of the table.
   *
   * @param day a date before the time when it is not today, else empty
   * @param iso the instant for machines and titles
   */
  public record RowView(
      String position,
      String url,
      String day,
      String time,
      String millis,
      String iso,
      List<CellView> cells) {}

  /**
   * One cell.
   *
   * @param mark CSS class of the outcome mark, empty for none
   * @param markText the mark in words
   * @param handle whether a menu belongs to it
   */
  public record CellView(
      String field,
      String value,
      List<Visible.Piece> pieces,
      String mark,
      String markText,
      boolean handle) {}

  /** One event opened. */
  public record EventView(
      String position,
      List<FieldView> fields,
      List<Visible.Piece> raw,
      String rawFacts,
      boolean utf8,
      List<String> flags,
      List<FieldView> path,
      List<Visible.Piece> json,
      String link) {}

  /** One field of an opened event; {@code label} may be empty for names outside the core. */
  public record FieldView(
      String label, String field, String value, List<Visible.Piece> pieces, boolean handle) {}

  /** A line of the surrounding ones. */
  public record LineView(
      String position, String time, String millis, boolean here, List<Visible.Piece> text) {}

  /** Lines before and after an event. */
  public record ContextView(
      String source, List<LineView> lines, String wider, @Nullable String partial) {}

  /** Events side by side. */
  public record CompareView(List<CompareHead> heads, List<CompareRow> rows, String sentence) {}

  /** One of the events that are compared. */
  public record CompareHead(String position, String day, String time, String millis, String host) {}

  /**
   * One field of all of them.
   *
   * @param differs whether not all have the same value
   */
  public record CompareRow(String label, String field, boolean differs, List<CompareCell> cells) {}

  /**
   * The value of one event.
   *
   * @param other whether it is another than that of the first event
   */
  public record CompareCell(List<Visible.Piece> pieces, boolean other) {}

  /** The chart. Coordinates are percentages of the width and pixels of 88 in height. */
  public record HistogramView(
      long total,
      long failures,
      String bucket,
      long fromMillis,
      long bucketMillis,
      List<BarView> bars,
      List<TickView> ticks,
      String top,
      String middle,
      String summary,
      @Nullable String partial) {}

  /** One bucket; {@code y}s grow downwards. */
  public record BarView(
      String x,
      String width,
      String otherY,
      String otherHeight,
      String failureY,
      String failureHeight,
      boolean edge,
      long start,
      long end,
      long count,
      String label) {}

  /** A label of the time axis. */
  public record TickView(String x, String text, String anchor) {}

  /** The field list. */
  public record FieldsView(
      List<FieldLine> columns, List<FieldLine> others, @Nullable String partial) {}

  /** A field of the list. */
  public record FieldLine(
      String field, String type, String label, String distinct, boolean column, String columnUrl) {}

  /** Top values of one field. */
  public record TopView(
      String field,
      String share,
      List<ValueLine> values,
      String groupUrl,
      String columnUrl,
      boolean column,
      @Nullable String note,
      @Nullable String partial) {}

  /** A value with its bar; {@code width} is a percentage. */
  public record ValueLine(
      String value,
      List<Visible.Piece> pieces,
      String count,
      String share,
      String width,
      String includeUrl,
      String excludeUrl) {}

  /** Events counted by a field. */
  public record GroupView(
      String field,
      String label,
      String sentence,
      List<ValueLine> values,
      String backUrl,
      @Nullable String partial) {}

  /** Something to say in place of an answer, with ways on. */
  public record Notice(boolean error, String title, String text, List<Step> steps, String code) {}

  /** A button that leads on. */
  public record Step(String text, String url) {}
}
