package tr.emanet.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tr.emanet.backup.restic.Repository;
import tr.emanet.backup.restic.RepositoryLock;
import tr.emanet.backup.restic.Snapshot;
import tr.emanet.backup.restore.SnapshotBrowser;
import tr.emanet.backup.restore.SnapshotPath;
import tr.emanet.backup.target.Targets;

/** {@code emanet backup ls} and {@code find}: look into snapshots without restoring them. */
final class BrowseCommands {

  private BrowseCommands() {}

  private static String line(SnapshotBrowser.Entry entry) {
    return entry.type() + "\t" + entry.size() + "\t" + entry.modified() + "\t" + entry.path();
  }

  /** Lists one directory of a snapshot. */
  @Command(name = "ls", description = "Lists a directory of a snapshot.")
  static final class Ls implements Callable<Integer> {

    @Mixin private RepositoryOptions options = new RepositoryOptions();

    @Option(names = "--repo", paramLabel = "REPO", required = true, description = "The repository")
    private String address = "";

    @Parameters(index = "0", paramLabel = "SNAPSHOT", description = "First digits, or latest")
    private String snapshot = "latest";

    @Parameters(index = "1", arity = "0..1", paramLabel = "PATH", description = "A directory of it")
    private String path = "/";

    private final PrintStream out;

    Ls(PrintStream out) {
      this.out = out;
    }

    @Override
    public Integer call() throws IOException, CommandFailed {
      try (Targets.OpenTarget place = options.target(address);
          Repository repository = options.open(place);
          RepositoryLock lock = RepositoryLock.take(repository, false, InstantSource.system());
          SnapshotBrowser browser = SnapshotBrowser.open(repository)) {
        Snapshot found = Snapshot.find(repository, snapshot);
        SnapshotPath where = SnapshotPath.parse(path);
        int offset = 0;
        SnapshotBrowser.Page page;
        do {
          page = browser.list(found, where, offset, SnapshotBrowser.PAGE);
          page.entries().forEach(entry -> out.println(line(entry)));
          offset += page.entries().size();
        } while (!page.entries().isEmpty() && offset < page.total());
        lock.held();
        return ExitCode.OK;
      }
    }
  }

  /** Finds names over all snapshots. */
  @Command(
      name = "find",
      description =
          "Finds names in all snapshots; exit code 5 when there are more, or a part of a"
              + " snapshot cannot be read.")
  static final class Find implements Callable<Integer> {

    @Mixin private RepositoryOptions options = new RepositoryOptions();

    @Option(names = "--repo", paramLabel = "REPO", required = true, description = "The repository")
    private String address = "";

    @Option(
        names = "--limit",
        paramLabel = "N",
        defaultValue = "1000",
        description = "At most that many, 1 to 1000")
    private int limit;

    @Parameters(index = "0", paramLabel = "TEXT", description = "A part of the name, in any case")
    private String text = "";

    private final PrintStream out;

    Find(PrintStream out) {
      this.out = out;
    }

    @Override
    public Integer call() throws IOException, CommandFailed {
      if (limit < 1 || limit > SnapshotBrowser.PAGE) {
        throw new CommandFailed(ExitCode.USAGE, "--limit is 1 to " + SnapshotBrowser.PAGE);
      }
      try (Targets.OpenTarget place = options.target(address);
          Repository repository = options.open(place);
          RepositoryLock lock = RepositoryLock.take(repository, false, InstantSource.system());
          SnapshotBrowser browser = SnapshotBrowser.open(repository)) {
        List<Snapshot> all = Snapshot.all(repository).reversed();
        SnapshotBrowser.Hits hits = browser.find(all, SnapshotPath.ROOT, text, 0, limit);
        for (SnapshotBrowser.Hit hit : hits.hits()) {
          out.println(hit.snapshot().id().brief() + "\t" + line(hit.entry()));
        }
        if (hits.unreadable() > 0) {
          out.println("NOT READ: " + hits.unreadable() + " directories");
        }
        lock.held();
        return hits.more() || hits.unreadable() > 0 ? ExitCode.INCOMPLETE : ExitCode.OK;
      }
    }
  }
}
