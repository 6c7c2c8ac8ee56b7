package tr.emanet.backup.restic;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import tr.emanet.backup.BackupException;
import tr.emanet.backup.ObjectKind;

/**
 * Removes locks that nobody holds any more. Who decided it is the caller's to record: the audit
 * hears of each lock before it is removed, and its refusal keeps the lock.
 */
public final class UnlockRun {

  private UnlockRun() {}

  /** Is told before a lock goes; an exception leaves it. */
  public interface Audit {

    void unlocking(String lock, String description) throws IOException;
  }

  /** What was removed and what stands, each described with host, process and time. */
  public record Result(List<String> removed, List<String> kept) {}

  /** Removes every stale lock: of an ended process of this host, or silent for thirty minutes. */
  public static Result stale(Repository repository, InstantSource clock, Audit audit)
      throws IOException {
    List<String> removed = new ArrayList<>();
    List<String> kept = new ArrayList<>();
    for (RepositoryLock.Seen seen : RepositoryLock.all(repository)) {
      if (RepositoryLock.stale(seen, repository.origin(), clock.instant())) {
        audit.unlocking(seen.name(), seen.describe());
        repository.target().remove(ObjectKind.LOCK, seen.name());
        removed.add(seen.describe());
      } else {
        kept.add(seen.describe());
      }
    }
    return new Result(List.copyOf(removed), List.copyOf(kept));
  }

  /**
   * Removes one lock; a live or damaged one only when {@code force} says so.
   *
   * @throws BackupException when none or several names begin so, or the lock is live
   */
  public static Result named(
      Repository repository, String start, boolean force, InstantSource clock, Audit audit)
      throws IOException {
    List<String> fitting =
        repository.names(ObjectKind.LOCK).stream()
            .filter(name -> !start.isEmpty() && name.startsWith(start))
            .toList();
    if (fitting.size() != 1) {
      throw new BackupException(
          (fitting.isEmpty() ? "no lock '" : "several locks begin with '") + start + "'");
    }
    String name = fitting.getFirst();
    String description = "lock " + name + " (damaged)";
    boolean stale = false;
    try {
      RepositoryLock.Seen seen = RepositoryLock.read(repository, name);
      description = seen.describe();
      stale = RepositoryLock.stale(seen, repository.origin(), clock.instant());
    } catch (BackupException e) {
      if (!force) {
        throw new BackupException(e.getMessage() + "; --force removes it all the same", e);
      }
    }
    if (!stale && !force) {
      throw new BackupException(
          description + " is live; stop that process, or use --force when it is surely dead");
    }
    audit.unlocking(name, description);
    repository.target().remove(ObjectKind.LOCK, name);
    return new Result(List.of(description), List.of());
  }
}
