package tr.emanet.pipeline;

import org.jspecify.annotations.Nullable;

/**
 * Where the records that were made durable since the start of this process are. With {@code
 * appended} from the journal's status: {@code appended = parsed + unparsed + redelivered +
 * waiting}.
 *
 * @param parsed indexed with a recognised format
 * @param unparsed indexed as {@code event.kind: pipeline_error}
 * @param redelivered kept in the journal, not shown a second time
 * @param replayed records from before the start that were indexed (again) after it
 * @param replaying whether records from before the start are still waiting
 * @param searchableUpTo every event up to this sequence can be found
 * @param lastCommitMillis duration of the last index commit
 * @param problem why indexing stands still, null while it runs
 */
public record PipelineStatus(
    long parsed,
    long unparsed,
    long redelivered,
    long replayed,
    boolean replaying,
    long searchableUpTo,
    long lastCommitMillis,
    @Nullable String problem) {

  /** Records of this process that reached a view. */
  public long processed() {
    return parsed + unparsed + redelivered;
  }
}
