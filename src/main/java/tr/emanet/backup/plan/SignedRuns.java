package tr.emanet.backup.plan;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tr.emanet.backup.BackupException;
import tr.emanet.backup.restic.Repository;
import tr.emanet.backup.restic.Snapshot;
import tr.emanet.backup.seal.BackupFacts;
import tr.emanet.backup.seal.BackupSeals;
import tr.emanet.backup.seal.Removal;
import tr.emanet.backup.seal.SealMark;
import tr.emanet.backup.seal.SealOutcome;
import tr.emanet.backup.seal.SnapshotState;

/** Seals runs with the machine's key, into the chain beside the repository. */
public final class SignedRuns implements RunSeal {

  private static final Logger LOG = LoggerFactory.getLogger(SignedRuns.class);

  private final Seals seals;

  /** Gives the sealer; waits while the machine's key is made. */
  @FunctionalInterface
  public interface Seals {
    BackupSeals get() throws IOException;
  }

  public SignedRuns(Seals seals) {
    this.seals = seals;
  }

  @Override
  public Watch watch(Repository repository, BackupJob job, RunRecord run) throws IOException {
    BackupSeals sealer = seals.get();
    if (run.attempts() > 1) {
      recover(sealer, repository, run);
    }
    return new Marked(sealer, repository, job, sealer.mark(repository));
  }

  /** Seals the snapshot that this run had made when the process ended before its seal. */
  private static void recover(BackupSeals sealer, Repository repository, RunRecord run)
      throws IOException {
    for (String id : sealer.unsealedSnapshots(repository)) {
      Snapshot snapshot = Snapshot.find(repository, id);
      if (!snapshot.time().isBefore(run.startedAt())) {
        SealOutcome outcome = sealer.recover(repository, id);
        LOG.atInfo()
            .addKeyValue("snapshot", id)
            .addKeyValue("outcome", outcome.getClass().getSimpleName())
            .log("A snapshot without a seal was checked and sealed");
      }
    }
  }

  private record Marked(BackupSeals sealer, Repository repository, BackupJob job, SealMark mark)
      implements Watch {

    @Override
    public String sealed(RunRecord done) throws IOException {
      RunRecord.Figures f = done.figures();
      BackupFacts facts =
          new BackupFacts(
              done.snapshot(),
              job.spec().name(),
              String.join(", ", job.spec().addresses()),
              SnapshotState.valueOf(done.state().name()),
              Map.of(
                  "files", f.files(),
                  "bytes", f.bytes(),
                  "new_bytes", f.fresh(),
                  "stored_bytes", f.stored(),
                  "unread", done.unread()),
              done.unreadList().isEmpty() ? List.of() : done.unreadList().lines().toList());
      return name(sealer.sealBackup(repository, mark, facts));
    }

    @Override
    public void removed(List<RunRecord> runs, Keep rule) throws IOException {
      List<Removal> removals =
          runs.stream()
              .map(
                  run ->
                      new Removal(
                          run.snapshot(), "retention", List.of("approved rule " + rule.text())))
              .toList();
      String ignored = name(sealer.sealPrune(repository, mark, job.spec().name(), removals));
    }

    private static String name(SealOutcome outcome) throws BackupException {
      return switch (outcome) {
        case SealOutcome.Sealed(var head, var kind, var stamps) ->
            String.format(Locale.ROOT, "%08d", head.sequence());
        case SealOutcome.Nothing ignored -> "";
        case SealOutcome.Refused refused ->
            throw new BackupException("the repository cannot be sealed: " + refused.reason());
      };
    }
  }
}
