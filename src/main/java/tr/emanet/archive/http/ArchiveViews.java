package tr.emanet.archive.http;

import java.util.List;

/** What the templates of the archive pages show; every text is in the reader's language. */
public final class ArchiveViews {

  /**
   * A square of the calendar.
   *
   * @param number day of the month, empty beside the month
   * @param icon shape of the seal's state, empty without records
   * @param tone {@code ok}, {@code attention}, {@code broken} or empty
   */
  public record Cell(
      String number,
      String iso,
      String url,
      String size,
      String icon,
      String tone,
      String state,
      String extra,
      boolean current) {

    static final Cell NONE = new Cell("", "", "", "", "", "", "", "", false);
  }

  /** The month. */
  public record Month(
      String title,
      String previous,
      String next,
      List<String> weekdays,
      List<List<Cell>> weeks,
      String sum) {}

  /** A label and what belongs to it. */
  public record Line(String label, String value, boolean mono) {}

  /**
   * The chosen day.
   *
   * @param sign page on which people sign its root, empty while there is none
   */
  public record Day(
      String iso,
      String title,
      String tone,
      String icon,
      String says,
      List<Line> lines,
      String sign) {}

  /**
   * A job, or what it made.
   *
   * @param tone of the result, empty while it runs
   * @param percent 0 to 100, below 0 while nobody knows
   * @param stop where this reader ends it, empty when they cannot
   * @param zip where the archive is fetched, empty when there is none
   * @param report what the verifier said, line by line
   */
  public record Task(
      long id,
      String what,
      String when,
      String iso,
      String who,
      boolean ended,
      String tone,
      String icon,
      String says,
      int percent,
      String note,
      String stop,
      String zip,
      String manifest,
      List<Said> report) {}

  /** One line of the verifier. */
  public record Said(String word, String tone, String text) {}

  /** What may be chosen, and its name. */
  public record Choice(String id, String name) {}

  /** A certificate. */
  public record Key(
      String use, String name, String fingerprint, String ends, String left, String tone) {}

  /** A key that came. */
  public record KeyEvent(String when, String iso, String what, String fingerprint) {}

  private ArchiveViews() {}
}
