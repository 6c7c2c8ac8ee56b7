package tr.emanet.backup.proof;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.plan.BackupDesk;
import tr.emanet.backup.plan.LockTurn;
import tr.emanet.backup.restic.CheckProgress;
import tr.emanet.backup.restic.Repository;
import tr.emanet.backup.restic.RepositoryLock;
import tr.emanet.job.JobRun;
import tr.emanet.job.JobWork;
import tr.emanet.job.Progress;

/** Climbs one rung of one repository and keeps what was seen. */
final class VerifyWork implements JobWork {

  static final String KIND = "backup-verify";

  private final ProofParts parts;
  private final ProofStore store;
  private final AtomicReference<@Nullable Pace> pace = new AtomicReference<>();

  VerifyWork(ProofParts parts, ProofStore store) {
    this.parts = parts;
    this.store = store;
  }

  /** The work's input: rung and address. */
  static String input(String repository, Rung rung) {
    return rung.id() + " " + repository;
  }

  /** How far the check of this run is; empty when it does not run, or has told nothing yet. */
  Optional<Pace> pace(long job) {
    return Optional.ofNullable(pace.get()).filter(told -> told.job() == job);
  }

  /** Keeps the pace of a check, too. */
  private final class Paced implements ProofWatch {

    private final JobRun run;
    private final Heard heard;

    Paced(JobRun run) {
      this.run = run;
      this.heard = new Heard(run);
    }

    @Override
    public void at(long bytes, long total, String current) {
      step(CheckProgress.Step.DATA, bytes, total, current);
    }

    @Override
    public void step(CheckProgress.Step step, long done, long total, String current) {
      Instant now = parts.clock().instant();
      long id = run.job().id();
      Pace ignored =
          pace.updateAndGet(
              told ->
                  (told == null || told.job() != id ? new Pace(id, step, now, now, 0, total) : told)
                      .next(step, done, total, now));
      heard.at(done, total, current);
    }

    @Override
    public boolean stopped() {
      return heard.stopped();
    }
  }

  /** Passes on how far it is, and that it shall end. */
  record Heard(JobRun run) implements ProofWatch {

    @Override
    public void at(long bytes, long total, String current) {
      run.progress(new Progress(bytes, total, current));
    }

    @Override
    public boolean stopped() {
      return run.stopped();
    }
  }

  @Override
  public void run(JobRun run) throws IOException {
    String[] input = run.job().input().split(" ", 2);
    Rung rung = Rung.ofId(input[0]);
    String address = input[1];
    String owner = run.job().owner();
    long id = store.beginCheck(address, rung, run.job().id(), owner, parts.clock().instant());
    try {
      Ladder.Found found = climb(address, rung, run);
      if (left(run)) {
        return;
      }
      Verification.State state =
          run.stopped()
              ? Verification.State.STOPPED
              : found.sound() ? Verification.State.GOOD : Verification.State.DAMAGED;
      store.endCheck(id, state, found, "", parts.clock().instant());
      audit(owner, address, rung, state.id(), Integer.toString(found.count()));
    } catch (IOException | RuntimeException e) {
      if (left(run)) {
        return;
      }
      String problem = String.valueOf(e.getMessage());
      store.endCheck(
          id,
          run.stopped() ? Verification.State.STOPPED : Verification.State.FAILED,
          null,
          problem,
          parts.clock().instant());
      audit(owner, address, rung, Verification.State.FAILED.id(), problem);
      if (!run.stopped()) {
        throw e;
      }
    }
  }

  /** Whether the process ends under it: nothing is said then, the next one begins it anew. */
  private static boolean left(JobRun run) {
    return run.stopped() && !run.stoppedByPerson();
  }

  private Ladder.Found climb(String address, Rung rung, JobRun run) throws IOException {
    try (Repository repository = parts.repositories().existing(address);
        RepositoryLock lock = LockTurn.take(repository, parts.clock(), run)) {
      Ladder.Sealed sealed =
          new Ladder.Sealed(
              parts.seal().seals(), parts.seal().trust(), store.head(address).orElse(null));
      Ladder.Found found = Ladder.climb(repository, rung, sealed, parts.random(), new Paced(run));
      lock.held();
      return found;
    }
  }

  private void audit(String owner, String address, Rung rung, String state, String more) {
    parts
        .audit()
        .record(
            owner,
            "backup.verified",
            Map.of("repository", address, "rung", rung.id(), "state", state, "found", more));
  }

  /** Whether a job of the desk writes to this repository now. */
  static boolean busy(BackupDesk desk, String address) {
    return desk.jobs().stream()
        .anyMatch(
            job -> job.spec().repository().equals(address) && desk.current(job.id()).isPresent());
  }
}
