package tr.emanet.backup.plan;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tr.emanet.backup.restic.Repository;

/**
 * Removes the snapshots that a job's approved rule lets go; the space comes free with the {@link
 * Upkeep}. What cannot be removed now stays for the next run and fails nothing. One thread.
 */
final class Retention {

  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

  private final BackupWork.Parts parts;
  private final BackupStore store;

  Retention(BackupWork.Parts parts, BackupStore store) {
    this.parts = parts;
    this.store = store;
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
    if (old.isEmpty()) {
      return;
    }
    Expiry expiry = new Expiry(parts.database(), parts.audit(), parts.clock());
    List<RunRecord> going = expiry.going(old);
    try {
      watch.removed(going, keep, () -> expiry.forget(repository, going));
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
    expiry.expired(fresh, keep, old, going);
  }

  private void note(RunRecord run, RunLogStore.What what, String said) {
    new RunLogStore(parts.database(), parts.clock()).note(RunLogStore.run(run.id()), what, said);
  }
}
