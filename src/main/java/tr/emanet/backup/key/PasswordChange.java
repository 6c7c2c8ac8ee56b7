package tr.emanet.backup.key;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import tr.emanet.crypto.Secret;

/**
 * Another password for a repository that stays where it is. It locks out whoever gets hold of the
 * old password from now on, not whoever had it and a copy of the old key file: the master key
 * stays, only a new era has another one. So the old password opens until the escrow has proven that
 * it opens the new one; then its key file is taken away. A cut at any point is gone on with by
 * doing the same again.
 */
public final class PasswordChange {

  private final RepositoryKeys keys;
  private final KeyFolder folder;
  private final KeyRecords records;
  private final SecureRandom random;
  private final InstantSource clock;

  /**
   * The password before the last change, which still opens.
   *
   * @param since when it was followed by another
   * @param by who has done that
   * @param key name of its key file
   * @param proven whether the escrow was proven since
   */
  public record Former(Instant since, String by, String key, boolean proven) {}

  PasswordChange(
      RepositoryKeys keys,
      KeyFolder folder,
      KeyRecords records,
      SecureRandom random,
      InstantSource clock) {
    this.keys = keys;
    this.folder = folder;
    this.records = records;
    this.random = random;
    this.clock = clock;
  }

  /** The password that still opens beside the one in use; empty when none does. */
  public Optional<Former> former(String repository) throws IOException {
    EraRecord era = folder.current(repository).orElse(null);
    EraRecord.Former before = era == null ? null : era.former();
    if (era == null || before == null) {
      return Optional.empty();
    }
    boolean proven =
        records.drills(repository).stream()
            .anyMatch(d -> d.era() == era.number() && d.at().isAfter(before.since()));
    return Optional.of(new Former(before.since(), before.by(), before.key(), proven));
  }

  /**
   * Makes another password, seals it to operations and escrow, adds it to the repository, and makes
   * it the one in use.
   *
   * @throws KeysException when a former one still opens, or no job may run
   */
  public void change(String repository, KeyPlace place, String who) throws IOException {
    synchronized (keys) {
      EraRecord era = keys.inUse(repository);
      if (era.former() != null) {
        if (folder.readNext(era).isEmpty()) {
          throw new KeysException(
              "the password before still opens " + repository + "; remove that one first");
        }
        folder.takeNext(era);
        record(who, "backup-key.password-changed", repository);
        keys.wrap(repository, who);
        return;
      }
      Readiness now = keys.readiness(repository);
      if (!(now instanceof Readiness.Ready)) {
        throw new KeysException(repository + " is not ready for another password: " + now);
      }
      try (Secret fresh = fresh(era)) {
        byte[] text = fresh.copy();
        try {
          place.add(text);
        } finally {
          Arrays.fill(text, (byte) 0);
        }
        EraRecord.Former before =
            new EraRecord.Former(era.check(), place.key(), clock.instant(), who);
        // From here on both passwords are that of the era, whichever the envelope holds.
        folder.write(era.changed(RepositoryPassword.check(fresh), before));
      }
      folder.takeNext(era);
      record(who, "backup-key.password-changed", repository);
      keys.wrap(repository, who);
    }
  }

  /** The password that a cut change has made, or another. */
  private Secret fresh(EraRecord era) throws IOException {
    byte[] begun = folder.readNext(era).orElse(null);
    if (begun != null) {
      return keys.open(begun, "next.p7m of " + era.repository());
    }
    Secret made = RepositoryPassword.random(random);
    folder.writeNext(era, keys.seal(made));
    return made;
  }

  /**
   * Takes the key file of the former password away.
   *
   * @throws KeysException when there is none, or the escrow was not proven since the change
   */
  public void retire(String repository, KeyPlace place, String who) throws IOException {
    synchronized (keys) {
      EraRecord era = keys.inUse(repository);
      Former before =
          former(repository)
              .orElseThrow(
                  () -> new KeysException("no former password opens " + repository + " any more"));
      if (!before.proven()) {
        throw new KeysException(
            "the escrow was not proven since the password was changed; drill it first");
      }
      if (folder.readNext(era).isPresent()) {
        throw new KeysException("the change was cut; do it once more before");
      }
      place.remove(before.key());
      folder.write(era.changed(era.check(), null));
      record(who, "backup-key.password-removed", repository);
    }
  }

  private void record(String who, String action, String repository) throws IOException {
    records.act(who, action, Map.of("repository", repository));
  }
}
