package tr.emanet.backup.key;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tr.emanet.crypto.CryptoException;
import tr.emanet.crypto.Secret;
import tr.emanet.crypto.envelope.Envelopes;
import tr.emanet.crypto.envelope.Opening;
import tr.emanet.crypto.envelope.RecipientKey;
import tr.emanet.crypto.envelope.RecipientName;
import tr.emanet.crypto.envelope.SecretSharing;

/**
 * The keys of all repositories of this machine: makes passwords, hands out that of the era in use,
 * knows who else can open it. A repository is named by whoever makes it (small letters, digits,
 * {@code . _ -}), before the repository itself exists: the envelope is durable first, so that no
 * repository can be without its password. Thread-safe; nothing secret is kept between calls.
 */
public final class RepositoryKeys {

  static final int SHARES = 3;
  static final int NEEDED = 2;

  private final KeyFolder folder;
  private final OperationsKey operations;
  private final EscrowCertificates escrow;
  private final KeyRecords records;
  private final SecureRandom random;
  private final InstantSource clock;

  /**
   * @param directory {@code keys/backup} of the state directory
   * @param credentials value of {@code $CREDENTIALS_DIRECTORY}; null when there is none
   */
  public RepositoryKeys(
      Path directory,
      @Nullable Path credentials,
      KeyRecords records,
      SecureRandom random,
      InstantSource clock) {
    this.folder = new KeyFolder(directory);
    this.operations = new OperationsKey(directory, credentials);
    this.escrow = new EscrowCertificates(directory.resolve("escrow"), clock);
    this.records = records;
    this.random = random;
    this.clock = clock;
  }

  /** The escrow certificates. */
  public EscrowCertificates escrow() {
    return escrow;
  }

  /** The key of this machine. */
  public OperationsKey operations() {
    return operations;
  }

  /** Changes of passwords in repositories that stay where they are. */
  public PasswordChange change() {
    return new PasswordChange(this, folder, records, random, clock);
  }

  /** The names of all repositories that have keys. */
  public List<String> repositories() throws IOException {
    return folder.repositories();
  }

  /**
   * Makes the first era of a repository; the operations key too when there is none. To be called
   * before the repository itself is made, with {@link #password}.
   *
   * @param place where the repository is going to be, for the emergency kit
   * @throws KeysException when it has keys already
   */
  public synchronized void create(String repository, String place, String who) throws IOException {
    if (folder.current(repository).isPresent()) {
      throw new KeysException(
          "repository " + repository + " has keys already; a new password is a new era (rotate)");
    }
    operations.ensure(repository, random, clock.instant());
    begin(repository, 1, place, who);
    records.act(who, "backup-key.create", Map.of("repository", repository, "place", place));
  }

  private void begin(String repository, int number, String place, String who) throws IOException {
    try (Secret password = RepositoryPassword.random(random)) {
      EraRecord record =
          new EraRecord(
              repository,
              number,
              place,
              clock.instant(),
              who,
              null,
              "",
              RepositoryPassword.check(password),
              "",
              null);
      // The record comes last: an era without it was never begun.
      folder.writeEnvelope(record, seal(password));
      extra().write(record, password);
      folder.write(record);
    }
  }

  private KemCopy extra() {
    return new KemCopy(folder, escrow, operations, random);
  }

  byte[] seal(Secret password) throws IOException {
    List<X509Certificate> all = new ArrayList<>();
    all.add(operations.certificate());
    escrow.all().values().stream().filter(c -> !all.contains(c)).forEach(all::add);
    byte[] text = password.copy();
    try {
      return new Envelopes(random).seal(text, all);
    } finally {
      Arrays.fill(text, (byte) 0);
    }
  }

  /**
   * The password of the era in use; the caller closes it.
   *
   * @throws KeysException when it cannot be opened; the message names the remedy. Whether a job may
   *     run is {@link #readiness}'s to say
   */
  public Secret password(String repository) throws IOException {
    return open(inUse(repository));
  }

  EraRecord inUse(String repository) throws IOException {
    return folder
        .current(repository)
        .orElseThrow(
            () ->
                new KeysException(
                    "repository "
                        + repository
                        + " has no keys; 'emanet backup keys init' makes them"));
  }

  private Secret open(EraRecord era) throws IOException {
    String what = folder.envelope(era.repository(), era.number()).toString();
    byte[] cms =
        folder
            .readEnvelope(era)
            .orElseThrow(() -> new KeysException(what + " is missing; only the escrow has it now"));
    Secret content = open(cms, what);
    if (era.opensWith(RepositoryPassword.check(content))) {
      return content;
    }
    content.close();
    throw new KeysException(what + " holds another password than that of its era");
  }

  /** What an envelope of this machine holds, whatever it is. */
  Secret open(byte[] cms, String what) throws IOException {
    try (RecipientKey key = operations.read()) {
      return switch (Envelopes.open(cms, key)) {
        case Opening.Opened(Secret content) -> content;
        case Opening.NotARecipient none ->
            throw new KeysException(
                what
                    + " is not for the operations key of this machine; it is for "
                    + none.recipients());
        case Opening.Refused(String why) -> throw new KeysException(what + ": " + why);
      };
    }
  }

  /**
   * The envelope of the era in use: the password, closed for operations and escrow. It may lie
   * where the repository lies, since only they can open it. Empty when there is none.
   */
  public Optional<byte[]> envelope(String repository) throws IOException {
    Optional<EraRecord> era = folder.current(repository);
    return era.isEmpty() ? Optional.empty() : folder.readEnvelope(era.get());
  }

  /** The envelope of an era, also of a closed one. */
  Optional<byte[]> envelope(String repository, int era) throws IOException {
    return folder.readEnvelope(repository, era);
  }

  /** The extra copy for holders with ML-KEM keys of the era in use. Empty when nobody has one. */
  public Optional<byte[]> extraEnvelope(String repository) throws IOException {
    Optional<EraRecord> era = folder.current(repository);
    return era.isEmpty() ? Optional.empty() : folder.readExtra(era.get());
  }

  /** Whether a job may run on this repository. */
  public Readiness readiness(String repository) {
    try {
      Optional<EraRecord> found = folder.current(repository);
      if (found.isEmpty()) {
        return new Readiness.NoKeys("make them: emanet backup keys init " + repository);
      }
      EraRecord era = found.get();
      Optional<byte[]> cms = folder.readEnvelope(era);
      if (cms.isEmpty()) {
        return new Readiness.Damaged(
            folder.envelope(repository, era.number()) + " is missing; bring it back from a backup");
      }
      if (!operations.exists()) {
        return new Readiness.OperationsKeyMissing(
            "bring back operations.key and operations.pem, or open the password with the escrow");
      }
      if (era.splitSet().isEmpty() && !hasEscrow(cms.get())) {
        return new Readiness.EscrowMissing(
            "the password exists on this machine alone: add an escrow certificate and wrap, or"
                + " split it into shares");
      }
      try (Secret password = open(era)) {
        return new Readiness.Ready(era.number());
      }
    } catch (CryptoException e) {
      return new Readiness.OperationsKeyMissing(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return new Readiness.Damaged(String.valueOf(e.getMessage()));
    }
  }

  private boolean hasEscrow(byte[] cms) throws IOException {
    List<RecipientName> names = Envelopes.recipients(cms);
    X509Certificate own = operations.certificate();
    return escrow.all().values().stream()
        .filter(c -> !c.equals(own))
        .anyMatch(c -> names.stream().anyMatch(n -> n.names(c)));
  }

  /**
   * Seals the password of the era in use anew, to the certificates that are there now. Closes eras
   * before it that an interrupted {@link #rotate} left open.
   */
  public synchronized void wrap(String repository, String who) throws IOException {
    EraRecord era = inUse(repository);
    try (Secret password = open(era)) {
      folder.writeEnvelope(era, seal(password));
      extra().write(era, password);
    }
    for (EraRecord one : folder.eras(repository)) {
      if (one.number() < era.number() && one.closed() == null) {
        close(one, who);
      }
    }
    records.act(
        who,
        "backup-key.wrap",
        Map.of("repository", repository, "escrow", String.join(" ", escrow.all().keySet())));
  }

  /**
   * Splits the password of the era in use into three shares, of which two bring it back. They are
   * nowhere but in what this returns: print them once and close them. Shares of a split before are
   * no longer counted as the escrow, but still open this era.
   */
  public synchronized List<Share> split(String repository, String who) throws IOException {
    EraRecord era = inUse(repository);
    byte[] name = new byte[2];
    random.nextBytes(name);
    String set = HexFormat.of().formatHex(name);
    List<Share> out = new ArrayList<>();
    try (Secret password = open(era)) {
      byte[] secret = RepositoryPassword.bytes(password);
      try {
        for (byte[] body : SecretSharing.split(secret, NEEDED, SHARES, random)) {
          out.add(Share.of(out.size() + 1, set, body));
          Arrays.fill(body, (byte) 0);
        }
      } finally {
        Arrays.fill(secret, (byte) 0);
      }
    }
    folder.write(era.split(set));
    records.act(who, "backup-key.split", Map.of("repository", repository, "set", set));
    return out;
  }

  /**
   * Begins a new era: a new password for a new repository. The era before is closed: its password
   * stays with the escrow alone, this machine can no longer open it. Copies of its envelope and of
   * the operations key that somebody made before still can.
   *
   * @param place where the new repository is going to be
   * @throws KeysException when the era in use has no escrow: its data would be lost
   */
  public synchronized void rotate(String repository, String place, String who) throws IOException {
    EraRecord before = inUse(repository);
    if (!(readiness(repository) instanceof Readiness.Ready)) {
      throw new KeysException(
          "era "
              + before.number()
              + " of repository "
              + repository
              + " is not ready ("
              + readiness(repository)
              + "); closing it would lose its password");
    }
    if (before.place().equals(place)) {
      throw new KeysException("an era is a new repository; name another place than that before");
    }
    begin(repository, before.number() + 1, place, who);
    close(before, who);
    records.act(
        who,
        "backup-key.rotate",
        Map.of(
            "repository",
            repository,
            "era",
            Integer.toString(before.number() + 1),
            "place",
            place));
  }

  /**
   * Takes this machine out of the envelope of a repository that nothing is written to any more;
   * from then on the escrow alone opens it.
   *
   * @throws KeysException when there is no escrow: its data would be lost
   */
  public synchronized void retire(String repository, String who) throws IOException {
    Readiness now = readiness(repository);
    if (!(now instanceof Readiness.Ready)) {
      throw new KeysException(repository + " cannot be closed: " + now);
    }
    close(inUse(repository), who);
    records.act(who, "backup-key.closed", Map.of("repository", repository));
  }

  private void close(EraRecord era, String who) throws IOException {
    Instant now = clock.instant();
    Optional<byte[]> cms = folder.readEnvelope(era);
    if (cms.isPresent()) {
      X509Certificate own = operations.certificate();
      if (Envelopes.recipients(cms.get()).stream().anyMatch(n -> !n.names(own))) {
        folder.writeEnvelope(era, Envelopes.without(cms.get(), own));
      } else if (!era.splitSet().isEmpty()) {
        folder.removeEnvelope(era);
      } else {
        throw new KeysException(
            "era " + era.number() + " has no escrow; closing it would lose its password");
      }
    }
    folder.write(era.close(now, who));
  }

  /**
   * Proves that what the escrow brought opens the repository of the era in use, and puts it on
   * record.
   *
   * @param brought as it came from the escrow; white space around it does not count
   * @param person who brought it
   */
  public DrillResult drill(
      String repository, Secret brought, RepositoryDoor door, String person, Drill.Method method)
      throws IOException {
    EraRecord era = inUse(repository);
    try (Secret password = RepositoryPassword.stripped(brought)) {
      if (!RepositoryPassword.check(password).equals(era.check())) {
        return new DrillResult.Failed("this is not the password of era " + era.number());
      }
      byte[] text = password.copy();
      try {
        if (!door.opens(text)) {
          return new DrillResult.Failed(
              "it is the password of era " + era.number() + ", but the repository does not open");
        }
      } finally {
        Arrays.fill(text, (byte) 0);
      }
      Drill drill = new Drill(repository, era.number(), clock.instant(), person, method);
      records.drill(drill);
      return new DrillResult.Proven(drill);
    }
  }

  /**
   * Who can open the repository, and when that was proven.
   *
   * @return empty when it has no keys
   */
  public Optional<KeyStatus> status(String repository) throws IOException {
    return new StatusReader(folder, operations, escrow, records).read(repository);
  }
}
