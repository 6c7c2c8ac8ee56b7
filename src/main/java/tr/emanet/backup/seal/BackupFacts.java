package tr.emanet.backup.seal;

import java.util.List;
import java.util.Map;

/**
 * What a run says of its snapshot.
 *
 * @param snapshot its id, 64 hex digits
 * @param job name of the job; empty without one
 * @param source what was backed up, in words; empty when the paths say it
 * @param counts numbers of the run by name (lower-case letters and underscores); {@code unread} is
 *     how much could not be read, when it is more than the list names
 * @param unread a line for each of the first things that could not be read; only the digest of the
 *     lines with a line feed between them goes into the seal
 */
public record BackupFacts(
    String snapshot,
    String job,
    String source,
    SnapshotState state,
    Map<String, Long> counts,
    List<String> unread) {

  public BackupFacts {
    counts = Map.copyOf(counts);
    unread = List.copyOf(unread);
  }
}
