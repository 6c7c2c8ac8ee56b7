package tr.emanet.index;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import tr.emanet.event.Event;

/** Adds events for one pipeline worker; remembers the partition it wrote last. One thread only. */
public final class IndexAppender {

  private final EventIndex index;
  private final EventDocument document = new EventDocument();
  private @Nullable Partition last;

  IndexAppender(EventIndex index) {
    this.index = index;
  }

  /**
   * Adds a parsed event to the partition of its receive day.
   *
   * @return false when the last commit of that partition already holds it (replay)
   * @throws IOException when Lucene cannot write; the process should end, the journal has the
   *     record
   */
  public boolean add(Event event, String stream, long sequence) throws IOException {
    Partition partition = last;
    if (partition == null
        || !partition.covers(event.receivedMicros())
        || !partition.stream().equals(stream)) {
      partition = index.partition(stream, event.receivedMicros());
      last = partition;
    }
    return partition.add(document, event, sequence);
  }
}
