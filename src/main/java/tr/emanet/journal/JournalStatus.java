package tr.emanet.journal;

import java.util.List;

/**
 * What the system page shows of the journal.
 *
 * @param appended records made durable since the start of this process
 * @param appendedBytes their raw bytes
 * @param storedBytes size of all segments on disk
 * @param freeBytes usable bytes of the file system
 * @param closeBelowBytes intake closes below this
 * @param commits group commits since the start
 * @param commitP50Micros median time of {@code force()}
 * @param commitP99Micros 99th percentile of {@code force()}
 * @param streams one line a stream
 * @param problems damaged ranges and torn tails, in words (English, names the segment)
 */
public record JournalStatus(
    long appended,
    long appendedBytes,
    long storedBytes,
    long freeBytes,
    long closeBelowBytes,
    long commits,
    long commitP50Micros,
    long commitP99Micros,
    List<StreamStatus> streams,
    List<String> problems) {

  public JournalStatus {
    streams = List.copyOf(streams);
    problems = List.copyOf(problems);
  }

  /**
   * One stream.
   *
   * @param expiredSegments segments whose retention ended more than a day ago and that are still
   *     there
   */
  public record StreamStatus(
      String stream,
      long first,
      long committed,
      int segments,
      int expiredSegments,
      long storedBytes) {}
}
