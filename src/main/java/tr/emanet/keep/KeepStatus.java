package tr.emanet.keep;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How retention stands.
 *
 * @param clock whether time may decide
 * @param lastRun when it looked last, null before the first time
 * @param destroyed segments gone since the start of this process
 * @param held expired segments that a hold keeps
 * @param unsealed expired segments that wait for a checkpoint
 * @param changed expired segments whose file is not what the checkpoint says: look at them
 * @param problem why the last run failed, empty when it did not
 */
public record KeepStatus(
    RetentionRules rules,
    ClockState clock,
    @Nullable Instant lastRun,
    int destroyed,
    int held,
    int unsealed,
    List<String> changed,
    String problem) {

  public KeepStatus {
    changed = List.copyOf(changed);
  }
}
