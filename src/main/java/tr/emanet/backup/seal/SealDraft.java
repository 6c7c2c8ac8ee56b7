package tr.emanet.backup.seal;

import java.util.List;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.restic.Snapshot;

/** What a new seal will say; its place in the chain is not known yet. */
record SealDraft(
    String repository,
    SealKind kind,
    BackupFacts facts,
    @Nullable Snapshot snapshot,
    NavigableMap<String, String> added,
    NavigableMap<String, String> removed,
    List<Removal> removals,
    String approval) {

  SealDraft withRemovals(List<Removal> named) {
    return new SealDraft(
        repository, kind, facts, snapshot, added, removed, List.copyOf(named), approval);
  }

  SealDraft withApproval(String reference) {
    return new SealDraft(repository, kind, facts, snapshot, added, removed, removals, reference);
  }

  boolean isEmpty() {
    return added.isEmpty() && removed.isEmpty();
  }
}
