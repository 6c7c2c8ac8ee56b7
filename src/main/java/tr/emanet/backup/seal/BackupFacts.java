package tr.emanet.backup.seal;

import java.util.List;
import java.util.Map;

/**
 * What a run says of its snapshot.
 *
 * @param snapshot its id, 64 hex digits
 * @param job name of the job; empty without one
 * @param source what was backed up, in words; empty when the paths say it
 * @param counts numbers of the run by name (lower-case letters and underscores)
 * @param unread a line for each thing that could not be read; only its digest goes into the seal
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
