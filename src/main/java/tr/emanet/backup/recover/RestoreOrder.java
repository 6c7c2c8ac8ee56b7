package tr.emanet.backup.recover;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.restore.RestoreReport;

/**
 * A request to restore as the store has it.
 *
 * @param by who made the draft
 * @param forecast what it would do; null before the preview
 * @param asked who asked for it to be done; null before
 * @param counts what it did; null before the end
 * @param problem why it is where it is, English or the last part of a text key; else empty
 */
public record RestoreOrder(
    long id,
    Plan plan,
    RestoreState state,
    String by,
    Instant createdAt,
    Instant changedAt,
    @Nullable Forecast forecast,
    @Nullable Asked asked,
    List<Approval> approvals,
    Course course,
    RestoreReport.@Nullable Counts counts,
    String problem) {

  /** What happens to a file that stands there already. */
  public enum Overwrite {
    NEVER,
    IF_DIFFERENT,
    ALWAYS;

    /** The name in API and text keys. */
    public String id() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Reads the name.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static Overwrite ofId(String id) {
      return valueOf(id.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
  }

  /**
   * What is to be restored, and where to.
   *
   * @param number of the snapshot, as people know it
   * @param snapshot its id, 64 hex digits
   * @param selection paths as the browser writes them
   * @param original true: to where it came from; false: below {@code target}, with its whole path
   * @param target a directory; empty while it is not chosen
   * @param special setuid bits, devices and attributes of the system, too
   */
  public record Plan(
      long number,
      String job,
      String snapshot,
      String repository,
      List<String> selection,
      boolean original,
      String target,
      Overwrite overwrite,
      boolean special) {

    public Plan {
      selection = List.copyOf(selection);
    }

    Plan aimed(boolean toOriginal, String at, Overwrite how, boolean withSpecial) {
      return new Plan(
          number, job, snapshot, repository, selection, toOriginal, at, how, withSpecial);
    }
  }

  /**
   * What it would do.
   *
   * @param empty whether the target is not there yet or has no entry
   * @param needed by how much the files of the target would grow
   * @param free bytes that may be written to the target; -1 when nobody knows
   * @param obstacles how many entries would fail
   * @param digest of all that would be overwritten and of the plan; approvals are bound to it
   */
  public record Forecast(
      long files,
      long directories,
      long others,
      long bytes,
      long needed,
      long fresh,
      long equal,
      long kept,
      long overwritten,
      long special,
      long obstacles,
      boolean empty,
      long free,
      String digest,
      Instant at) {

    /** Whether the file system cannot hold it and what has to stay free there. */
    public boolean tooLarge() {
      return free >= 0 && needed > free;
    }
  }

  /** What needs an approval. */
  public enum Kind {
    /** What stands at the target could change, or be mixed with what comes. */
    OVERWRITE,
    /** Setuid bits, devices, attributes of the system. */
    SPECIAL;

    /** The name in store, API and text keys. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads the name.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static Kind ofId(String id) {
      return valueOf(id.toUpperCase(Locale.ROOT));
    }
  }

  /** Who asked, and why. */
  public record Asked(String by, String why, Instant at) {}

  /** An approval of one certain preview. */
  public record Approval(Kind kind, String by, Instant at, String digest) {}

  /**
   * How it goes.
   *
   * @param job of the runner; 0 before
   * @param bytes written, or there already
   */
  public record Course(
      long job,
      @Nullable Instant begunAt,
      @Nullable Instant pausedAt,
      @Nullable Instant endedAt,
      long bytes,
      long files,
      String current) {}

  public RestoreOrder {
    approvals = List.copyOf(approvals);
  }

  /** What must be approved before it may begin; nothing for a new or empty directory. */
  public Set<Kind> needs() {
    Set<Kind> needs = new TreeSet<>();
    Forecast seen = forecast;
    if (plan.original() || seen != null && !seen.empty()) {
      needs.add(Kind.OVERWRITE);
    }
    if (plan.special()) {
      needs.add(Kind.SPECIAL);
    }
    return needs;
  }

  /** What still waits for an approval of the preview that is there now. */
  public Set<Kind> waits() {
    Set<Kind> waits = needs();
    Forecast seen = forecast;
    for (Approval one : approvals) {
      if (seen != null && one.digest().equals(seen.digest())) {
        waits.remove(one.kind());
      }
    }
    return waits;
  }

  /** 0 to 100 of the bytes that the preview counted. */
  public int percent() {
    Forecast seen = forecast;
    if (state == RestoreState.DONE) {
      return 100;
    }
    if (seen == null || seen.bytes() == 0) {
      return 0;
    }
    return (int) Math.clamp(course.bytes() * 100.0 / seen.bytes(), 0, 100);
  }
}
