package tr.emanet.index;

import java.time.LocalDate;
import java.util.List;

/**
 * What the system page shows of the index.
 *
 * @param documents searchable documents
 * @param bytes size on disk
 * @param partitions one line a partition, newest first
 * @param refreshMillis time the last refresh took
 */
public record IndexStatus(
    long documents, long bytes, List<PartitionStatus> partitions, long refreshMillis) {

  public IndexStatus {
    partitions = List.copyOf(partitions);
  }

  /**
   * One partition.
   *
   * @param committed position up to which its last commit is complete
   */
  public record PartitionStatus(
      String stream, LocalDate day, long documents, long bytes, int segments, long committed) {}
}
