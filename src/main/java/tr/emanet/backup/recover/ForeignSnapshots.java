package tr.emanet.backup.recover;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tr.emanet.backup.plan.KeptSnapshot;
import tr.emanet.backup.plan.RunRecord;
import tr.emanet.backup.plan.SnapshotStore;
import tr.emanet.backup.restic.Snapshot;

/**
 * Snapshots in our repositories that no run of ours made: a stock tool's, or the command line's.
 * They can be looked into like any other, but nobody judged or counted them. Any thread.
 */
public final class ForeignSnapshots {

  private static final int LISTED = 500;

  private final SnapshotStore store;
  private final SnapshotShelf shelf;

  /**
   * What was found.
   *
   * @param failed repositories that could not be opened, with the reason
   */
  public record Found(List<KeptSnapshot> snapshots, List<String> failed) {}

  ForeignSnapshots(SnapshotStore store, SnapshotShelf shelf) {
    this.store = store;
    this.shelf = shelf;
  }

  /** Looks into every repository; the newest first, 500 at most of each. */
  public Found all() {
    List<KeptSnapshot> found = new ArrayList<>();
    List<String> failed = new ArrayList<>();
    for (KeptSnapshot place : store.places()) {
      try {
        found.addAll(in(place));
      } catch (IOException e) {
        failed.add(place.run().repository() + ": " + e.getMessage());
      }
    }
    return new Found(List.copyOf(found), List.copyOf(failed));
  }

  /** One by its number. */
  Optional<KeptSnapshot> find(long number) {
    return all().snapshots().stream().filter(kept -> kept.number() == number).findFirst();
  }

  private List<KeptSnapshot> in(KeptSnapshot place) throws IOException {
    Set<String> ours = new HashSet<>(store.ours(place.run().repository()));
    List<Snapshot> all =
        shelf.look(place.run().repository(), open -> Snapshot.all(open.repository()));
    return all.reversed().stream()
        .filter(snapshot -> !ours.contains(snapshot.id().hex()))
        .limit(LISTED)
        .map(snapshot -> kept(place, snapshot))
        .toList();
  }

  private static KeptSnapshot kept(KeptSnapshot place, Snapshot snapshot) {
    String id = snapshot.id().hex();
    RunRecord run =
        new RunRecord(
            KeptSnapshot.foreignNumber(id),
            place.run().plan(),
            0,
            RunRecord.Cause.PERSON,
            snapshot.user(),
            place.run().repository(),
            RunRecord.State.COMPLETE,
            snapshot.time(),
            snapshot.time(),
            1,
            id,
            "",
            RunRecord.Figures.NONE,
            0,
            "",
            List.of(),
            "",
            null);
    return new KeptSnapshot(run, place.job(), snapshot.user() + "@" + snapshot.host());
  }
}
