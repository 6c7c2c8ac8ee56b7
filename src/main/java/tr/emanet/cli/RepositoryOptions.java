package tr.emanet.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tr.emanet.backup.plan.RemoteDoors;
import tr.emanet.backup.restic.Origin;
import tr.emanet.backup.restic.Repository;
import tr.emanet.backup.restic.WrongPasswordException;
import tr.emanet.backup.target.TargetAccess;
import tr.emanet.backup.target.TargetAddress;
import tr.emanet.backup.target.Targets;
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

  @Option(
      names = "--access",
      paramLabel = "FILE",
      description = "How to identify at a server: hostKey, privateKey, user, secretFile, ...")
  private @Nullable Path accessFile;

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

  /** The place that the command names; close it after its repository. */
  Targets.OpenTarget target(String address) throws IOException, CommandFailed {
    return target(address, accessFile);
  }

  /**
   * The same for a command that seals when a state directory is named: then what lies beside a
   * repository on a server is at hand.
   */
  Targets.OpenTarget target(String address, SealKeyOption key) throws IOException, CommandFailed {
    Targets.OpenTarget place = target(address);
    Path state = key.state();
    if (state == null || !RemoteDoors.isRemote(address)) {
      return place;
    }
    try {
      return RemoteSide.with(place, state, address);
    } catch (IOException | CommandFailed e) {
      place.close();
      throw e;
    }
  }

  /** A place with an access file of its own. */
  static Targets.OpenTarget target(String address, @Nullable Path access)
      throws IOException, CommandFailed {
    TargetAccess how = access == null ? TargetAccess.none() : AccessFile.read(access);
    return Targets.open(parse(address), how);
  }

  /** A path may be relative here: it is the shell's, and shells complete it. */
  private static TargetAddress parse(String address) throws IOException, CommandFailed {
    if (address.isBlank()) {
      throw new CommandFailed(ExitCode.USAGE, "name the repository");
    }
    if (RemoteDoors.isRemote(address)) {
      return TargetAddress.parse(address);
    }
    return new TargetAddress.Directory(Path.of(address).toAbsolutePath().normalize());
  }

  Repository open(Targets.OpenTarget place) throws IOException, CommandFailed {
    return open(place, password());
  }

  static Repository open(Targets.OpenTarget place, byte[] password)
      throws IOException, CommandFailed {
    try {
      return Repository.open(place.target(), password, new SecureRandom(), Origin.ofThisProcess());
    } catch (WrongPasswordException e) {
      throw new CommandFailed(ExitCode.NOT_AVAILABLE, String.valueOf(e.getMessage()));
    }
  }
}
