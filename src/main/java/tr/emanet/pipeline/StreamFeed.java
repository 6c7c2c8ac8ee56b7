package tr.emanet.pipeline;

import java.util.ArrayDeque;
import tr.emanet.journal.RecordBlock;

/** Progress of one stream: what was handed to workers and what came back. Safe for many threads. */
final class StreamFeed {

  private final String stream;

  /** Sequences up to here were in the journal when the process started. */
  private final long startedAt;

  private final ArrayDeque<RecordBlock> underway = new ArrayDeque<>();
  private long dispatched;

  StreamFeed(String stream, long dispatched, long startedAt) {
    this.stream = stream;
    this.dispatched = dispatched;
    this.startedAt = startedAt;
  }

  String stream() {
    return stream;
  }

  long startedAt() {
    return startedAt;
  }

  synchronized void begin(RecordBlock block) {
    underway.add(block);
    dispatched = block.lastSequence();
  }

  synchronized void done(RecordBlock block) {
    underway.remove(block);
  }

  /** Last sequence handed out; after a barrier also the last one added. */
  synchronized long dispatched() {
    return dispatched;
  }

  /** Everything up to here was added. */
  synchronized long contiguous() {
    RecordBlock oldest = underway.peek();
    return oldest == null ? dispatched : oldest.firstSequence() - 1;
  }
}
