package tr.emanet.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tr.emanet.backup.Target;
import tr.emanet.backup.plan.KeyedRepositories;
import tr.emanet.backup.target.Targets;
import tr.emanet.crypto.PrivateFiles;

/**
 * What lies beside a repository on a server, for commands: seals and envelope, in the directory of
 * the state where the service keeps them, too, and sent to the server when the command ends.
 */
final class RemoteSide {

  private static final String SEALS = "seals";

  private RemoteSide() {}

  /** The directory for an address below a state directory. */
  static Path of(Path state, String address) {
    return state.resolve("upkeep/beside").resolve(KeyedRepositories.name(address));
  }

  /**
   * The same place with what lies beside it; close it after its repository.
   *
   * @throws CommandFailed when the server has seals that are not here: another chain would begin
   */
  static Targets.OpenTarget with(Targets.OpenTarget place, Path state, String address)
      throws IOException, CommandFailed {
    Path side = of(state, address);
    PrivateFiles.createDirectory(side);
    List<Target.Entry> there = place.target().listBeside(SEALS);
    if (there.stream().filter(entry -> entry.name().endsWith(".json")).count() > seals(side)) {
      throw new CommandFailed(
          ExitCode.NOT_AVAILABLE,
          "the server has seals of this repository that are not in '"
              + side
              + "'; copy its directory 'seals' there first");
    }
    return place.beside(side);
  }

  private static long seals(Path side) throws IOException {
    Path directory = side.resolve(SEALS);
    if (!Files.isDirectory(directory)) {
      return 0;
    }
    try (Stream<Path> all = Files.list(directory)) {
      return all.filter(file -> file.toString().endsWith(".json")).count();
    }
  }
}
