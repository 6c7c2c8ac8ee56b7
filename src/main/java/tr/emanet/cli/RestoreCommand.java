package tr.emanet.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tr.emanet.backup.restic.Origin;
import tr.emanet.backup.restic.Repository;
import tr.emanet.backup.restic.RepositoryLock;
import tr.emanet.backup.restic.Snapshot;
import tr.emanet.backup.restore.RestorePreview;
import tr.emanet.backup.restore.RestoreProgress;
import tr.emanet.backup.restore.RestoreReport;
import tr.emanet.backup.restore.RestoreRequest;
import tr.emanet.backup.restore.RestoreRun;
import tr.emanet.backup.restore.SnapshotArchive;
import tr.emanet.backup.restore.SnapshotPath;
import tr.emanet.backup.target.Targets;

/** {@code emanet restore}: a snapshot, or a part of it, without a running service. */
@Command(
    name = "restore",
    description =
        "Restores a snapshot or parts of it; exit code 5 when something was kept, left out or"
            + " failed.")
final class RestoreCommand implements Callable<Integer> {

  @Mixin private RepositoryOptions options = new RepositoryOptions();

  @Option(names = "--repo", paramLabel = "REPO", required = true, description = "The repository")
  private String address = "";

  @Option(names = "--target", paramLabel = "DIR", description = "Where to; / over the original")
  private @Nullable Path target;

  @Option(names = "--zip", paramLabel = "FILE", description = "Writes a new zip file instead")
  private @Nullable Path zip;

  @Option(names = "--tar", paramLabel = "FILE", description = "Writes a new tar file instead")
  private @Nullable Path tar;

  @Option(names = "--path", paramLabel = "PATH", description = "Only this; may be repeated")
  private List<String> paths = List.of("/");

  @Option(names = "--dry-run", description = "Says what would be done, and writes nothing")
  private boolean dryRun;

  @Option(
      names = "--overwrite",
      paramLabel = "WHEN",
      description = "never (default), different or always; nothing is ever deleted")
  private String overwrite = "never";

  @Option(
      names = {"--allow-special", "--special"},
      description = "Restores setuid bits, device nodes and attributes of the system too")
  private boolean special;

  @Option(
      names = "--over-mounts",
      description = "Restores into file systems, too, that are mounted below the target")
  private boolean overMounts;

  @Option(names = "--journal", paramLabel = "FILE", description = "Goes on after a kill with it")
  private @Nullable Path journal;

  @Option(names = "--report", paramLabel = "FILE", description = "Writes the report as JSON")
  private @Nullable Path reportFile;

  @Parameters(index = "0", paramLabel = "SNAPSHOT", description = "First digits, or latest")
  private String snapshot = "latest";

  private final PrintStream out;

  RestoreCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() throws IOException, CommandFailed {
    int places = (target == null ? 0 : 1) + (zip == null ? 0 : 1) + (tar == null ? 0 : 1);
    if (places != 1) {
      throw new CommandFailed(ExitCode.USAGE, "name one of --target DIR, --zip FILE, --tar FILE");
    }
    List<SnapshotPath> selection = new ArrayList<>();
    for (String path : paths) {
      selection.add(SnapshotPath.parse(path));
    }
    try (Targets.OpenTarget place = options.target(address);
        Repository repository = options.open(place);
        RepositoryLock lock = RepositoryLock.take(repository, false, InstantSource.system())) {
      Snapshot found = Snapshot.find(repository, snapshot);
      int code;
      Path into = target;
      if (into != null) {
        boolean owners = Origin.ofThisProcess().uid() == 0;
        RestoreRequest.Options how =
            new RestoreRequest.Options(policy(), true, overMounts, special, owners);
        RestoreRequest request = new RestoreRequest(found, selection, real(into), how, journal);
        code = dryRun ? preview(repository, request) : restore(repository, request);
      } else {
        code = archive(repository, found, selection);
      }
      lock.held();
      return code;
    }
  }

  /**
   * The directory that the operator means: the way to it may lead through links, but from here on
   * none is followed, nor may the directory itself be one.
   */
  private static Path real(Path target) throws IOException {
    Path whole = target.toAbsolutePath().normalize();
    Path at = whole.getParent();
    while (at != null && !Files.exists(at)) {
      at = at.getParent();
    }
    return at == null ? whole : at.toRealPath().resolve(at.relativize(whole));
  }

  private RestoreRequest.Overwrite policy() throws CommandFailed {
    return switch (overwrite) {
      case "never" -> RestoreRequest.Overwrite.NEVER;
      case "different" -> RestoreRequest.Overwrite.IF_DIFFERENT;
      case "always" -> RestoreRequest.Overwrite.ALWAYS;
      default ->
          throw new CommandFailed(ExitCode.USAGE, "--overwrite is never, different or always");
    };
  }

  private int preview(Repository repository, RestoreRequest request) throws IOException {
    RestorePreview preview = RestoreRun.preview(repository, request, RestoreProgress.NONE);
    for (RestorePreview.Overwrite entry : preview.overwrites()) {
      out.println(
          "OVERWRITES: " + entry.path() + ": " + entry.size() + " bytes of " + entry.modified());
    }
    preview.obstacles().forEach(o -> out.println("OBSTACLE: " + o.path() + ": " + o.why()));
    out.println(
        preview.files()
            + " files, "
            + preview.directories()
            + " directories, "
            + preview.others()
            + " others, "
            + preview.bytes()
            + " bytes; "
            + preview.overwritten()
            + " would be overwritten, "
            + preview.kept()
            + " kept, "
            + preview.presumedEqual()
            + " have the same size and time and would be compared");
    return preview.obstacles().isEmpty() ? ExitCode.OK : ExitCode.INCOMPLETE;
  }

  private int restore(Repository repository, RestoreRequest request) throws IOException {
    RestoreReport report = RestoreRun.run(repository, request, RestoreProgress.NONE);
    report.problems().forEach(p -> out.println("PROBLEM: " + p.path() + ": " + p.why()));
    report.leftOut().forEach(p -> out.println("LEFT OUT: " + p.path() + ": " + p.why()));
    RestoreReport.Counts counts = report.counts();
    out.println(
        counts.written()
            + " files, "
            + counts.bytes()
            + " bytes of snapshot "
            + report.snapshot()
            + "; "
            + counts.equal()
            + " equal, "
            + counts.kept()
            + " kept, "
            + counts.overwritten()
            + " overwritten, "
            + counts.verified()
            + " blobs verified, "
            + counts.failed()
            + " failed");
    Path file = reportFile;
    if (file != null) {
      Files.write(file, report.json());
    }
    boolean whole = report.whole() && counts.leftOut() == 0;
    return whole ? ExitCode.OK : ExitCode.INCOMPLETE;
  }

  private static OutputStream made(Path file) throws IOException, CommandFailed {
    try {
      return Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (FileAlreadyExistsException e) {
      throw new CommandFailed(
          ExitCode.USAGE, "'" + file + "' is there already; name a file that is not");
    }
  }

  private int archive(Repository repository, Snapshot found, List<SnapshotPath> selection)
      throws IOException, CommandFailed {
    Path asTar = tar;
    Path file = asTar != null ? asTar : Objects.requireNonNull(zip);
    SnapshotArchive.Format format =
        asTar != null ? SnapshotArchive.Format.TAR : SnapshotArchive.Format.ZIP;
    boolean whole = false;
    // Opened before the try: what could not be made by us is not ours to take away.
    OutputStream made = made(file);
    try (OutputStream stream = new BufferedOutputStream(made, 1 << 16)) {
      SnapshotArchive.Result result =
          SnapshotArchive.write(
              repository, found, selection, format, stream, Long.MAX_VALUE, RestoreProgress.NONE);
      stream.flush();
      whole = true;
      result.leftOut().forEach(p -> out.println("LEFT OUT: " + p.path() + ": " + p.why()));
      out.println(result.files() + " files, " + result.bytes() + " bytes in '" + file + "'");
      return result.leftOut().isEmpty() ? ExitCode.OK : ExitCode.INCOMPLETE;
    } finally {
      if (!whole) {
        Files.deleteIfExists(file);
      }
    }
  }
}
