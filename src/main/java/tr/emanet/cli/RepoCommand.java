package tr.emanet.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tr.emanet.backup.restic.CheckRun;
import tr.emanet.backup.restic.Inventory;
import tr.emanet.backup.restic.Origin;
import tr.emanet.backup.restic.Repository;
import tr.emanet.backup.restic.RepositoryLock;
import tr.emanet.backup.restic.Snapshot;
import tr.emanet.backup.restic.TreeListing;
import tr.emanet.backup.seal.SealedInventory;
import tr.emanet.backup.target.Targets;

/** {@code emanet repo ...}: backup repositories in a directory, without a running service. */
@Command(
    name = "repo",
    description = "Makes, checks and lists backup repositories (restic format 2).")
final class RepoCommand implements Runnable {

  @Spec private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(),
        "name one of init, check, copy, snapshots, ls, forget, prune, repair, seal, unlock");
  }

  /** What all of them take. */
  abstract static class OnRepository implements Callable<Integer> {

    @Mixin protected RepositoryOptions options = new RepositoryOptions();

    @Parameters(
        index = "0",
        paramLabel = "REPO",
        description = "A directory, sftp://USER@HOST//PATH, s3:https://... or rest:https://...")
    protected String address = "";

    protected final PrintStream out;

    OnRepository(PrintStream out) {
      this.out = out;
    }

    @Override
    public Integer call() throws IOException, CommandFailed {
      try (Targets.OpenTarget place = options.target(address, seal());
          Repository repository = options.open(place)) {
        return run(repository);
      }
    }

    /** What seals the work; nothing for a command that changes nothing that is sealed. */
    SealKeyOption seal() {
      return new SealKeyOption();
    }

    abstract int run(Repository repository) throws IOException, CommandFailed;
  }

  /** Makes a repository. */
  @Command(name = "init", description = "Makes an empty repository in a new or empty place.")
  static final class Init extends OnRepository {

    Init(PrintStream out) {
      super(out);
    }

    @Override
    public Integer call() throws IOException, CommandFailed {
      try (Targets.OpenTarget place = options.target(address);
          Repository repository =
              Repository.init(
                  place.target(),
                  options.password(),
                  new SecureRandom(),
                  Origin.ofThisProcess(),
                  InstantSource.system().instant())) {
        return run(repository);
      }
    }

    @Override
    int run(Repository repository) {
      out.println("made repository " + repository.id() + " in " + address);
      return ExitCode.OK;
    }
  }

  /** Checks a repository. */
  @Command(
      name = "check",
      description = "Checks every object; exit code 4 when something is damaged.")
  static final class Check extends OnRepository {

    @Option(names = "--read-data", description = "Reads every byte of every pack too")
    private boolean readData;

    @Option(
        names = "--no-lock",
        description = "Takes no lock: for a repository that cannot be written")
    private boolean noLock;

    Check(PrintStream out) {
      super(out);
    }

    @Override
    int run(Repository repository) throws IOException {
      CheckRun.Report report = check(repository);
      report.notes().forEach(note -> out.println("note: " + note));
      report.problems().forEach(p -> out.println("DAMAGED: " + p.object() + ": " + p.what()));
      out.println(
          report.snapshots()
              + " snapshots, "
              + report.trees()
              + " trees, "
              + report.blobs()
              + " blobs in "
              + report.packs()
              + " packs, "
              + report.bytesRead()
              + " bytes read");
      out.println(report.sound() ? "the repository is sound" : "the repository is damaged");
      return report.sound() ? ExitCode.OK : ExitCode.DAMAGED;
    }

    private CheckRun.Report check(Repository repository) throws IOException {
      if (noLock) {
        return run(repository, SealedInventory.of(repository.target()).orElse(null));
      }
      // Shared: what a prune removes meanwhile would look like damage.
      try (RepositoryLock _ = RepositoryLock.take(repository, false, InstantSource.system())) {
        return run(repository, SealedInventory.of(repository.target()).orElse(null));
      }
    }

    private CheckRun.Report run(Repository repository, @Nullable Inventory promised)
        throws IOException {
      return promised == null
          ? CheckRun.run(repository, readData)
          : CheckRun.run(repository, readData, promised);
    }
  }

  /** Lists snapshots. */
  @Command(name = "snapshots", description = "Lists the snapshots, the oldest first.")
  static final class Snapshots extends OnRepository {

    Snapshots(PrintStream out) {
      super(out);
    }

    @Override
    int run(Repository repository) throws IOException {
      for (Snapshot s : Snapshot.all(repository)) {
        out.println(
            s.id().brief()
                + "  "
                + s.time()
                + "  "
                + s.host()
                + "  "
                + String.join(" ", s.paths()));
      }
      return ExitCode.OK;
    }
  }

  /** Lists the files of a snapshot. */
  @Command(name = "ls", description = "Lists what a snapshot holds; names are quoted.")
  static final class Ls extends OnRepository {

    @Parameters(
        index = "1",
        paramLabel = "SNAPSHOT",
        defaultValue = "latest",
        description = "First digits of its id, or latest (default)")
    private String snapshot = "latest";

    Ls(PrintStream out) {
      super(out);
    }

    @Override
    int run(Repository repository) throws IOException {
      TreeListing.list(
          repository,
          Snapshot.find(repository, snapshot),
          (path, type, size, modified) ->
              out.println(type + "\t" + size + "\t" + modified + "\t" + path));
      return ExitCode.OK;
    }
  }
}
