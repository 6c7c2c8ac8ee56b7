package tr.emanet.backup.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the template of the page of drills shows; every text is ready. */
public final class DrillViews {

  private DrillViews() {}

  /**
   * A backup job and when it was proven.
   *
   * @param percent of the drill that runs, -1 when nobody can say
   */
  public record Row(
      long id,
      String url,
      boolean current,
      String name,
      String repository,
      String icon,
      String tone,
      String proof,
      String hint,
      String plan,
      String next,
      boolean running,
      int percent,
      String note,
      boolean may) {}

  /**
   * A rung of a repository.
   *
   * @param percent of what is being read, -1 when it does not run or nobody can say
   */
  public record Step(
      String id,
      String name,
      String icon,
      String tone,
      String says,
      List<String> findings,
      boolean running,
      int percent) {}

  /** A repository and its rungs. */
  public record Place(String address, List<Step> steps) {}

  /** A drill in the list. */
  public record Entry(
      long id,
      String url,
      boolean current,
      String iso,
      String when,
      String job,
      String who,
      String icon,
      String tone,
      String state,
      String says) {}

  /** A lesson that somebody has signed off. */
  public record Lesson(String who, String when, String text) {}

  /** The drill that is open. */
  public record Paper(
      long id,
      String title,
      String icon,
      String tone,
      String state,
      List<BackupViews.Line> facts,
      List<String> problems,
      String more,
      List<Lesson> lessons,
      boolean recorded,
      boolean acts) {}

  /** The form of a job's plan of drills. */
  public record Plan(long id, String name, int days, long files, long gigabytes, String problem) {}

  /** The page. */
  public record Page(
      String problem,
      boolean acts,
      List<Row> rows,
      List<Place> places,
      List<Entry> records,
      @Nullable Paper paper,
      @Nullable Plan plan) {}
}
