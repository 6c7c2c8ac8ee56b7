package tr.emanet.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tr.emanet.backup.LocalTarget;
import tr.emanet.backup.restic.Origin;
import tr.emanet.backup.restic.Repository;
import tr.emanet.backup.restic.WrongPasswordException;
import tr.emanet.crypto.CoreDumps;

/** Opens repositories for the commands; needs no service and no state directory. */
final class RepositoryOptions {

  private static final int MAX_PASSWORD = 4096;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description =
          "A file with the repository's password; white space around it is not part of it")
  private @Nullable Path passwordFile;

  byte[] password() throws IOException, CommandFailed {
    Path file = passwordFile;
    if (file == null) {
      throw new CommandFailed(ExitCode.USAGE, "name the password's file: --password-file FILE");
    }
    if (Files.size(file) > MAX_PASSWORD) {
      throw new CommandFailed(ExitCode.USAGE, "'" + file + "' is too long for a password");
    }
    CoreDumps.off();
    // As restic reads it, so that one file serves both.
    return Files.readString(file, StandardCharsets.UTF_8).strip().getBytes(StandardCharsets.UTF_8);
  }

  Repository open(Path directory) throws IOException, CommandFailed {
    try {
      return Repository.open(new LocalTarget(directory), password(), new SecureRandom(), origin());
    } catch (WrongPasswordException e) {
      throw new CommandFailed(ExitCode.NOT_AVAILABLE, String.valueOf(e.getMessage()));
    }
  }

  /** Who we are: in locks it must be true, others look whether the process lives. */
  static Origin origin() throws IOException {
    Properties system = System.getProperties();
    Path self = Path.of("/proc/self");
    int uid = id(self, "unix:uid");
    int gid = id(self, "unix:gid");
    Path named = Path.of("/proc/sys/kernel/hostname");
    String host =
        Files.isReadable(named)
            ? Files.readString(named, StandardCharsets.UTF_8).strip()
            : InetAddress.getLocalHost().getHostName();
    return new Origin(
        host, system.getProperty("user.name", ""), ProcessHandle.current().pid(), uid, gid);
  }

  private static int id(Path self, String name) throws IOException {
    return (int) Objects.requireNonNull(Files.getAttribute(self, name));
  }
}
