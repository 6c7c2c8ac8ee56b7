package tr.emanet.backup.proof;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.BackupException;
import tr.emanet.backup.DiskReserve;
import tr.emanet.backup.restic.Contents;
import tr.emanet.backup.restic.Repository;
import tr.emanet.backup.restic.Snapshot;
import tr.emanet.backup.restore.RestoreProgress;
import tr.emanet.backup.restore.RestoreReport;
import tr.emanet.backup.restore.RestoreRequest;
import tr.emanet.backup.restore.RestoreRun;
import tr.emanet.backup.restore.SnapshotPath;

/**
 * Restores a snapshot into a sandbox, reads there what was written, and removes it again. The
 * restore compares each blob before it is written; the second reading opens the files anew and
 * compares what the disk gives back. One thread; the caller holds a lock of the repository.
 */
public final class DrillRun {

  /** The most problems that are kept word for word. */
  private static final int KEPT = 100;

  /** After so many bytes it is looked again whether there is room. */
  private static final long LOOK = 64L << 20;

  private final Path sandbox;
  private final Random random;
  private final DatabaseProof databases;
  private final DiskReserve reserve;
  private final ProofWatch watch;
  private final List<String> problems = new ArrayList<>();

  /**
   * Makes it.
   *
   * @param sandbox a directory that is made for this drill and removed after it
   */
  public DrillRun(
      Path sandbox, Random random, DatabaseProof databases, DiskReserve reserve, ProofWatch watch) {
    this.sandbox = sandbox.toAbsolutePath().normalize();
    this.random = random;
    this.databases = databases;
    this.reserve = reserve;
    this.watch = watch;
  }

  /**
   * Numbers of a drill.
   *
   * @param inSnapshot files of the snapshot
   * @param restored files that were restored, {@code bytes} theirs
   * @param verified blobs that the restore compared with their SHA-256
   * @param hashedFiles files read again from the disk, {@code hashedBytes} theirs
   * @param leftOut devices, sockets and the like, which a sandbox does not get
   */
  public record Figures(
      long inSnapshot,
      long restored,
      long bytes,
      long verified,
      long hashedFiles,
      long hashedBytes,
      long leftOut) {

    public static final Figures NONE = new Figures(0, 0, 0, 0, 0, 0, 0);
  }

  /**
   * What came of it.
   *
   * @param digest SHA-256 of the list of all restored files, each line as {@code sha256sum} has it,
   *     in the order of the snapshot's trees
   * @param problems the first of them, {@code count} all
   */
  public record Outcome(
      Figures figures,
      String digest,
      List<DatabaseProof.Line> databases,
      List<String> problems,
      int count,
      boolean stopped) {

    public Outcome {
      count = Math.max(count, problems.size());
      databases = List.copyOf(databases);
      problems = List.copyOf(problems.subList(0, Math.min(KEPT, problems.size())));
    }

    /** Whether the snapshot came back as it was. */
    public boolean passed() {
      return count == 0 && !stopped;
    }
  }

  /**
   * Runs the drill.
   *
   * @throws IOException when there is no room, or the sandbox cannot be used; a snapshot that does
   *     not come back is an outcome, not an exception
   */
  public Outcome run(Repository repository, Snapshot snapshot, DrillScope scope)
      throws IOException, InterruptedException {
    remove(sandbox);
    try (Contents contents = Contents.open(repository)) {
      Survey survey = Survey.of(contents, snapshot, scope, random);
      problems.addAll(survey.problems());
      long bytes =
          scope.whole()
              ? survey.bytes()
              : survey.chosen().stream().mapToLong(c -> c.node().facts().size()).sum();
      makeRoom(bytes);
      if (survey.files() == 0 && problems.isEmpty()) {
        problems.add("/: the snapshot holds no file; nothing is proven by it");
      }
      RestoreReport report = restore(repository, snapshot, scope, survey, bytes);
      for (RestoreReport.Entry entry : report.problems()) {
        problems.add(entry.path() + ": " + entry.why());
      }
      SecondReading second =
          new SecondReading(contents, problems, watch, report.counts().bytes(), bytes * 2);
      String digest =
          watch.stopped() ? "" : second.read(snapshot, sandbox, scope.whole() ? null : survey);
      List<DatabaseProof.Line> lines = watch.stopped() ? List.of() : databases(second.counts());
      RestoreReport.Counts counts = report.counts();
      return new Outcome(
          new Figures(
              survey.files(),
              counts.written(),
              counts.bytes(),
              counts.verified(),
              second.files(),
              second.bytes(),
              counts.leftOut()),
          digest,
          lines,
          problems,
          0,
          watch.stopped() || report.stopped());
    } finally {
      remove(sandbox);
    }
  }

  private void makeRoom(long bytes) throws IOException {
    Path parent = sandbox.getParent();
    if (parent == null) {
      throw new BackupException("'" + sandbox + "' cannot be a sandbox");
    }
    Files.createDirectories(parent);
    long room = Math.max(0, reserve.spare(parent));
    if (bytes > room) {
      throw new BackupException(
          "the drill needs "
              + bytes
              + " bytes and "
              + parent
              + " may take "
              + room
              + " more; choose a sample, or make room");
    }
    Files.createDirectory(
        sandbox,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  private RestoreReport restore(
      Repository repository, Snapshot snapshot, DrillScope scope, Survey survey, long bytes)
      throws IOException {
    List<SnapshotPath> selection = new ArrayList<>();
    if (scope.whole() || survey.chosen().isEmpty()) {
      selection.add(SnapshotPath.ROOT);
    } else {
      for (Survey.Chosen file : survey.chosen()) {
        selection.add(SnapshotPath.parse(file.path()));
      }
    }
    Room room = new Room(bytes);
    RestoreReport report =
        RestoreRun.run(
            repository,
            new RestoreRequest(
                snapshot, selection, sandbox.toRealPath(), RestoreRequest.Options.CAREFUL, null),
            room);
    if (room.full) {
      throw new BackupException(
          "the drill was ended: others filled the disk of " + sandbox + ", and intake goes first");
    }
    return report;
  }

  /** Hears the restore and ends it when the disk is about to be too full for intake. */
  private final class Room implements RestoreProgress {
    private final long bytes;
    private final AtomicLong next = new AtomicLong();
    private volatile boolean full;

    Room(long bytes) {
      this.bytes = bytes;
    }

    @Override
    public void done(long done, long files, String current) {
      watch.at(done, bytes * 2, current);
      long due = next.get();
      if (done >= due && next.compareAndSet(due, done + LOOK)) {
        try {
          if (reserve.spare(sandbox) < 0) {
            full = true;
          }
        } catch (IOException e) {
          full = true; // who cannot ask the disk must not fill it
        }
      }
    }

    @Override
    public boolean stopped() {
      return full || watch.stopped();
    }
  }

  private List<DatabaseProof.Line> databases(List<Path> counts) throws InterruptedException {
    List<DatabaseProof.Line> lines = new ArrayList<>();
    for (Path file : counts) {
      watch.at(0, 0, String.valueOf(file.getFileName()));
      try {
        lines.addAll(databases.prove(file, watch::stopped));
      } catch (IOException e) {
        problems.add(file.getFileName() + ": " + e.getMessage());
      }
    }
    for (DatabaseProof.Line line : lines) {
      if (!line.good()) {
        problems.add(
            line.database()
                + (line.table().isEmpty() ? "" : ", " + line.table())
                + ": "
                + (line.problem().isEmpty()
                    ? line.found() + " rows, and " + line.expected() + " at the backup"
                    : line.problem()));
      }
    }
    return lines;
  }

  /** Removes what a drill left, the process having ended in it; links are not followed. */
  static void remove(Path directory) throws IOException {
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Path ignored =
        Files.walkFileTree(
            directory,
            new SimpleFileVisitor<>() {
              @Override
              public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes facts)
                  throws IOException {
                // A directory may have come back as one that its owner may not change.
                Objects.requireNonNull(
                    Files.setPosixFilePermissions(
                        dir, PosixFilePermissions.fromString("rwx------")));
                return FileVisitResult.CONTINUE;
              }

              @Override
              public FileVisitResult visitFile(Path file, BasicFileAttributes facts)
                  throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
              }

              @Override
              public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                throw e;
              }

              @Override
              public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException e)
                  throws IOException {
                if (e != null) {
                  throw e;
                }
                Files.delete(dir);
                return FileVisitResult.CONTINUE;
              }
            });
  }
}
