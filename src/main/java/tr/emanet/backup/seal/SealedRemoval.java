package tr.emanet.backup.seal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import tr.emanet.backup.BackupException;
import tr.emanet.backup.restic.Id;
import tr.emanet.backup.restic.PruneRun;
import tr.emanet.backup.restic.PruneWitness;
import tr.emanet.backup.restic.Repository;

/**
 * Removes under the seal: what goes is written down first, then it goes, then it is sealed, then
 * the note goes. A cut at any point is made good by {@link #complete}. One thread.
 */
public final class SealedRemoval implements PruneWitness {

  private static final String REPAIR = "repair";

  private final BackupSeals seals;
  private final Repository repository;
  private final Path note;
  private final String job;

  /** What removes; under an exclusive lock. */
  @FunctionalInterface
  public interface Act {
    void run() throws IOException;
  }

  /**
   * Makes it.
   *
   * @param note the file for the note, in the state of who removes
   * @param job name of the job; empty without one
   */
  public SealedRemoval(BackupSeals seals, Repository repository, Path note, String job) {
    this.seals = seals;
    this.repository = repository;
    this.note = note;
    this.job = job;
  }

  /**
   * Seals what a removal that was cut has done; nothing without a note.
   *
   * @return whether there was a note
   */
  public boolean complete() throws IOException {
    if (!Files.exists(note)) {
      return false;
    }
    seal(PruneIntent.load(note));
    return true;
  }

  /** Removes snapshots: writes down, removes, seals. */
  public void snapshots(List<Removal> removals, Act act) throws IOException {
    mayRemove();
    PruneIntent intent = new PruneIntent(job, Set.of(), removals);
    intent.save(note);
    act.run();
    seal(intent);
  }

  /** A repair is about to take damaged packs and untrue indexes away; {@link #repaired} after. */
  public void repairing(List<Id> packs, List<Id> indexes) throws IOException {
    mayRemove();
    PruneIntent.of(REPAIR, packs, indexes, List.of()).save(note);
  }

  /** Seals what a repair took away and wrote in its place; what was lost before stays missing. */
  public void repaired(List<Id> packs, List<Id> indexes) throws IOException {
    seal(PruneIntent.of(REPAIR, packs, indexes, List.of()));
  }

  /** Nothing is removed that could not be sealed. */
  private void mayRemove() throws IOException {
    boolean ignored = complete();
    List<SealFinding> broken = seals.broken(repository);
    if (!broken.isEmpty()) {
      throw new BackupException(
          "nothing is removed behind broken seals: " + new SealOutcome.Refused(broken).reason());
    }
  }

  @Override
  public void beginning() throws IOException {
    mayRemove();
    new PruneIntent(job, Set.of(), List.of()).save(note);
  }

  @Override
  public void removing(PruneRun.Result planned) throws IOException {
    PruneIntent.of(job, planned).save(note);
  }

  @Override
  public void removed(PruneRun.Result done) throws IOException {
    seal(PruneIntent.of(job, done));
  }

  private void seal(PruneIntent intent) throws IOException {
    if (seals.sealPrune(repository, intent) instanceof SealOutcome.Refused refused) {
      throw new BackupException("what was removed cannot be sealed: " + refused.reason());
    }
    Files.deleteIfExists(note);
  }
}
