package tr.emanet.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tr.emanet.backup.ObjectKind;
import tr.emanet.backup.Target;
import tr.emanet.backup.restic.CheckRun;
import tr.emanet.backup.restic.Repository;
import tr.emanet.backup.restic.RepositoryLock;
import tr.emanet.backup.target.Mirror;
import tr.emanet.backup.target.SideFiles;
import tr.emanet.backup.target.Targets;

/** {@code emanet repo copy}: a second copy of a repository, object by object. */
@Command(
    name = "copy",
    description = {
      "Copies what a second place lacks; each object is checked against its name on the way.",
      "The copy opens with the same passwords and can heal the first. Nothing is removed there.",
      "Exit code 4 when something could not be copied because it is damaged."
    })
final class RepoCopyCommand extends RepoCommand.OnRepository {

  private static final InstantSource CLOCK = InstantSource.system();

  @Parameters(index = "1", paramLabel = "TO", description = "The second place, in the same forms")
  private String to = "";

  @Option(
      names = "--to-access",
      paramLabel = "FILE",
      description = "How to identify at the server of the second place")
  private @Nullable Path toAccess;

  @Option(
      names = "--read-data",
      description = "Reads every byte of the copy afterwards, and checks it")
  private boolean readData;

  RepoCopyCommand(PrintStream out) {
    super(out);
  }

  @Override
  int run(Repository repository) throws IOException, CommandFailed {
    try (RepositoryLock lock = RepositoryLock.take(repository, false, CLOCK);
        Targets.OpenTarget place = RepositoryOptions.target(to, toAccess)) {
      Mirror.Result result = mirror(repository.target(), place);
      lock.held();
      result.problems().forEach(p -> out.println("NOT COPIED: " + p.object() + ": " + p.why()));
      out.println(
          result.copied()
              + " objects, "
              + result.bytes()
              + " bytes copied, "
              + result.present()
              + " were there"
              + (result.extra().isEmpty()
                  ? ""
                  : ", " + result.extra().size() + " are only in the copy"));
      boolean sound = result.complete() && (!readData || checked(place));
      return sound ? ExitCode.OK : ExitCode.DAMAGED;
    }
  }

  /** A prune of the copy meanwhile would remove what we take for present. */
  private Mirror.Result mirror(Target from, Targets.OpenTarget place)
      throws IOException, CommandFailed {
    Target target = place.target();
    Mirror mirror = new Mirror(from, target, (object, objects, bytes) -> {}, () -> false);
    Mirror.Result result;
    if (target.list(ObjectKind.CONFIG).isEmpty()) {
      result = mirror.run();
    } else {
      try (Repository copy = options.open(place);
          RepositoryLock lock = RepositoryLock.take(copy, false, CLOCK)) {
        result = mirror.run();
        lock.held();
      }
    }
    Path here = from.directory();
    Path there = target.directory();
    long files =
        here == null
            ? -1
            : there == null ? SideFiles.copy(here, target) : SideFiles.copy(here, there);
    if (files >= 0) {
      out.println(files + " files of seals and envelope copied");
    } else {
      out.println("note: seals and envelope are files beside the repository and are not copied");
    }
    return result;
  }

  private boolean checked(Targets.OpenTarget place) throws IOException, CommandFailed {
    try (Repository copy = options.open(place);
        RepositoryLock lock = RepositoryLock.take(copy, false, CLOCK)) {
      CheckRun.Report report = CheckRun.run(copy, true);
      lock.held();
      report.problems().forEach(p -> out.println("DAMAGED: " + p.object() + ": " + p.what()));
      out.println(report.sound() ? "the copy is sound" : "the copy is damaged");
      return report.sound();
    }
  }
}
