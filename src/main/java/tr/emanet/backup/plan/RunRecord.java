package tr.emanet.backup.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One run of a backup job. The id rises in the order of this appliance, whatever clocks say.
 *
 * @param job the job of the runner that did it
 * @param snapshot full id, empty without one
 * @param seal name of its seal, empty while there is none
 * @param figures how many files and bytes the snapshot has, and what was stored for it
 * @param unread entries that could not be read; {@code unreadList} the first of them, one a line
 * @param findings what the guards say
 * @param problem why it failed, English; else empty
 * @param expiredAt when retention removed the snapshot; null: it stands
 */
public record RunRecord(
    long id,
    long plan,
    long job,
    Cause cause,
    String owner,
    String repository,
    State state,
    Instant startedAt,
    @Nullable Instant endedAt,
    int attempts,
    String snapshot,
    String seal,
    Figures figures,
    long unread,
    String unreadList,
    List<Guard.Finding> findings,
    String problem,
    @Nullable Instant expiredAt) {

  /** Why it ran. */
  public enum Cause {
    SCHEDULE,
    /** By schedule, later than planned, because nothing ran at that time. */
    MISSED,
    PERSON;

    /** The name in store, API and text keys. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Cause ofId(String id) {
      return valueOf(id.toUpperCase(Locale.ROOT));
    }
  }

  /** How it ended. */
  public enum State {
    RUNNING,
    COMPLETE,
    /** There is a snapshot, and something is missing in it. */
    INCOMPLETE,
    /** There is a snapshot, and the guards do not like it. */
    SUSPICIOUS,
    FAILED,
    STOPPED;

    /** The name in store, API and text keys. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }

    static State ofId(String id) {
      return valueOf(id.toUpperCase(Locale.ROOT));
    }

    /** Whether a snapshot came of it. */
    public boolean hasSnapshot() {
      return this == COMPLETE || this == INCOMPLETE || this == SUSPICIOUS;
    }
  }

  /**
   * The counts of a run.
   *
   * @param entries entries seen, {@code unchanged} the files among them that were not read
   * @param read bytes read, {@code fresh} those that the repository did not have, {@code stored}
   *     what they took there
   * @param scrambled new and changed files that look encrypted now and did not before
   */
  public record Figures(
      long entries,
      long unchanged,
      long files,
      long bytes,
      long read,
      long fresh,
      long stored,
      long scrambled) {

    public static final Figures NONE = new Figures(0, 0, 0, 0, 0, 0, 0, 0);
  }

  public RunRecord {
    findings = List.copyOf(findings);
  }

  /** How long it took; null while it runs. */
  public @Nullable Duration took() {
    return endedAt == null ? null : Duration.between(startedAt, endedAt);
  }
}
