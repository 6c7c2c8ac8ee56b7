package tr.emanet.backup.seal;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.BackupException;
import tr.emanet.backup.ObjectKind;
import tr.emanet.backup.Target;
import tr.emanet.backup.restic.Repository;
import tr.emanet.backup.restic.RepositoryLock;

/**
 * Adds passwords to a repository and takes them away, each sealed at once: else the check of the
 * seals would name our own key file as foreign. Both can be done again after a cut at any point.
 *
 * @param seals null for a repository that is not sealed here
 */
public record SealedKeys(@Nullable BackupSeals seals, InstantSource clock) {

  /**
   * Adds a password, opens the repository with it, and seals its key file.
   *
   * @param approval who has done it and why, for the seal
   * @return the name of the key file
   * @throws BackupException when it does not open, or the chain of seals is broken
   */
  public String add(Repository repository, byte[] password, String approval) throws IOException {
    Optional<String> there = repository.alsoOpens(password);
    if (there.isEmpty()) {
      try (RepositoryLock lock = RepositoryLock.take(repository, false, clock)) {
        Instant now = clock.instant();
        String made = repository.addPassword(password, now).hex();
        lock.held();
        there = repository.alsoOpens(password).filter(made::equals);
      }
    }
    String key =
        there.orElseThrow(() -> new BackupException("the new key file does not open with it"));
    sealed(repository, key, approval);
    return key;
  }

  /** Takes a key file away, and seals that. One that is gone already is only sealed as gone. */
  public void remove(Repository repository, String key, String approval) throws IOException {
    try (RepositoryLock lock = RepositoryLock.take(repository, true, clock)) {
      if (repository.target().list(ObjectKind.KEY).stream()
          .map(Target.Entry::name)
          .anyMatch(key::equals)) {
        repository.removePassword(key, lock);
      }
    }
    sealed(repository, key, approval);
  }

  private void sealed(Repository repository, String key, String approval) throws IOException {
    if (seals != null
        && seals.sealKeys(repository, Set.of(key), approval) instanceof SealOutcome.Refused no) {
      throw new BackupException("the key file is in no seal: " + no.reason());
    }
  }
}
