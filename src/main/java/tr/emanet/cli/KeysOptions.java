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
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tr.emanet.backup.LocalTarget;
import tr.emanet.backup.key.KeyRecordFile;
import tr.emanet.backup.key.RepositoryKeys;
import tr.emanet.backup.key.Share;
import tr.emanet.backup.key.SharesJoined;
import tr.emanet.backup.restic.Origin;
import tr.emanet.backup.restic.Repository;
import tr.emanet.backup.restic.WrongPasswordException;
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

  static Repository makeRepository(Path directory, Secret password) throws IOException {
    byte[] text = password.copy();
    try {
      return Repository.init(
          new LocalTarget(directory),
          text,
          new SecureRandom(),
          Origin.ofThisProcess(),
          InstantSource.system().instant());
    } finally {
      Arrays.fill(text, (byte) 0);
    }
  }

  static boolean opens(Path directory, byte[] password) throws IOException {
    try {
      Repository.open(
              new LocalTarget(directory), password, new SecureRandom(), Origin.ofThisProcess())
          .close();
      return true;
    } catch (WrongPasswordException e) {
      return false;
    }
  }
}
