package tr.emanet.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tr.emanet.backup.restic.BackupPlan;
import tr.emanet.backup.restic.BackupProgress;
import tr.emanet.backup.restic.BackupRun;
import tr.emanet.backup.restic.Repository;
import tr.emanet.backup.restic.RepositoryLock;
import tr.emanet.backup.seal.BackupFacts;
import tr.emanet.backup.seal.SealMark;
import tr.emanet.backup.seal.SnapshotState;
import tr.emanet.backup.target.Targets;

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
      description =
          "Backs up paths, or standard input, into one snapshot; exit code 5 when some could not be"
              + " read.")
  static final class Run implements Callable<Integer> {

    @Mixin private RepositoryOptions options = new RepositoryOptions();

    @Mixin private SealKeyOption key = new SealKeyOption();

    @Option(names = "--repo", paramLabel = "REPO", required = true, description = "The repository")
    private String address = "";

    @Mixin private StandardInput input = new StandardInput();

    @Parameters(
        arity = "0..*",
        paramLabel = "PATH",
        description =
            "What is backed up; a program with its arguments after --stdin-from-command --")
    private List<String> paths = List.of();

    private final PrintStream out;

    Run(PrintStream out) {
      this.out = out;
    }

    @Override
    public Integer call() throws IOException, CommandFailed {
      InstantSource clock = InstantSource.system();
      BackupPlan plan = input.plan(paths, System.in, clock.instant());
      try (Targets.OpenTarget place = options.target(address, key);
          Repository repository = options.open(place);
          RepositoryLock lock = RepositoryLock.take(repository, false, clock)) {
        apart(place.target().directory());
        BackupRun.Result result = sealed(repository, lock, plan);
        result.unread().forEach(u -> out.println("NOT READ: " + u.path() + ": " + u.why()));
        long more = result.allUnread() - result.unread().size();
        if (more > 0) {
          out.println("NOT READ and not listed: " + more + " more");
        }
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
        return result.allUnread() == 0 ? ExitCode.OK : ExitCode.INCOMPLETE;
      }
    }

    private void apart(@Nullable Path directory) throws IOException, CommandFailed {
      for (Path path : input.paths(paths)) {
        if (directory != null && directory.toRealPath().startsWith(path.toRealPath())) {
          throw new CommandFailed(
              ExitCode.USAGE, "the repository lies inside of '" + path + "'; put it elsewhere");
        }
      }
    }

    /** Runs, and seals what it wrote when a key is named. */
    private BackupRun.Result sealed(Repository repository, RepositoryLock lock, BackupPlan plan)
        throws IOException, CommandFailed {
      if (!key.isNamed()) {
        return BackupRun.run(repository, plan, BackupProgress.NONE, lock);
      }
      return key.work(
          seals -> {
            SealMark before = seals.mark(repository);
            BackupRun.Result result = BackupRun.run(repository, plan, BackupProgress.NONE, lock);
            out.println(SealKeyOption.said(seals.sealBackup(repository, before, facts(result))));
            return result;
          });
    }

    private static BackupFacts facts(BackupRun.Result result) {
      BackupRun.Counts counts = result.counts();
      return new BackupFacts(
          result.snapshot().hex(),
          "",
          "",
          result.allUnread() == 0 ? SnapshotState.COMPLETE : SnapshotState.INCOMPLETE,
          Map.of(
              "unread", result.allUnread(),
              "entries", counts.entries(),
              "read_bytes", counts.read(),
              "new_bytes", counts.newBytes(),
              "stored_bytes", counts.stored()),
          result.unread().stream().map(u -> u.path() + ": " + u.why()).toList());
    }
  }
}
