package tr.emanet.backup.plan;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tr.emanet.backup.restic.Origin;
import tr.emanet.backup.restic.Repository;
import tr.emanet.backup.restic.Snapshot;
import tr.emanet.backup.seal.BackupSeals;
import tr.emanet.backup.seal.SealOutcome;

/**
 * Makes good what the end of a process has cut: a removal between its first file and its seal, a
 * snapshot before its seal. What is not ours is left alone and stays in no seal. One thread, in its
 * turn.
 */
final class Recovery {

  private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

  private final SealedPlaces places;
  private final CutStore store;

  Recovery(SealedPlaces places, CutStore store) {
    this.places = places;
    this.store = store;
  }

  void recover(Repository repository, String address, Instant now) throws IOException {
    if (places.removal(repository, address, "").complete()) {
      LOG.atInfo()
          .addKeyValue("repository", address)
          .log("A removal that was cut is sealed as far as it had come");
      places.keep(repository, address);
    }
    BackupSeals seals = places.seals();
    List<String> unsealed = seals.unsealedSnapshots(repository);
    if (unsealed.isEmpty()) {
      return;
    }
    List<RunRecord> cut = store.withoutSeal(address);
    for (String id : unsealed) {
      Snapshot snapshot = Snapshot.find(repository, id);
      for (RunRecord run : cut) {
        if (Snapshot.byThisProgram(repository, id) && isOf(snapshot, run, now)) {
          SealOutcome outcome = seals.recover(repository, id);
          String name = places.keep(repository, address, outcome);
          store.recovered(run.id(), id, name);
          LOG.atInfo()
              .addKeyValue("repository", address)
              .addKeyValue("snapshot", id)
              .addKeyValue("seal", name)
              .log("A snapshot without a seal was checked and sealed");
          break;
        }
      }
    }
  }

  /** Whether the run can have made it: on this machine, and in its time. */
  private static boolean isOf(Snapshot snapshot, RunRecord run, Instant now) throws IOException {
    Instant ended = run.endedAt();
    return snapshot.host().equals(Origin.ofThisProcess().host())
        && !snapshot.time().isBefore(run.startedAt())
        && !snapshot.time().isAfter(ended == null ? now : ended);
  }
}
