package tr.emanet.backup.recover;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tr.emanet.audit.AuditLog;
import tr.emanet.backup.plan.LockTurn;
import tr.emanet.backup.plan.RunLogStore;
import tr.emanet.backup.restic.Repository;
import tr.emanet.backup.restic.RepositoryLock;
import tr.emanet.backup.restic.Snapshot;
import tr.emanet.backup.restore.RestoreProgress;
import tr.emanet.backup.restore.RestoreReport;
import tr.emanet.backup.restore.RestoreRequest;
import tr.emanet.backup.restore.RestoreRun;
import tr.emanet.job.JobRun;
import tr.emanet.job.JobWork;

/**
 * Does what an order says. Before the first byte it looks once more what it would do, and when that
 * is not what was previewed and approved, nothing is done and the approval is void. A run that was
 * cut, by a person or by the end of the process, goes on from its journal.
 */
public final class RestoreWork implements JobWork {

  /** Its kind of jobs. */
  public static final String KIND = "restore";

  private static final int LOGGED = 200;
  private static final Logger LOG = LoggerFactory.getLogger(RestoreWork.class);

  private final Parts parts;
  private final RestoreStore store;
  private final RunLogStore log;

  /** Opens the repository at an address, and makes none. */
  @FunctionalInterface
  public interface Opener {
    Repository open(String address) throws IOException;
  }

  /**
   * What it is made of.
   *
   * @param folder for journals and reports, only ours
   */
  record Parts(
      Path folder,
      AuditLog audit,
      Opener repositories,
      RestoreLook look,
      RestoreRecord records,
      InstantSource clock) {}

  RestoreWork(Parts parts, RestoreStore store) {
    this.parts = parts;
    this.store = store;
    this.log = new RunLogStore(store.database(), parts.clock());
  }

  private void note(long id, RunLogStore.What what, String... said) {
    log.note(RunLogStore.restore(id), what, said);
  }

  @Override
  public void run(JobRun run) throws IOException, InterruptedException {
    long id = Long.parseLong(run.job().input());
    RestoreOrder order = store.find(id).orElse(null);
    if (order == null
        || order.state() != RestoreState.QUEUED && order.state() != RestoreState.RUNNING) {
      return;
    }
    boolean again = order.course().begunAt() != null;
    note(id, again ? RunLogStore.What.AGAIN : RunLogStore.What.BEGUN, again ? "" : order.by());
    try (Repository repository = parts.repositories().open(order.plan().repository());
        RepositoryLock lock =
            LockTurn.take(
                repository,
                parts.clock(),
                run,
                wait -> note(id, RunLogStore.What.WAITS, wait.words()))) {
      note(id, RunLogStore.What.LOCKED);
      lock.held();
      boolean goesOn = order.course().begunAt() != null;
      if (!goesOn && changed(repository, order, run) || !store.begun(id, now())) {
        return; // or somebody stopped it meanwhile
      }
      restore(repository, store.find(id).orElseThrow(), run);
    } catch (IOException | RuntimeException e) {
      RestoreState now = store.find(id).map(RestoreOrder::state).orElse(RestoreState.FAILED);
      if (run.stopped() && (now.underWay() || now == RestoreState.STOPPED)) {
        return; // a pause, or the end of the process: the next one goes on; or a person's wish
      }
      if (!now.ended()) {
        end(id, RestoreState.FAILED, null, String.valueOf(e.getMessage()));
      }
      throw e;
    }
  }

  private Instant now() {
    return parts.clock().instant();
  }

  /** Looks again; when something else would happen now, nothing does. */
  private boolean changed(Repository repository, RestoreOrder order, JobRun run)
      throws IOException {
    RestoreLook.Seen now = parts.look().look(repository, order, stopping(run));
    RestoreOrder.Forecast before = order.forecast();
    String why = "";
    if (before == null || !before.digest().equals(now.forecast().digest())) {
      why = "changed";
    } else if (!order.waits().isEmpty()) {
      why = "not-approved";
    } else if (now.forecast().tooLarge()) {
      why = "space";
    }
    if (why.isEmpty()) {
      return false;
    }
    if (!store.previewed(order.id(), now.forecast(), now.lists(), why, now())) {
      return true;
    }
    note(order.id(), RunLogStore.What.VOID, why);
    audit(order, run.job().owner(), "backup.restore-void", Map.of("why", why));
    return true;
  }

  static RestoreProgress stopping(JobRun run) {
    return new RestoreProgress() {
      @Override
      public void done(long bytes, long files, String current) {
        // a preview is counted at its end
      }

      @Override
      public boolean stopped() {
        return run.stopped();
      }
    };
  }

  private void restore(Repository repository, RestoreOrder order, JobRun run) throws IOException {
    Path folder = parts.folder().resolve(Long.toString(order.id()));
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    Snapshot snapshot = Snapshot.find(repository, order.plan().snapshot());
    RestoreRequest request = parts.look().request(order, snapshot, folder.resolve("journal"));
    RestoreReport report;
    boolean full;
    try (RestoreMeter meter =
        new RestoreMeter(store, order, run, parts.clock(), () -> parts.look().spare(order, request))
            .start()) {
      report = RestoreRun.run(repository, request, meter);
      full = meter.full() && !run.stopped();
    }
    RestoreState wish = store.find(order.id()).map(RestoreOrder::state).orElseThrow();
    if (report.stopped() && wish.underWay()) {
      if (full) {
        store.paused(order.id(), "space", now());
        audit(order, AuditLog.NOBODY, "backup.restore-paused", Map.of("why", "space"));
      }
      note(order.id(), RunLogStore.What.PAUSED);
      return; // the end of the process, or a pause: the journal knows where to go on
    }
    RestoreState state =
        report.stopped()
            ? RestoreState.STOPPED
            : report.complete() ? RestoreState.DONE : RestoreState.FAILED;
    end(order.id(), state, report, report.counts().failed() == 0 ? "" : "entries");
  }

  private void end(long id, RestoreState wanted, @Nullable RestoreReport report, String problem) {
    if (!store.ended(id, wanted, report == null ? null : report.counts(), problem, now())) {
      return;
    }
    RestoreOrder order = store.find(id).orElseThrow();
    RestoreState state = order.state(); // who stopped it was heard, however far it was
    tell(id, state, report, problem);
    String digest = "";
    if (report != null) {
      try {
        digest = parts.records().write(order, report);
      } catch (IOException | RuntimeException e) {
        // Boundary: what was restored is there; the page says that the report is not.
        LOG.atError().addKeyValue("restore", id).setCause(e).log("No report of a restore");
      }
    }
    Map<String, String> more = new LinkedHashMap<>();
    more.put("state", state.id());
    more.put("report", digest);
    if (report != null) {
      more.put("files", Long.toString(report.counts().written()));
      more.put("bytes", Long.toString(report.counts().bytes()));
      more.put("failed", Long.toString(report.counts().failed()));
    }
    if (!problem.isEmpty()) {
      more.put("problem", problem);
    }
    audit(order, AuditLog.NOBODY, "backup.restore-ended", more);
  }

  private void tell(long id, RestoreState state, @Nullable RestoreReport report, String problem) {
    if (report == null) {
      note(id, RunLogStore.What.FAILED, problem);
      return;
    }
    for (RestoreReport.Entry entry : report.problems().stream().limit(LOGGED).toList()) {
      note(id, RunLogStore.What.PROBLEM, entry.path(), entry.why());
    }
    RestoreReport.Counts c = report.counts();
    note(
        id,
        RunLogStore.What.RESTORED,
        Long.toString(c.written() + c.resumed()),
        Long.toString(c.bytes()),
        Long.toString(c.failed()));
    note(id, RunLogStore.What.ENDED, state.id());
  }

  private void audit(RestoreOrder order, String who, String action, Map<String, String> more) {
    parts.audit().record(who, action, RestoreDetails.of(order, more));
  }
}
