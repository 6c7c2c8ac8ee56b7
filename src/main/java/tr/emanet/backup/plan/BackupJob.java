package tr.emanet.backup.plan;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A backup job as the store has it.
 *
 * @param nextRun when the schedule begins it next; null: never
 * @param paused whether the schedule leaves it alone
 * @param frozenAt since when its retention removes nothing; null: it removes
 * @param frozenWhy the findings that froze it, as {@link Guard.Finding} words
 * @param keepApproved the rule that is in force; null: none, nothing expires
 * @param asked a rule that waits for a second person; null: none
 */
public record BackupJob(
    long id,
    BackupSpec spec,
    String createdBy,
    Instant createdAt,
    @Nullable Instant nextRun,
    boolean paused,
    @Nullable Instant frozenAt,
    String frozenWhy,
    @Nullable Keep keepApproved,
    @Nullable AskedKeep asked) {

  /** A retention rule that an administrator other than the asker may approve. */
  public record AskedKeep(Keep keep, String by, Instant at) {}
}
