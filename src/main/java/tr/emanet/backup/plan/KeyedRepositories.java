package tr.emanet.backup.plan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import tr.emanet.backup.BackupException;
import tr.emanet.backup.ObjectKind;
import tr.emanet.backup.Target;
import tr.emanet.backup.key.EnvelopesBeside;
import tr.emanet.backup.key.Readiness;
import tr.emanet.backup.key.RepositoryKeys;
import tr.emanet.backup.restic.Origin;
import tr.emanet.backup.restic.Repository;
import tr.emanet.backup.restic.SecondCopy;
import tr.emanet.backup.target.SideTarget;
import tr.emanet.backup.target.TargetAccess;
import tr.emanet.backup.target.TargetAddress;
import tr.emanet.backup.target.Targets;
import tr.emanet.crypto.PrivateFiles;
import tr.emanet.crypto.Secret;

/**
 * Repositories in directories, whose passwords are generated and sealed to this machine and to the
 * escrow. Without an escrow no job may run: the loss of this machine would be the loss of all.
 */
public final class KeyedRepositories implements Repositories {

  private static final int NAME_DIGITS = 12;

  private final RepositoryKeys keys;
  private final EnvelopesBeside envelopes;
  private final SecureRandom random;
  private final InstantSource clock;
  private final RemoteDoors doors;
  private final Path beside;

  /** In directories only. */
  public KeyedRepositories(RepositoryKeys keys, SecureRandom random, InstantSource clock) {
    this(keys, random, clock, RemoteDoors.NONE, Path.of(""));
  }

  /**
   * On servers, too.
   *
   * @param beside directory of this machine, only ours: seals and envelope of what is on servers
   */
  public KeyedRepositories(
      RepositoryKeys keys,
      SecureRandom random,
      InstantSource clock,
      RemoteDoors doors,
      Path beside) {
    this.keys = keys;
    this.envelopes = new EnvelopesBeside(keys);
    this.random = random;
    this.clock = clock;
    this.doors = doors;
    this.beside = beside;
  }

  /** The name under which the keys of an address are kept. */
  public static String name(String address) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(address.getBytes(StandardCharsets.UTF_8));
      return "depo-" + HexFormat.of().formatHex(digest).substring(0, NAME_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public Repository open(String address) throws IOException {
    if (RemoteDoors.isRemote(address)) {
      return remote(address, true);
    }
    String name = name(address);
    if (keys.readiness(name) instanceof Readiness.NoKeys) {
      keys.create(name, address, "-");
    }
    byte[] password;
    try (Secret secret = keys.password(name)) {
      password = secret.copy();
    }
    try {
      Path place = Path.of(address);
      Repository opened =
          Repository.openOrInit(place, password, random, Origin.ofThisProcess(), clock.instant());
      envelopes.keep(name, place);
      return opened;
    } finally {
      Arrays.fill(password, (byte) 0);
    }
  }

  @Override
  public Repository existing(String address) throws IOException {
    return RemoteDoors.isRemote(address)
        ? remote(address, false)
        : Repositories.super.existing(address);
  }

  @Override
  public Path beside(String address) {
    return RemoteDoors.isRemote(address) ? beside.resolve(name(address)) : Path.of(address);
  }

  @Override
  public Repository copy(String address, Target copy) throws IOException {
    byte[] password = password(address);
    try {
      return Repository.open(copy, password, random, Origin.ofThisProcess());
    } finally {
      Arrays.fill(password, (byte) 0);
    }
  }

  @Override
  public List<String> healEntrance(String address, Target copy) throws IOException {
    if (!RemoteDoors.isRemote(address) && !Files.isDirectory(Path.of(address, "data"))) {
      throw new BackupException(
          "nothing of the repository is in '" + address + "'; look whether its disk is mounted");
    }
    byte[] password = password(address);
    try (Targets.OpenTarget ours =
        RemoteDoors.isRemote(address)
            ? doors.open(address)
            : Targets.open(TargetAddress.parse(address), TargetAccess.none())) {
      return SecondCopy.healEntrance(ours.target(), copy, password, random, Origin.ofThisProcess());
    } finally {
      Arrays.fill(password, (byte) 0);
    }
  }

  private byte[] password(String address) throws IOException {
    try (Secret secret = keys.password(name(address))) {
      return secret.copy();
    }
  }

  /** A repository on a server; what lies beside it lies here. Closing it ends the connection. */
  private Repository remote(String address, boolean make) throws IOException {
    String name = name(address);
    Targets.OpenTarget door = doors.open(address);
    Path side = beside.resolve(name);
    byte[] password = new byte[0];
    try {
      PrivateFiles.createDirectory(beside);
      PrivateFiles.createDirectory(side);
      SideTarget target = new SideTarget(door, side);
      // Asked before a password is made: a server that does not answer is no empty place.
      boolean empty = target.list(ObjectKind.CONFIG).isEmpty();
      if (empty && !make) {
        throw new BackupException("there is no repository at '" + address + "' any more");
      }
      if (keys.readiness(name) instanceof Readiness.NoKeys) {
        keys.create(name, address, "-");
      }
      try (Secret secret = keys.password(name)) {
        password = secret.copy();
      }
      Repository opened =
          empty
              ? Repository.init(target, password, random, Origin.ofThisProcess(), clock.instant())
              : Repository.open(target, password, random, Origin.ofThisProcess());
      envelopes.keep(name, side);
      return opened;
    } catch (IOException | RuntimeException e) {
      try {
        door.close();
      } catch (IOException second) {
        e.addSuppressed(second);
      }
      throw e;
    } finally {
      Arrays.fill(password, (byte) 0);
    }
  }

  @Override
  public void keepBeside(String name, String address) throws IOException {
    if (!RemoteDoors.isRemote(address)) {
      if (Files.isRegularFile(Path.of(address, "config"))) {
        envelopes.keep(name, Path.of(address));
      }
      return;
    }
    Path side = beside.resolve(name);
    if (Files.isDirectory(side)) {
      envelopes.keep(name, side);
      new SideTarget(doors.open(address), side).release(); // which sends what is new
    }
  }

  @Override
  public String notReady(String address) {
    try {
      String name = name(address);
      if (keys.readiness(name) instanceof Readiness.EscrowMissing && escrowed()) {
        keys.wrap(name, "-");
      }
      return switch (keys.readiness(name)) {
        case Readiness.Ready ignored -> "";
        case Readiness.NoKeys ignored -> escrowed() ? "" : "escrow";
        case Readiness.EscrowMissing ignored -> "escrow";
        case Readiness.OperationsKeyMissing ignored -> "operations";
        case Readiness.Damaged ignored -> "damaged";
      };
    } catch (IOException e) {
      return "damaged";
    }
  }

  @Override
  public boolean escrowed() {
    try {
      return !keys.escrow().all().isEmpty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void addEscrow(String name, byte[] certificate) throws IOException {
    Objects.requireNonNull(keys.escrow().add(name, certificate));
  }
}
