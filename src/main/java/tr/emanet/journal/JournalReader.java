package tr.emanet.journal;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads one stream forward, following the tail. One thread only. */
public interface JournalReader extends Closeable {

  /**
   * Fills the block with the next durable records, waiting at most {@code patience} for new ones.
   *
   * @return the same block, or null when nothing came; sequences inside a block rise by one, gaps
   *     (other streams' numbers, quarantine) lie only between blocks
   */
  @Nullable RecordBlock next(RecordBlock into, Duration patience)
      throws IOException, InterruptedException;

  /** Ranges that could not be read because they are damaged, since this reader was opened. */
  long quarantinedRecords();
}
