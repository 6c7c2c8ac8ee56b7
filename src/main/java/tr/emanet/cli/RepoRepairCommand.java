package tr.emanet.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tr.emanet.backup.BackupException;
import tr.emanet.backup.LocalTarget;
import tr.emanet.backup.restic.Aside;
import tr.emanet.backup.restic.RepairRun;
import tr.emanet.backup.restic.Repository;
import tr.emanet.backup.restic.RepositoryLock;
import tr.emanet.backup.restic.SecondCopy;

/** {@code emanet repo repair}: what can be put right is, what is lost is listed. */
@Command(
    name = "repair",
    description = {
      "Makes damaged indexes again from the packs, takes damaged objects from a second copy, keeps"
          + " damaged packs aside and lists every file that is lost; invents nothing.",
      "Exit code 4 when something stays damaged or lost."
    })
final class RepoRepairCommand extends RepoCommand.OnRepository {

  private static final InstantSource CLOCK = InstantSource.system();
  private static final int MAX_PASSWORD = 4096;

  @Option(names = "--read-data", description = "Reads every pack, not those of trees alone")
  private boolean readData;

  @Option(
      names = "--heal-from",
      paramLabel = "DIR",
      description = "A second copy, or another repository of the same files")
  private @Nullable Path healFrom;

  @Option(
      names = "--heal-password-file",
      paramLabel = "FILE",
      description = "Its password, when it is another")
  private @Nullable Path healPassword;

  @Option(
      names = "--aside",
      paramLabel = "DIR",
      description = "Where damaged packs are kept (default: 'damaged' in the repository)")
  private @Nullable Path asideDirectory;

  @Option(
      names = "--drop-snapshot",
      paramLabel = "ID",
      description = "The full name of a damaged snapshot that is given up; it is kept aside")
  private @Nullable String drop;

  RepoRepairCommand(PrintStream out) {
    super(out);
  }

  private Aside aside() {
    Path named = asideDirectory;
    return new Aside(named == null ? directory.resolve("damaged") : named);
  }

  private byte[] copyPassword() throws IOException, CommandFailed {
    Path file = healPassword;
    if (file == null) {
      return options.password();
    }
    if (Files.size(file) > MAX_PASSWORD) {
      throw new CommandFailed(ExitCode.USAGE, "'" + file + "' is too long for a password");
    }
    return Files.readString(file, StandardCharsets.UTF_8).strip().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public Integer call() throws IOException, CommandFailed {
    Path from = healFrom;
    if (from != null) {
      try (Repository ours = options.open(directory)) {
        return run(ours);
      } catch (BackupException | CommandFailed e) {
        out.println("cannot be opened as it is: " + e.getMessage());
        SecondCopy.healEntrance(
                new LocalTarget(directory),
                new LocalTarget(from),
                copyPassword(),
                new SecureRandom(),
                RepositoryOptions.origin())
            .forEach(object -> out.println("healed: " + object));
      }
    }
    return super.call();
  }

  @Override
  int run(Repository repository) throws IOException, CommandFailed {
    try (RepositoryLock lock = RepositoryLock.take(repository, true, CLOCK)) {
      String dropped = drop;
      if (dropped != null) {
        RepairRun.dropSnapshot(repository, lock, dropped, aside());
        out.println("snapshot " + dropped + " is given up and kept in " + aside());
      }
      Path from = healFrom;
      if (from == null) {
        return report(
            RepairRun.run(repository, lock, readData, new RepairRun.Sources(aside(), null)));
      }
      try (Repository other =
              Repository.open(
                  new LocalTarget(from),
                  copyPassword(),
                  new SecureRandom(),
                  RepositoryOptions.origin());
          SecondCopy copy = new SecondCopy(other)) {
        return report(
            RepairRun.run(repository, lock, readData, new RepairRun.Sources(aside(), copy)));
      }
    }
  }

  private int report(RepairRun.Result result) {
    result.healed().forEach(object -> out.println("healed: " + object));
    result.damaged().forEach(object -> out.println("DAMAGED: " + object));
    result
        .losses()
        .forEach(
            loss ->
                out.println(
                    "LOST: snapshot "
                        + loss.snapshot().brief()
                        + ": "
                        + loss.path()
                        + ": "
                        + loss.what()));
    out.println(
        result.whole()
            ? "every snapshot is whole"
            : result.losses().size() + " files or directories are lost");
    return result.whole() ? ExitCode.OK : ExitCode.DAMAGED;
  }
}
