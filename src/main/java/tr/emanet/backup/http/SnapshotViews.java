package tr.emanet.backup.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the templates of snapshots show; every text is ready. */
public final class SnapshotViews {

  private SnapshotViews() {}

  /**
   * A snapshot in the list.
   *
   * @param label the number as people read it
   * @param foreign made by another tool
   * @param hint empty, or why just this one is worth a look
   */
  public record Row(
      long number,
      String label,
      boolean foreign,
      String url,
      String when,
      String iso,
      String job,
      String systems,
      String icon,
      String tone,
      String state,
      String hint,
      String size,
      String files,
      String seal) {}

  /** A job in the filter. */
  public record Choice(long id, String name, boolean chosen) {}

  /** A name that a search found. */
  public record Found(
      String path, String url, String versions, String size, String when, String in) {}

  /** The result of a search. */
  public record Search(String sentence, List<Found> found, List<String> failed) {}

  /** The list of snapshots. */
  public record ListPage(
      List<Row> rows,
      boolean foreign,
      List<String> failed,
      List<Choice> jobs,
      boolean anyJob,
      boolean cut,
      String text,
      @Nullable Search search,
      String problem,
      boolean acts) {}

  /** A step of the way to a directory. */
  public record Crumb(String name, String url) {}

  /**
   * An entry of a directory.
   *
   * @param url where a click leads; empty for nowhere
   */
  public record Entry(
      String path,
      String name,
      String type,
      boolean directory,
      String url,
      String versions,
      String download,
      String link,
      String size,
      String when,
      String mode) {}

  /** A label and its value with a shape. */
  public record Fact(String label, String icon, String tone, String value) {}

  /** A page of entries. */
  public record Pages(String sentence, String before, String after) {}

  /** A directory of a snapshot, or the names found in it. */
  public record FolderPage(
      Row row,
      String title,
      List<Fact> facts,
      List<Crumb> crumbs,
      String path,
      List<Entry> entries,
      Pages pages,
      String text,
      @Nullable Search search,
      String problem,
      boolean acts) {}

  /** A version of a file. */
  public record Version(
      String when, String size, String mode, String seen, String open, String download) {}

  /** All versions of a file. */
  public record VersionsPage(
      Row row, String path, String back, List<Version> versions, String problem, boolean acts) {}
}
