package tr.emanet.backup.proof;

import java.io.IOException;
import java.util.Map;
import tr.emanet.backup.plan.BackupDesk;
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

  VerifyWork(ProofParts parts, ProofStore store) {
    this.parts = parts;
    this.store = store;
  }

  /** The work's input: rung and address. */
  static String input(String repository, Rung rung) {
    return rung.id() + " " + repository;
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
      Ladder.Found found = climb(address, rung, new Heard(run));
      Verification.State state =
          run.stopped()
              ? Verification.State.STOPPED
              : found.sound() ? Verification.State.GOOD : Verification.State.DAMAGED;
      store.endCheck(id, state, found, "", parts.clock().instant());
      audit(owner, address, rung, state.id(), Integer.toString(found.count()));
    } catch (IOException | RuntimeException e) {
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

  private Ladder.Found climb(String address, Rung rung, ProofWatch watch) throws IOException {
    try (Repository repository = parts.repositories().open(address);
        RepositoryLock lock = RepositoryLock.take(repository, false, parts.clock())) {
      Ladder.Sealed sealed =
          new Ladder.Sealed(
              parts.seal().seals(), parts.seal().trust(), store.head(address).orElse(null));
      Ladder.Found found = Ladder.climb(repository, rung, sealed, parts.random(), watch);
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
