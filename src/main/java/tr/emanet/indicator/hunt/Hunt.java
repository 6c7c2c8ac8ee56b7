package tr.emanet.indicator.hunt;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tr.emanet.indicator.value.CanonicalValue;
import tr.emanet.job.JobState;
import tr.emanet.job.Progress;

/**
 * A hunt that a person started.
 *
 * @param owner id of the person
 * @param values what is looked for, in canonical form
 * @param from first event time, null: no limit
 * @param to first event time after it, null: no limit
 * @param progress partitions done and in all
 * @param found how many findings are kept so far; at most {@link Hunts#MAX_FOUND}
 * @param cut whether it ended at {@link Hunts#MAX_FOUND} and more may stand there
 * @param problem why it failed, English; else empty
 */
public record Hunt(
    long id,
    String owner,
    List<CanonicalValue> values,
    @Nullable Instant from,
    @Nullable Instant to,
    JobState state,
    Progress progress,
    Instant queuedAt,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    long found,
    boolean cut,
    String problem) {

  public Hunt {
    values = List.copyOf(values);
  }
}
