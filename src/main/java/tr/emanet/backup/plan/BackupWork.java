package tr.emanet.backup.plan;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tr.emanet.audit.AuditLog;
import tr.emanet.backup.BackupException;
import tr.emanet.backup.restic.BackupPlan;
import tr.emanet.backup.restic.BackupProgress;
import tr.emanet.backup.restic.BackupRun;
import tr.emanet.backup.restic.Repository;
import tr.emanet.backup.restic.RepositoryLock;
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
  private final Around around;
  private final RunLogStore log;

  BackupWork(Parts parts, BackupStore store, Around around) {
    this.parts = parts;
    this.store = store;
    this.around = around;
    this.log = new RunLogStore(parts.database(), parts.clock());
  }

  private void note(RunRecord run, RunLogStore.What what, String... said) {
    log.note(RunLogStore.run(run.id()), what, said);
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
    if (begun.attempts() > 1) {
      note(begun, RunLogStore.What.AGAIN, Integer.toString(begun.attempts()));
    } else {
      note(begun, RunLogStore.What.BEGUN, run.job().owner());
    }
    try {
      if (begun.attempts() > ATTEMPTS) {
        throw new BackupException(
            "this run was interrupted " + ATTEMPTS + " times by the end of the program");
      }
      RunRecord done = backUp(run, job, begun);
      store.end(done);
      note(done, RunLogStore.What.ENDED, done.state().id());
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
      if (run.stopped()) {
        return; // a person's wish, or the end of the process: the next one takes it up
      }
      throw e;
    }
  }

  private void fail(BackupJob job, RunRecord begun, JobRun run, Exception e) {
    note(begun, RunLogStore.What.FAILED, String.valueOf(e.getMessage()));
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
                "state", run.stopped() ? "stopped" : "failed",
                "problem", String.valueOf(e.getMessage())));
  }

  private RunRecord backUp(JobRun run, BackupJob job, RunRecord begun)
      throws IOException, InterruptedException {
    String notReady = parts.repositories().notReady(job.spec().repository());
    if (!notReady.isEmpty()) {
      throw new BackupException("the keys are not ready: " + notReady);
    }
    RunRecord end = begun;
    int told = 0;
    try {
      around.hooks().before(job, begun, run);
      told = hooks(begun, 0);
      end = store(run, job, begun);
      return end;
    } finally {
      around.hooks().after(job, end);
      int ignored = hooks(begun, told);
    }
  }

  /** Notes what the commands did from the one of the number on; gives how many there are. */
  private int hooks(RunRecord run, int from) {
    List<HookRun> all = around.hooks().of(run.id());
    for (HookRun hook : all.subList(Math.min(from, all.size()), all.size())) {
      note(run, RunLogStore.What.HOOK, hook.hook(), Integer.toString(hook.code()));
    }
    return all.size();
  }

  private RunRecord store(JobRun run, BackupJob job, RunRecord begun)
      throws IOException, InterruptedException {
    try (SourceTaking sources = new SourceTaking(parts, around.news(), job, run)) {
      sources.take();
      note(
          begun,
          RunLogStore.What.SOURCES,
          Integer.toString(sources.roots().size()),
          Integer.toString(sources.streams().size()));
      try (Repository repository = repository(job.spec().repository());
          RunSeal.Watch watch = parts.seal().watch(repository, job, begun, run::stopped)) {
        RunRecord done = snapshot(run, repository, sources, begun);
        RunRecord judged = judge(job, done);
        run.progress(Progress.NONE);
        new CutStore(parts.database()).noted(judged.id(), judged.snapshot());
        String seal = watch.sealed(judged);
        note(begun, RunLogStore.What.SEALED, seal);
        RunRecord ended = new Ending(judged, judged.state()).sealed(seal, parts.clock().instant());
        store.end(ended);
        new Retention(parts, store).retain(repository, job, ended, watch);
        return new Ending(ended, ended.state()).sealed(seal, parts.clock().instant());
      }
    }
  }

  /** Where snapshots were stored before, an empty directory is a disk that is not mounted. */
  private Repository repository(String address) throws IOException {
    return store.isUsed(address)
        ? parts.repositories().existing(address)
        : parts.repositories().open(address);
  }

  /** Tells the job how far the snapshot is, in bytes, and the snapshot when it is to stop. */
  private record Heard(JobRun run) implements BackupProgress {

    @Override
    public void at(Moment moment) {
      run.progress(new Progress(moment.bytes(), moment.totalBytes(), moment.current()));
    }

    @Override
    public boolean stopRequested() {
      return run.stopped();
    }

    @Override
    public boolean wantsTotals() {
      return true;
    }
  }

  private RunRecord snapshot(
      JobRun run, Repository repository, SourceTaking sources, RunRecord begun) throws IOException {
    try (RepositoryLock lock =
        LockTurn.take(
            repository,
            parts.clock(),
            run,
            wait -> note(begun, RunLogStore.What.WAITS, wait.words()))) {
      note(begun, RunLogStore.What.LOCKED);
      BackupPlan plan =
          BackupPlan.of(sources.roots(), parts.clock().instant()).withStreams(sources.streams());
      BackupRun.Result result = BackupRun.run(repository, plan, new Heard(run), lock);
      BackupRun.Counts c = result.counts();
      RunRecord.Figures figures =
          new RunRecord.Figures(
              c.entries(),
              c.unchanged(),
              c.files(),
              c.bytes(),
              c.read(),
              c.newBytes(),
              c.stored(),
              c.scrambled());
      String unread =
          UnreadList.of(
              Stream.concat(
                  sources.missing().stream(),
                  result.unread().stream().map(u -> u.path() + ": " + u.why())));
      RunRecord done =
          new Ending(begun, RunRecord.State.COMPLETE)
              .of(
                  result.snapshot().hex(),
                  figures,
                  result.allUnread() + sources.missing().size(),
                  unread);
      told(done);
      return done;
    }
  }

  private void told(RunRecord done) {
    RunRecord.Figures f = done.figures();
    note(
        done,
        RunLogStore.What.SNAPSHOT,
        done.snapshot().substring(0, 8),
        Long.toString(f.files()),
        Long.toString(f.bytes()),
        Long.toString(f.fresh()),
        Long.toString(f.stored()));
    if (done.unread() > 0) {
      String first = done.unreadList().lines().findFirst().orElse("");
      note(done, RunLogStore.What.UNREAD, Long.toString(done.unread()), first);
    }
  }

  private RunRecord judge(BackupJob job, RunRecord done) {
    List<RunRecord> good = store.good(job.id(), LOOKS_BACK);
    List<RunRecord.Figures> before = good.stream().map(RunRecord::figures).toList();
    // What was flagged once was looked at by a person: only what came later adds up.
    long flagged = store.lastSuspicious(job.id());
    List<RunRecord.Figures> since =
        good.stream().filter(run -> run.id() > flagged).map(RunRecord::figures).toList();
    List<Guard.Finding> findings = Guard.judge(done.figures(), before, since);
    RunRecord.State state =
        !findings.isEmpty()
            ? RunRecord.State.SUSPICIOUS
            : done.unread() > 0 ? RunRecord.State.INCOMPLETE : RunRecord.State.COMPLETE;
    if (!findings.isEmpty()) {
      note(done, RunLogStore.What.FINDINGS, BackupStore.words(findings));
    }
    if (!findings.isEmpty() && job.frozenAt() == null) {
      store.frozen(job.id(), parts.clock().instant(), BackupStore.words(findings));
      LOG.atWarn()
          .addKeyValue("job", job.spec().name())
          .addKeyValue("findings", BackupStore.words(findings))
          .log("A backup looks like an attack; retention of its job stops");
    }
    return new Ending(done, state).judged(findings);
  }
}
