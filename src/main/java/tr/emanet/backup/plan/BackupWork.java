package tr.emanet.backup.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tr.emanet.audit.AuditLog;
import tr.emanet.backup.BackupException;
import tr.emanet.backup.restic.BackupRun;
import tr.emanet.backup.restic.Repository;
import tr.emanet.backup.restic.RepositoryLock;
import tr.emanet.backup.restic.Snapshot;
import tr.emanet.backup.restic.TreeListing;
import tr.emanet.backup.source.PostgresDatabase;
import tr.emanet.backup.source.PostgresDump;
import tr.emanet.job.JobRun;
import tr.emanet.job.JobWork;
import tr.emanet.job.Progress;
import tr.emanet.store.Database;

/**
 * One run of a backup job: dumps, snapshot, judgement, seal, retention, record. What is broken off
 * by the end of the process is taken up by the next one; what was stored until then is found again.
 */
public final class BackupWork implements JobWork {

  /** The kind of its jobs. */
  public static final String KIND = "backup";

  private static final Logger LOG = LoggerFactory.getLogger(BackupWork.class);
  private static final int ATTEMPTS = 3;
  private static final int LOOKS_BACK = 30;
  private static final int MAX_UNREAD = 500;
  private static final int STEPS = 4;

  /**
   * What it is made of.
   *
   * @param staging directory for dumps on their way, only ours
   */
  public record Parts(
      Path staging,
      ZoneId zone,
      Database database,
      AuditLog audit,
      Repositories repositories,
      RunSeal seal,
      PassFiles passFiles,
      SelfSource self,
      InstantSource clock) {}

  private final Parts parts;
  private final BackupStore store;

  BackupWork(Parts parts, BackupStore store) {
    this.parts = parts;
    this.store = store;
  }

  Parts parts() {
    return parts;
  }

  @Override
  public void run(JobRun run) throws IOException, InterruptedException {
    String[] input = run.job().input().split(" ", -1);
    BackupJob job =
        store
            .job(Long.parseLong(input[0]))
            .orElseThrow(() -> new BackupException("the backup job was removed"));
    Instant now = parts.clock().instant();
    long id =
        store.begin(
            job.id(),
            run.job().id(),
            RunRecord.Cause.ofId(input[1]),
            run.job().owner(),
            job.spec().repository(),
            now);
    RunRecord begun = store.run(id).orElseThrow();
    try {
      if (begun.attempts() > ATTEMPTS) {
        throw new BackupException(
            "this run was interrupted " + ATTEMPTS + " times by the end of the program");
      }
      RunRecord done = backUp(run, job, begun);
      store.end(done);
      parts
          .audit()
          .record(
              run.job().owner(),
              "backup.run",
              Map.of(
                  "job", job.spec().name(),
                  "run", Long.toString(id),
                  "state", done.state().id(),
                  "snapshot", done.snapshot()));
    } catch (IOException | RuntimeException e) {
      fail(job, begun, run, e);
      throw e;
    }
  }

  private void fail(BackupJob job, RunRecord begun, JobRun run, Exception e) {
    store.end(
        new Ending(begun, run.stopped() ? RunRecord.State.STOPPED : RunRecord.State.FAILED)
            .with(String.valueOf(e.getMessage()), parts.clock().instant()));
    parts
        .audit()
        .record(
            run.job().owner(),
            "backup.run",
            Map.of(
                "job", job.spec().name(),
                "run", Long.toString(begun.id()),
                "state", "failed",
                "problem", String.valueOf(e.getMessage())));
  }

  private RunRecord backUp(JobRun run, BackupJob job, RunRecord begun)
      throws IOException, InterruptedException {
    String notReady = parts.repositories().notReady(job.spec().repository());
    if (!notReady.isEmpty()) {
      throw new BackupException("the keys are not ready: " + notReady);
    }
    Path staging = parts.staging().resolve("job-" + job.id());
    List<Path> paths = new ArrayList<>();
    try {
      for (String path : job.spec().paths()) {
        if (path.equals(BackupSpec.SELF)) {
          paths.addAll(parts.self().take());
        } else {
          paths.add(Path.of(path));
        }
      }
      run.progress(new Progress(0, STEPS, ""));
      for (PostgresDatabase database : job.spec().databases()) {
        run.progress(new Progress(0, STEPS, database.address()));
        Path directory = staging.resolve(database.host().replace('/', '_') + "-" + database.port());
        Files.createDirectories(directory);
        paths.addAll(
            new PostgresDump(database, parts.passFiles().find(job.id(), database), run::stopped)
                .into(directory));
      }
      run.progress(new Progress(1, STEPS, String.join(", ", job.spec().paths())));
      try (Repository repository = parts.repositories().open(job.spec().repository())) {
        RunSeal.Watch watch = parts.seal().watch(repository, job, begun);
        RunRecord done = snapshot(repository, paths, begun);
        RunRecord judged = judge(job, done);
        run.progress(new Progress(3, STEPS, ""));
        String seal = watch.sealed(judged);
        retain(repository, job, judged, watch);
        return new Ending(judged, judged.state()).sealed(seal, parts.clock().instant());
      }
    } finally {
      if (job.spec().paths().contains(BackupSpec.SELF)) {
        parts.self().drop();
      }
      remove(staging);
    }
  }

  private RunRecord snapshot(Repository repository, List<Path> paths, RunRecord begun)
      throws IOException {
    try (RepositoryLock lock = RepositoryLock.take(repository, false, parts.clock())) {
      BackupRun.Result result = BackupRun.run(repository, paths, parts.clock().instant(), lock);
      long[] size = new long[2];
      TreeListing.list(
          repository,
          Snapshot.find(repository, result.snapshot().hex()),
          (path, type, bytes, modified) -> {
            if (type.equals("file")) {
              size[0]++;
              size[1] += bytes;
            }
          });
      BackupRun.Counts c = result.counts();
      RunRecord.Figures figures =
          new RunRecord.Figures(
              c.entries(), c.unchanged(), size[0], size[1], c.read(), c.newBytes(), c.stored());
      String unread =
          result.unread().stream()
              .limit(MAX_UNREAD)
              .map(u -> u.path() + ": " + u.why())
              .collect(Collectors.joining("\n"));
      return new Ending(begun, RunRecord.State.COMPLETE)
          .of(result.snapshot().hex(), figures, result.unread().size(), unread);
    }
  }

  private RunRecord judge(BackupJob job, RunRecord done) {
    List<RunRecord.Figures> before =
        store.runs(job.id(), LOOKS_BACK).stream()
            .filter(run -> run.id() != done.id())
            .filter(
                run ->
                    run.state() == RunRecord.State.COMPLETE
                        || run.state() == RunRecord.State.INCOMPLETE)
            .map(RunRecord::figures)
            .toList();
    List<Guard.Finding> findings = Guard.judge(done.figures(), before);
    RunRecord.State state =
        !findings.isEmpty()
            ? RunRecord.State.SUSPICIOUS
            : done.unread() > 0 ? RunRecord.State.INCOMPLETE : RunRecord.State.COMPLETE;
    if (!findings.isEmpty() && job.frozenAt() == null) {
      store.frozen(job.id(), parts.clock().instant(), BackupStore.words(findings));
      LOG.atWarn()
          .addKeyValue("job", job.spec().name())
          .addKeyValue("findings", BackupStore.words(findings))
          .log("A backup looks like an attack; retention of its job stops");
    }
    return new Ending(done, state).judged(findings);
  }

  /** Removes what the approved rule lets go; never in the run that froze the job. */
  private void retain(Repository repository, BackupJob job, RunRecord done, RunSeal.Watch watch)
      throws IOException {
    BackupJob fresh = store.job(job.id()).orElse(job);
    Keep keep = fresh.keepApproved();
    if (keep == null || fresh.frozenAt() != null || done.state() != RunRecord.State.COMPLETE) {
      return;
    }
    List<RunRecord> standing = new ArrayList<>(store.standing(job.id()));
    standing.add(0, done);
    List<RunRecord> old =
        KeepRule.expired(standing, keep, parts.clock().instant(), parts.zone()).stream()
            .filter(run -> run.repository().equals(job.spec().repository()))
            .toList();
    if (old.isEmpty()) {
      return;
    }
    try (RepositoryLock lock = RepositoryLock.take(repository, true, parts.clock())) {
      List<Snapshot> all = Snapshot.all(repository);
      for (RunRecord run : old) {
        for (Snapshot snapshot : all) {
          if (snapshot.id().hex().equals(run.snapshot())) {
            Snapshot.forget(repository, snapshot, lock);
          }
        }
        store.expired(run.snapshot(), parts.clock().instant());
      }
    }
    watch.removed(old, keep);
    parts
        .audit()
        .record(
            AuditLog.NOBODY,
            "backup.expired",
            Map.of(
                "job", job.spec().name(),
                "rule", keep.text(),
                "snapshots",
                    old.stream()
                        .map(r -> r.snapshot().substring(0, 8))
                        .collect(Collectors.joining(" "))));
  }

  private static void remove(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return;
    }
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
