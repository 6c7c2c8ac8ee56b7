package tr.emanet.backup.place;

import java.time.Duration;
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

  /**
   * Whether the schedule leaves a copy alone: a failed one for a while, one that a person stopped
   * until the job has stored something newer.
   *
   * @param last the newest copy, however it ended
   */
  static boolean rests(
      Optional<CopyRecord> last, List<RunRecord> runs, Instant now, Duration again) {
    if (last.isEmpty()) {
      return false;
    }
    Instant started = last.get().startedAt();
    return switch (last.get().state()) {
      case RUNNING, COMPLETE -> false;
      case FAILED -> started.plus(again).isAfter(now);
      case STOPPED ->
          runs.stream()
              .filter(run -> run.state().hasSnapshot())
              .noneMatch(run -> ended(run).isAfter(started));
    };
  }

  /** When a run was over; of one that has no end its beginning. */
  private static Instant ended(RunRecord run) {
    Instant end = run.endedAt();
    return end == null ? run.startedAt() : end;
  }
}
