package tr.emanet.index;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** A consistent picture of all partitions; close it, or their files stay on disk. Thread-safe. */
public final class IndexView implements Closeable {

  private final List<PartitionView> partitions;
  private final List<Closeable> holds;

  IndexView(List<PartitionView> partitions, List<Closeable> holds) {
    this.partitions = List.copyOf(partitions);
    this.holds = List.copyOf(holds);
  }

  /** Partitions by falling day, then by stream. */
  public List<PartitionView> partitions() {
    return partitions;
  }

  @Override
  public void close() {
    for (Closeable hold : holds) {
      try {
        hold.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
