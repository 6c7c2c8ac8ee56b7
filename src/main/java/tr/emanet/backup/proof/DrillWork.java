package tr.emanet.backup.proof;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import tr.emanet.backup.BackupException;
import tr.emanet.backup.plan.BackupJob;
import tr.emanet.backup.plan.LockTurn;
import tr.emanet.backup.plan.RunRecord;
import tr.emanet.backup.plan.SnapshotStore;
import tr.emanet.backup.restic.Repository;
import tr.emanet.backup.restic.RepositoryLock;
import tr.emanet.backup.restic.Snapshot;
import tr.emanet.job.JobRun;
import tr.emanet.job.JobWork;

/**
 * Does one drill of a backup job and signs its record. A drill that the end of the process broke
 * off begins anew: a sandbox that nobody watched proves nothing.
 */
final class DrillWork implements JobWork {

  static final String KIND = "backup-drill";

  /** Stands for the newest good snapshot. */
  static final String NEWEST = "-";

  private final ProofParts parts;
  private final ProofStore store;

  DrillWork(ProofParts parts, ProofStore store) {
    this.parts = parts;
    this.store = store;
  }

  /** The work's input. */
  static String input(long plan, String snapshot, DrillScope scope) {
    return plan + " " + snapshot + " " + scope.files() + " " + scope.bytes();
  }

  /** What of which job's is drilled. */
  private record Order(BackupJob job, String snapshot, DrillScope scope) {}

  @Override
  public void run(JobRun run) throws IOException, InterruptedException {
    String[] input = run.job().input().split(" ", -1);
    long plan = Long.parseLong(input[0]);
    if (store.recorded(run.job().id())) {
      return; // the process ended between the record and the end of the job
    }
    Instant now = parts.clock().instant();
    long id = store.beginDrill(plan, run.job().id(), run.job().owner(), now);
    try {
      BackupJob job =
          parts
              .desk()
              .job(plan)
              .orElseThrow(() -> new BackupException("the backup job was removed"));
      Order order =
          new Order(
              job,
              input[1].equals(NEWEST) ? newest(job) : input[1],
              new DrillScope(Long.parseLong(input[2]), Long.parseLong(input[3])));
      DrillRecord record = drill(run, order, id, now);
      if (record.outcome().stopped()) {
        stopped(id, run);
        return;
      }
      byte[] json = record.json();
      store.endDrill(
          id,
          record.passed() ? Drill.State.PASSED : Drill.State.FAILED,
          json,
          parts.seal().seal().sign(json),
          parts.clock().instant());
      audit(run, job.spec().name(), record.passed() ? "passed" : "failed", order.snapshot());
    } catch (IOException | RuntimeException e) {
      broken(id, run, e);
    }
  }

  private void stopped(long id, JobRun run) {
    store.failDrill(id, Drill.State.STOPPED, "", parts.clock().instant());
    audit(run, run.job().subject(), "stopped", "");
  }

  private void broken(long id, JobRun run, Exception e) throws IOException {
    if (run.stopped()) {
      stopped(id, run);
      return;
    }
    String problem = String.valueOf(e.getMessage());
    store.failDrill(id, Drill.State.BROKEN, problem, parts.clock().instant());
    audit(run, run.job().subject(), "broken", problem);
    if (e instanceof IOException io) {
      throw io;
    }
    throw new IOException(problem, e);
  }

  /** The newest snapshot that is not suspicious; retention has left it. */
  private String newest(BackupJob job) throws BackupException {
    return new SnapshotStore(parts.database())
        .good(job.id(), job.spec().repository(), true)
        .map(RunRecord::snapshot)
        .orElseThrow(() -> new BackupException("the job has no good snapshot yet"));
  }

  private DrillRecord drill(JobRun run, Order order, long id, Instant started)
      throws IOException, InterruptedException {
    String address = order.job().spec().repository();
    try (Repository repository = parts.repositories().existing(address);
        RepositoryLock lock = LockTurn.take(repository, parts.clock(), run)) {
      Snapshot snapshot = Snapshot.find(repository, order.snapshot());
      String sealed = sealed(repository, address);
      DrillRun.Outcome outcome =
          new DrillRun(
                  parts.sandbox().resolve("drill-" + id),
                  parts.random(),
                  parts.databases(),
                  parts.reserve(),
                  new VerifyWork.Heard(run))
              .run(repository, snapshot, order.scope());
      lock.held();
      return new DrillRecord(
          order.job().spec().name(),
          order.job().spec().systems(),
          new DrillRecord.About(
              address, repository.id(), snapshot.id().hex(), snapshot.time(), order.scope()),
          sealed,
          started,
          parts.clock().instant(),
          run.job().owner(),
          parts.machine(),
          outcome);
    }
  }

  private String sealed(Repository repository, String address) throws IOException {
    Ladder.Found found =
        Ladder.climb(
            repository,
            Rung.SEAL,
            new Ladder.Sealed(
                parts.seal().seals(), parts.seal().trust(), store.head(address).orElse(null)),
            parts.random(),
            ProofWatch.NONE);
    return found.sound() ? DrillRecord.SEALED : found.findings().getFirst();
  }

  private void audit(JobRun run, String job, String result, String more) {
    parts
        .audit()
        .record(
            run.job().owner(),
            "backup.drilled",
            Map.of("job", job, "result", result, "about", more));
  }
}
