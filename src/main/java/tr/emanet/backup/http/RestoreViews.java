package tr.emanet.backup.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the templates of restores show; every text is ready. */
public final class RestoreViews {

  private RestoreViews() {}

  /** A request in the list. */
  public record Row(
      String number,
      String url,
      String what,
      String target,
      String icon,
      String tone,
      String state,
      String when,
      String by,
      boolean running) {}

  /**
   * A restore that is under way, on the page of jobs.
   *
   * @param value 0 to 100
   */
  public record Going(
      String url,
      String title,
      String target,
      String says,
      int value,
      boolean pause,
      boolean resume,
      boolean stop,
      boolean moves) {}

  /** The list of requests. */
  public record ListPage(
      List<Row> rows, List<SnapshotViews.Row> snapshots, boolean acts, String problem) {}

  /**
   * A step at the left.
   *
   * @param mark done, now, next or bad
   */
  public record Step(String name, String says, String mark) {}

  /** A label and its value. */
  public record Line(String label, String value, String icon, String tone) {}

  /** Somebody who asked or approved, or who is waited for. */
  public record Person(String initials, String name, String says, String when, boolean done) {}

  /** The form of the target: what stands in it. */
  public record Aim(
      boolean original,
      String target,
      String overwrite,
      boolean special,
      List<String> roots,
      boolean openForm) {}

  /** A label and a number. */
  public record Figure(String label, String value) {}

  /** An entry of a list of the preview. */
  public record Entry(String path, String says) {}

  /** What the preview says. */
  public record Preview(
      List<Figure> figures,
      String space,
      boolean spaceWrong,
      String overwriteSays,
      List<Entry> overwrites,
      String before,
      String after,
      List<Entry> obstacles,
      String digest) {}

  /** The question: what is to be decided now, by this person. */
  public record Ask(boolean mayAsk, boolean needsReason, boolean blocked, String says) {}

  /** An approval that this person may give. */
  public record Approve(String kind, String label, String says) {}

  /**
   * What runs.
   *
   * @param points of the curve in a box of 690 by 110, empty while there is none
   * @param area the same, closed at the bottom
   */
  public record Running(
      String percent,
      int value,
      String left,
      List<Figure> figures,
      String current,
      String points,
      String area,
      String top,
      String begin,
      String now,
      String end,
      String summary,
      boolean pause,
      boolean resume,
      boolean moves) {}

  /** A file of the signed report. */
  public record Download(String name, String url) {}

  /** The end. */
  public record Result(
      String icon, String tone, String says, List<Figure> figures, List<Download> files) {}

  /** A request. */
  public record Page(
      String title,
      String url,
      String badge,
      String badgeTone,
      String since,
      boolean moves,
      List<Step> steps,
      List<Line> facts,
      List<Person> people,
      String problem,
      @Nullable Aim aim,
      @Nullable Preview preview,
      @Nullable Ask ask,
      List<Approve> approvals,
      @Nullable Running running,
      @Nullable Result result,
      boolean mayStop) {}
}
