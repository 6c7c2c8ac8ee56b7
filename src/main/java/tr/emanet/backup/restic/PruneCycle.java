package tr.emanet.backup.restic;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import tr.emanet.backup.BackupException;

/**
 * The two phases of a prune as one thing to be called now and then, daily for instance: it marks,
 * waits, or sweeps. The mark lies in a file of the caller's state; a call that fails or is killed
 * is made good by the next. One caller at a time for a file.
 */
public final class PruneCycle {

  /** What a call has done. */
  public sealed interface Step {}

  /** Something may be removed after that time. */
  public record Marked(int unusedBlobs, Instant sweepAfter) implements Step {}

  /** The mark is too young. */
  public record Waiting(Instant sweepAfter) implements Step {}

  /** What was unused at the mark and still is has been removed. */
  public record Swept(PruneRun.Result result) implements Step {}

  private PruneCycle() {}

  /**
   * Takes the next step; takes and gives back the lock that it needs.
   *
   * @throws BackupException when another's lock is in the way, or a snapshot cannot be read whole;
   *     the mark stays for the next call
   */
  public static Step step(
      Repository repository,
      Path markFile,
      InstantSource clock,
      Duration grace,
      PruneWitness witness)
      throws IOException {
    PruneMark mark = null;
    if (Files.exists(markFile)) {
      try {
        mark = PruneMark.load(repository, markFile);
        if (mark.time().isAfter(clock.instant())) {
          throw new BackupException("the mark was made while the clock was ahead");
        }
      } catch (BackupException e) {
        mark = null;
        Files.delete(markFile); // it was only a thought: it is had again
      }
    }
    if (mark == null) {
      try (RepositoryLock lock = RepositoryLock.take(repository, false, clock)) {
        mark = PruneRun.mark(repository, lock, clock.instant());
      }
      mark.save(repository, markFile);
      return new Marked(mark.unused(), mark.time().plus(grace));
    }
    Instant after = mark.time().plus(grace);
    if (clock.instant().isBefore(after)) {
      return new Waiting(after);
    }
    PruneRun.Result result;
    try (RepositoryLock lock = RepositoryLock.take(repository, true, clock)) {
      result = PruneRun.sweep(repository, lock, mark, clock.instant(), grace, witness);
    }
    Files.delete(markFile);
    return new Swept(result);
  }
}
