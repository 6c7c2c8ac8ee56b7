package tr.emanet.backup.place;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tr.emanet.backup.plan.BackupJob;
import tr.emanet.backup.plan.RunRecord;

/**
 * A copy that is due: what is stored here is newer than what is there.
 *
 * @param since the end of the oldest run that is not copied; of more runs than were looked at, the
 *     begin of the last good copy
 */
public record Due(Place place, BackupJob job, Instant since) {

  /**
   * Since when a copy lags behind its job; empty when it does not. Not the newest run counts: a job
   * that runs every hour would never lag.
   *
   * @param runs of the job, the newest first, perhaps not all
   * @param all whether these are all of its runs
   */
  static Optional<Instant> since(List<RunRecord> runs, boolean all, Optional<CopyRecord> copy) {
    List<Instant> waiting =
        runs.stream()
            .filter(run -> run.state().hasSnapshot())
            .map(Due::ended)
            .filter(end -> copy.isEmpty() || !end.isBefore(copy.get().startedAt()))
            .toList();
    if (waiting.isEmpty()) {
      return Optional.empty();
    }
    Instant oldest = waiting.getLast();
    boolean more = !all && waiting.size() == runs.size();
    return Optional.of(more ? copy.map(CopyRecord::startedAt).orElse(oldest) : oldest);
  }

  /** When a run was over; of one that has no end its beginning. */
  private static Instant ended(RunRecord run) {
    Instant end = run.endedAt();
    return end == null ? run.startedAt() : end;
  }
}
