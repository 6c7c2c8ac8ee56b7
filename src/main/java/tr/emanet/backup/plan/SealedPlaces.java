package tr.emanet.backup.plan;

import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import tr.emanet.backup.restic.Repository;
import tr.emanet.backup.seal.BackupSeals;
import tr.emanet.backup.seal.SealOutcome;
import tr.emanet.backup.seal.SealedRemoval;
import tr.emanet.crypto.PrivateFiles;
import tr.emanet.store.Database;

/**
 * The sealer of repositories with what is kept of them here: the newest seal of each in the store,
 * so that a repository that was put back is noticed, and the notes of removals. Thread-safe.
 */
public final class SealedPlaces {

  private final Sealer sealer;
  private final Path notes;
  private final RepositoryStore store;
  private final Turns turns = new Turns();
  private final InstantSource clock;

  /** The machine's key; waits while it is made. */
  public interface Sealer {
    BackupSeals get() throws IOException;

    /** Certificates that ever sealed here. */
    List<X509Certificate> certificates() throws IOException;
  }

  /**
   * Makes it.
   *
   * @param notes directory for notes of removals and marks, only ours
   */
  public SealedPlaces(Sealer sealer, Path notes, Database database, InstantSource clock) {
    this.sealer = sealer;
    this.notes = notes;
    this.store = new RepositoryStore(database);
    this.clock = clock;
  }

  BackupSeals seals() throws IOException {
    return sealer.get();
  }

  List<X509Certificate> certificates() throws IOException {
    return sealer.certificates();
  }

  Turns turns() {
    return turns;
  }

  RepositoryStore store() {
    return store;
  }

  /** The file for the mark of a prune; its directory is there. */
  Path mark(String address) throws IOException {
    PrivateFiles.createDirectory(notes);
    return notes.resolve(KeyedRepositories.name(address) + ".mark");
  }

  SealedRemoval removal(Repository repository, String address, String job) throws IOException {
    Path note = notes.resolve(KeyedRepositories.name(address) + ".note");
    return new SealedRemoval(seals(), repository, note, job);
  }

  /**
   * Whether the newest seal that is kept here stands in the repository's chain; when it does not,
   * that is kept until a person has judged it.
   */
  boolean isWhereItWas(Repository repository, String address) throws IOException {
    boolean known = seals().knows(repository, store.head(address));
    if (!known) {
      store.rolledBack(address, clock.instant());
    }
    return known;
  }

  /** Keeps the newest seal here, too; not of a repository that was put back. */
  void keep(Repository repository, String address) throws IOException {
    if (isWhereItWas(repository, address)) {
      store.head(address, seals().head(repository));
    }
  }

  /** Keeps what a seal led to; gives its name, empty when there was nothing to seal. */
  String keep(Repository repository, String address, SealOutcome outcome) throws IOException {
    String name = SignedRuns.name(outcome);
    keep(repository, address);
    return name;
  }
}
