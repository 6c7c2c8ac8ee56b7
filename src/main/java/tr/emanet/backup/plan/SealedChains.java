package tr.emanet.backup.plan;

import java.io.IOException;
import java.util.List;
import tr.emanet.backup.BackupException;
import tr.emanet.backup.restic.Repository;
import tr.emanet.backup.seal.SealTrust;
import tr.emanet.backup.seal.SealedGone;

/**
 * What the seals of a job's repository say was removed on purpose, for whoever keeps a copy of it.
 * Nothing is said while anything is wrong: a copy must not follow an attacker. Any thread.
 */
public final class SealedChains {

  private final Upkeep upkeep;
  private final Upkeep.Parts parts;

  public SealedChains(Upkeep upkeep, Upkeep.Parts parts) {
    this.upkeep = upkeep;
    this.parts = parts;
  }

  /**
   * Reads and checks the chain, signatures too.
   *
   * @throws BackupException when a job of the repository is frozen, an alarm stands, or the chain
   *     is not what it must be; the message says why
   */
  public SealedGone gone(Repository repository, String address) throws IOException {
    if (upkeep.frozen(address)) {
      throw new BackupException("a job of the repository is frozen");
    }
    RepositoryState state = upkeep.state(address).orElse(null);
    if (state != null && (!state.findings().isEmpty() || state.rolledBackAt() != null)) {
      throw new BackupException("the repository does not fit its seals");
    }
    return SealedGone.of(
        repository.target(),
        repository.id(),
        new SealTrust(parts.places().certificates(), List.of()),
        parts.places().store().head(address),
        parts.clock().instant());
  }
}
