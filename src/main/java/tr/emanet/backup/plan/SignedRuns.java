package tr.emanet.backup.plan;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import tr.emanet.backup.BackupException;
import tr.emanet.backup.restic.Repository;
import tr.emanet.backup.seal.BackupFacts;
import tr.emanet.backup.seal.Removal;
import tr.emanet.backup.seal.SealMark;
import tr.emanet.backup.seal.SealOutcome;
import tr.emanet.backup.seal.SnapshotState;
import tr.emanet.store.Database;

/**
 * Seals runs with the machine's key, into the chain beside the repository, and keeps the newest
 * seal here, too. A repository that was put back is backed up to all the same, and told of.
 */
public final class SignedRuns implements RunSeal {

  private final SealedPlaces places;
  private final CutStore store;
  private final InstantSource clock;

  public SignedRuns(SealedPlaces places, Database database, InstantSource clock) {
    this.places = places;
    this.store = new CutStore(database);
    this.clock = clock;
  }

  @Override
  public Watch watch(Repository repository, BackupJob job, RunRecord run, BooleanSupplier stopped)
      throws IOException, InterruptedException {
    String address = job.spec().repository();
    Turns.Turn turn = places.turns().take(address, stopped);
    try {
      new Recovery(places, store).recover(repository, address, clock.instant());
      boolean ignored = places.isWhereItWas(repository, address);
      SealMark mark = places.seals().mark(repository);
      return new Marked(places, repository, job, mark, turn);
    } catch (IOException | RuntimeException e) {
      turn.close();
      throw e;
    }
  }

  private record Marked(
      SealedPlaces places, Repository repository, BackupJob job, SealMark mark, Turns.Turn turn)
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
      return places.keep(
          repository, job.spec().repository(), places.seals().sealBackup(repository, mark, facts));
    }

    @Override
    public void removed(List<RunRecord> runs, Keep rule, Removing act) throws IOException {
      List<Removal> removals = removals(runs, rule);
      String address = job.spec().repository();
      places.removal(repository, address, job.spec().name()).snapshots(removals, act::run);
      places.keep(repository, address);
    }

    @Override
    public void close() {
      turn.close();
    }
  }

  /** What the seal says of snapshots that an approved rule lets go. */
  static List<Removal> removals(List<RunRecord> runs, Keep rule) {
    return runs.stream()
        .map(
            run ->
                new Removal(run.snapshot(), "retention", List.of("approved rule " + rule.text())))
        .toList();
  }

  static String name(SealOutcome outcome) throws BackupException {
    return switch (outcome) {
      case SealOutcome.Sealed(var head, var kind, var stamps) ->
          String.format(Locale.ROOT, "%08d", head.sequence());
      case SealOutcome.Nothing ignored -> "";
      case SealOutcome.Refused refused ->
          throw new BackupException("the repository cannot be sealed: " + refused.reason());
    };
  }
}
