package tr.emanet.backup.proof;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tr.emanet.backup.restic.CheckProgress;

/**
 * How far the check that runs is. In memory only: after a restart the check begins anew, and so
 * does this.
 *
 * @param job the run in the list of jobs
 * @param step what is being read; {@code done} and {@code total} are in its units
 * @param since when the step began
 * @param total 0 while nobody knows
 */
public record Pace(
    long job, CheckProgress.Step step, Instant since, Instant at, long done, long total) {

  /** It has come so far. */
  Pace next(CheckProgress.Step now, long reached, long of, Instant when) {
    return new Pace(job, now, now == step ? since : when, when, reached, of);
  }

  /** Units in a second since the step began; 0 while that cannot be said. */
  public double perSecond() {
    double seconds = Duration.between(since, at).toMillis() / 1000.0;
    return seconds <= 0 ? 0 : done / seconds;
  }

  /** How long the step will take at this pace; empty while that would be a guess. */
  public Optional<Duration> left() {
    double pace = perSecond();
    return total <= done || pace <= 0 || Duration.between(since, at).toMillis() < 2000
        ? Optional.empty()
        : Optional.of(Duration.ofSeconds((long) Math.ceil((total - done) / pace)));
  }
}
