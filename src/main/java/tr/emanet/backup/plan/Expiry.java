package tr.emanet.backup.plan;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import tr.emanet.audit.AuditLog;
import tr.emanet.backup.restic.Repository;
import tr.emanet.backup.restic.RepositoryLock;
import tr.emanet.backup.restic.Snapshot;
import tr.emanet.store.Database;

/** How snapshots that a rule lets go are removed, and what is written down of it. One thread. */
record Expiry(Database database, AuditLog audit, InstantSource clock) {

  /** The runs with what they have left beside their own snapshots, which goes with them. */
  List<RunRecord> going(List<RunRecord> old) {
    return old.stream().<RunRecord>mapMulti(this::withLeft).toList();
  }

  private void withLeft(RunRecord run, Consumer<RunRecord> out) {
    if (!run.snapshot().isEmpty()) {
      out.accept(run);
    }
    for (String snapshot : new CutStore(database).left(run.id())) {
      out.accept(
          new Ending(run, run.state()).of(snapshot, run.figures(), run.unread(), run.unreadList()));
    }
  }

  /** Removes the snapshots; takes and gives back the lock that it needs. */
  void forget(Repository repository, List<RunRecord> going) throws IOException {
    try (RepositoryLock lock = RepositoryLock.take(repository, true, clock)) {
      List<Snapshot> all = Snapshot.all(repository);
      for (RunRecord run : going) {
        for (Snapshot snapshot : all) {
          if (snapshot.id().hex().equals(run.snapshot())) {
            Snapshot.forget(repository, snapshot, lock);
          }
        }
      }
    }
  }

  /** Writes down that they are gone. */
  void expired(BackupJob job, Keep keep, List<RunRecord> old, List<RunRecord> going) {
    BackupStore store = new BackupStore(database);
    old.forEach(run -> store.expired(run.id(), clock.instant()));
    audit.record(
        AuditLog.NOBODY,
        "backup.expired",
        Map.of(
            "job", job.spec().name(),
            "rule", keep.text(),
            "repository", old.getFirst().repository(),
            "snapshots",
                going.stream()
                    .map(r -> r.snapshot().substring(0, 8))
                    .collect(Collectors.joining(" "))));
  }
}
