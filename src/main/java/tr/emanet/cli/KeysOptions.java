package tr.emanet.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tr.emanet.backup.BackupException;
import tr.emanet.backup.key.EnvelopesBeside;
import tr.emanet.backup.key.KeyRecordFile;
import tr.emanet.backup.key.KeyStatus;
import tr.emanet.backup.key.RepositoryKeys;
import tr.emanet.backup.key.Share;
import tr.emanet.backup.key.SharesJoined;
import tr.emanet.backup.plan.RemoteDoors;
import tr.emanet.backup.restic.Origin;
import tr.emanet.backup.restic.Repository;
import tr.emanet.backup.restic.WrongPasswordException;
import tr.emanet.backup.target.TargetAddress;
import tr.emanet.backup.target.Targets;
import tr.emanet.crypto.CoreDumps;
import tr.emanet.crypto.PrivateFiles;
import tr.emanet.crypto.Secret;

/** What the commands below {@code backup keys} share. */
final class KeysOptions {

  private static final int MAX_FILE = 64 * 1024;

  @Mixin private StateOption state = new StateOption();

  @Option(
      names = "--by",
      paramLabel = "PERSON",
      description = "Who does it, for the record (default: the user of this session)")
  private String person = System.getProperty("user.name", "-");

  @Option(
      names = "--access",
      paramLabel = "FILE",
      description = "How to identify at the repository's server: hostKey, privateKey, user, ...")
  private @Nullable Path access;

  String person() {
    return person;
  }

  RepositoryKeys keys() throws IOException {
    CoreDumps.off();
    Path directory = state.directory().keys().resolve("backup");
    String credentials = System.getenv("CREDENTIALS_DIRECTORY");
    InstantSource clock = InstantSource.system();
    return new RepositoryKeys(
        directory,
        credentials == null ? null : Path.of(credentials),
        new KeyRecordFile(directory, clock),
        new SecureRandom(),
        clock);
  }

  static void addEscrow(RepositoryKeys keys, Map<String, Path> certificates)
      throws IOException, CommandFailed {
    for (Map.Entry<String, Path> one : certificates.entrySet()) {
      keys.escrow().add(one.getKey(), bytes(one.getValue()));
    }
  }

  static byte[] bytes(Path file) throws IOException, CommandFailed {
    if (!Files.isRegularFile(file) || Files.size(file) > MAX_FILE) {
      throw new CommandFailed(ExitCode.USAGE, "'" + file + "' is no file of at most 64 KiB");
    }
    return Files.readAllBytes(file);
  }

  /** The text of a file without white space around it. */
  static Secret secret(Path file) throws IOException, CommandFailed {
    byte[] bytes = bytes(file);
    int to = bytes.length;
    while (to > 0 && bytes[to - 1] >= 0 && bytes[to - 1] <= ' ') {
      to--;
    }
    byte[] text = Arrays.copyOf(bytes, to);
    try {
      return Secret.of(text);
    } finally {
      Arrays.fill(bytes, (byte) 0);
      Arrays.fill(text, (byte) 0);
    }
  }

  /** The password that shares bring; the caller closes it. */
  static Secret joined(List<Path> files) throws IOException, CommandFailed {
    List<Share> shares = new ArrayList<>();
    try {
      for (Path file : files) {
        byte[] typed = bytes(file);
        switch (Share.read(typed)) {
          case Share.Read.Good(Share share) -> shares.add(share);
          case Share.Read.Wrong(int group, String why) ->
              throw new CommandFailed(ExitCode.FAILED, "'" + file + "': " + why);
        }
        Arrays.fill(typed, (byte) 0);
      }
      return switch (SharesJoined.of(shares)) {
        case SharesJoined.Password(Secret password) -> password;
        case SharesJoined.Refused(String why) -> throw new CommandFailed(ExitCode.FAILED, why);
      };
    } finally {
      shares.forEach(Share::close);
    }
  }

  /** Writes a secret with a line end into a new file, mode 0600. */
  static void write(Path file, Secret secret) throws IOException, CommandFailed {
    byte[] text = secret.copy();
    byte[] line = Arrays.copyOf(text, text.length + 1);
    line[text.length] = '\n';
    try {
      writeNew(file, line);
    } finally {
      Arrays.fill(text, (byte) 0);
      Arrays.fill(line, (byte) 0);
    }
  }

  static void writeNew(Path file, byte[] bytes) throws IOException, CommandFailed {
    if (Files.exists(file)) {
      throw new CommandFailed(ExitCode.USAGE, "'" + file + "' exists; name a new file");
    }
    PrivateFiles.write(file, bytes);
  }

  /** An address as the keys keep it: that of a server as it is, a directory's whole path. */
  static String address(String given) throws IOException {
    if (!RemoteDoors.isRemote(given)) {
      return Path.of(given).toAbsolutePath().normalize().toString();
    }
    return TargetAddress.parse(given).text();
  }

  /** The place of a repository, with what lies beside it; close it after its repository. */
  private Targets.OpenTarget place(String address) throws IOException, CommandFailed {
    Targets.OpenTarget place = RepositoryOptions.target(address, access);
    if (!RemoteDoors.isRemote(address)) {
      return place;
    }
    try {
      return RemoteSide.with(place, state.directory().root(), address);
    } catch (IOException | CommandFailed e) {
      place.close();
      throw e;
    }
  }

  /** Makes the empty repository; gives its id. */
  String make(RepositoryKeys keys, String name, String address) throws IOException, CommandFailed {
    byte[] text = password(keys, name);
    try (Targets.OpenTarget place = place(address);
        Repository made =
            Repository.init(
                place.target(),
                text,
                new SecureRandom(),
                Origin.ofThisProcess(),
                InstantSource.system().instant())) {
      new EnvelopesBeside(keys).keep(name, Objects.requireNonNull(place.target().beside()));
      return made.id();
    } finally {
      Arrays.fill(text, (byte) 0);
    }
  }

  private static byte[] password(RepositoryKeys keys, String name) throws IOException {
    try (Secret password = keys.password(name)) {
      return password.copy();
    }
  }

  /** Something to do with an open repository. */
  @FunctionalInterface
  interface Work<T> {
    T with(Repository repository) throws IOException, CommandFailed;
  }

  /** Opens the repository of the era in use with its password and works on it. */
  <T> T on(RepositoryKeys keys, KeyStatus status, Work<T> work) throws IOException, CommandFailed {
    byte[] text = password(keys, status.repository());
    try (Targets.OpenTarget place = place(status.place());
        Repository repository = RepositoryOptions.open(place, text)) {
      T done = work.with(repository);
      new EnvelopesBeside(keys)
          .keep(status.repository(), Objects.requireNonNull(place.target().beside()));
      return done;
    } finally {
      Arrays.fill(text, (byte) 0);
    }
  }

  /** Whether a password opens the repository of an address. */
  boolean opens(String address, byte[] password) throws IOException {
    try (Targets.OpenTarget place = place(address)) {
      Repository.open(place.target(), password, new SecureRandom(), Origin.ofThisProcess()).close();
      return true;
    } catch (WrongPasswordException e) {
      return false;
    } catch (CommandFailed e) {
      throw new BackupException(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Makes the envelope beside a repository the one of now; a server is reached when an access file
   * is named.
   *
   * @return false when it was not
   */
  boolean keepBeside(RepositoryKeys keys, String name, String address)
      throws IOException, CommandFailed {
    if (!RemoteDoors.isRemote(address)) {
      if (Files.isRegularFile(Path.of(address, "config"))) {
        new EnvelopesBeside(keys).keep(name, Path.of(address));
      }
      return true;
    }
    if (access == null) {
      return false;
    }
    try (Targets.OpenTarget place = place(address)) {
      new EnvelopesBeside(keys).keep(name, Objects.requireNonNull(place.target().beside()));
      place.target().release();
      return true;
    }
  }
}
