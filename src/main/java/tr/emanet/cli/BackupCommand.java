package tr.emanet.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tr.emanet.backup.restic.BackupRun;
import tr.emanet.backup.restic.Repository;
import tr.emanet.backup.restic.RepositoryLock;

/** {@code emanet backup ...}; needs no running service. */
@Command(name = "backup", description = "Backs up files and directories; keys of repositories.")
final class BackupCommand implements Runnable {

  @Spec private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "name one of run, ls, find, keys");
  }

  /** Makes a snapshot. */
  @Command(
      name = "run",
      description = "Backs up paths into one snapshot; exit code 5 when some could not be read.")
  static final class Run implements Callable<Integer> {

    @Mixin private RepositoryOptions options = new RepositoryOptions();

    @Option(names = "--repo", paramLabel = "DIR", required = true, description = "The repository")
    private Path directory = Path.of("");

    @Parameters(arity = "1..*", paramLabel = "PATH", description = "What is backed up")
    private List<Path> paths = List.of();

    private final PrintStream out;

    Run(PrintStream out) {
      this.out = out;
    }

    @Override
    public Integer call() throws IOException, CommandFailed {
      for (Path path : paths) {
        if (directory.toRealPath().startsWith(path.toRealPath())) {
          throw new CommandFailed(
              ExitCode.USAGE, "the repository lies inside of '" + path + "'; put it elsewhere");
        }
      }
      InstantSource clock = InstantSource.system();
      try (Repository repository = options.open(directory);
          RepositoryLock lock = RepositoryLock.take(repository, false, clock)) {
        BackupRun.Result result = BackupRun.run(repository, paths, clock.instant(), lock);
        result.unread().forEach(u -> out.println("NOT READ: " + u.path() + ": " + u.why()));
        BackupRun.Counts counts = result.counts();
        out.println(
            counts.entries()
                + " entries, "
                + counts.unchanged()
                + " files unchanged, "
                + counts.read()
                + " bytes read, "
                + counts.newBytes()
                + " new, "
                + counts.stored()
                + " stored");
        out.println("snapshot " + result.snapshot());
        return result.unread().isEmpty() ? ExitCode.OK : ExitCode.INCOMPLETE;
      }
    }
  }
}
