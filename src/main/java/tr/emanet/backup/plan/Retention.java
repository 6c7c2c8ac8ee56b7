package tr.emanet.backup.plan;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tr.emanet.audit.AuditLog;
import tr.emanet.backup.restic.Repository;
import tr.emanet.backup.restic.RepositoryLock;
import tr.emanet.backup.restic.Snapshot;

/**
 * Removes the snapshots that a job's approved rule lets go; the space comes free with the {@link
 * Upkeep}. What cannot be removed now stays for the next run and fails nothing. One thread.
 */
final class Retention {

  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

  private final BackupWork.Parts parts;
  private final BackupStore store;
  private final CutStore cut;

  Retention(BackupWork.Parts parts, BackupStore store) {
    this.parts = parts;
    this.store = store;
    this.cut = new CutStore(parts.database());
  }

  /** Removes what may go; never in the run that froze the job. */
  void retain(Repository repository, BackupJob job, RunRecord done, RunSeal.Watch watch) {
    BackupJob fresh = store.job(job.id()).orElse(job);
    Keep keep = fresh.keepApproved();
    if (keep == null || fresh.frozenAt() != null || done.state() != RunRecord.State.COMPLETE) {
      return;
    }
    List<RunRecord> standing = new ArrayList<>(store.standing(job.id()));
    standing.removeIf(run -> run.id() == done.id());
    standing.add(0, done);
    List<RunRecord> old =
        KeepRule.expired(standing, keep, parts.clock().instant(), parts.zone()).stream()
            .filter(run -> run.repository().equals(job.spec().repository()))
            .toList();
    List<RunRecord> going = old.stream().<RunRecord>mapMulti(this::withLeft).toList();
    if (old.isEmpty()) {
      return;
    }
    try {
      watch.removed(going, keep, () -> forget(repository, going));
    } catch (IOException e) {
      // The snapshot of this run stands and is sealed: that removing waits is no failed backup.
      note(done, RunLogStore.What.NOT_EXPIRED, String.valueOf(e.getMessage()));
      LOG.atWarn()
          .addKeyValue("job", job.spec().name())
          .addKeyValue("reason", e.getMessage())
          .log("Old snapshots cannot be removed now; the next run tries again");
      return;
    }
    note(done, RunLogStore.What.EXPIRED, Integer.toString(old.size()));
    old.forEach(run -> store.expired(run.id(), parts.clock().instant()));
    parts
        .audit()
        .record(
            AuditLog.NOBODY,
            "backup.expired",
            Map.of(
                "job", job.spec().name(),
                "rule", keep.text(),
                "snapshots",
                    going.stream()
                        .map(r -> r.snapshot().substring(0, 8))
                        .collect(Collectors.joining(" "))));
  }

  private void note(RunRecord run, RunLogStore.What what, String said) {
    new RunLogStore(parts.database(), parts.clock()).note(RunLogStore.run(run.id()), what, said);
  }

  /** What a run has left beside its own snapshot goes with it. */
  private void withLeft(RunRecord run, Consumer<RunRecord> out) {
    if (!run.snapshot().isEmpty()) {
      out.accept(run);
    }
    for (String snapshot : cut.left(run.id())) {
      out.accept(
          new Ending(run, run.state()).of(snapshot, run.figures(), run.unread(), run.unreadList()));
    }
  }

  private void forget(Repository repository, List<RunRecord> old) throws IOException {
    try (RepositoryLock lock = RepositoryLock.take(repository, true, parts.clock())) {
      List<Snapshot> all = Snapshot.all(repository);
      for (RunRecord run : old) {
        for (Snapshot snapshot : all) {
          if (snapshot.id().hex().equals(run.snapshot())) {
            Snapshot.forget(repository, snapshot, lock);
          }
        }
      }
    }
  }
}
