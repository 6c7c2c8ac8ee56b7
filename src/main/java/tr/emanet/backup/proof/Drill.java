package tr.emanet.backup.proof;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One restore drill as the store has it.
 *
 * @param plan the backup job whose snapshot it was
 * @param job the job of the runner
 * @param record what it left; null when it did not come so far
 * @param problem why it did not, English; else empty
 * @param lessons what people wrote, the oldest first
 */
public record Drill(
    long id,
    long plan,
    long job,
    String owner,
    State state,
    Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable DrillRecord record,
    String problem,
    List<Lesson> lessons) {

  /** How it ended. */
  public enum State {
    RUNNING,
    PASSED,
    /** The snapshot did not come back as it was. */
    FAILED,
    /** It could not be done. */
    BROKEN,
    STOPPED;

    /** The name in store, API and text keys. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }

    static State ofId(String id) {
      return valueOf(id.toUpperCase(Locale.ROOT));
    }
  }

  /**
   * What somebody learned, signed off with their name.
   *
   * @param person id of the account, {@code name} as people call them
   */
  public record Lesson(String person, String name, Instant at, String text) {}

  public Drill {
    lessons = List.copyOf(lessons);
  }
}
