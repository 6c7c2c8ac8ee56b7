package tr.emanet.journal.seal;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How sealing stands.
 *
 * @param number of the newest checkpoint, 0 before the first
 * @param at its time, null before the first
 * @param unsealed how long ago that is: what came since could still be changed unnoticed
 * @param late whether that is longer than it may be
 * @param checkpoints made by this process
 * @param problem why the sealer cannot go on, empty when it can
 * @param findings what was found changed or missing, newest process only
 * @param gaps distances between checkpoints that were too long, newest first
 */
public record SealStatus(
    long number,
    @Nullable Instant at,
    Duration unsealed,
    boolean late,
    long checkpoints,
    String problem,
    List<String> findings,
    List<Gap> gaps) {

  /**
   * A time without checkpoints.
   *
   * @param after the checkpoint before it
   * @param cause of the checkpoint that ended it: {@code start} says that the service did not run
   */
  public record Gap(long after, Instant from, Instant to, String cause) {}

  public SealStatus {
    findings = List.copyOf(findings);
    gaps = List.copyOf(gaps);
  }
}
