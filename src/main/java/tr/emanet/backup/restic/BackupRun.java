package tr.emanet.backup.restic;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ForkJoinPool;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.BackupException;
import tr.emanet.backup.FileNames;
import tr.emanet.backup.MountTable;
import tr.emanet.backup.ObjectKind;

/**
 * One backup of files, directories and streams into a snapshot.
 *
 * <p>A few threads share the work: list, read, cut, pack, seal. A file that is as the parent
 * snapshot has it (type, size, times, inode) is not read. What cannot be read is listed in the
 * result and makes it incomplete; what cannot be written, and a required stream that fails, end the
 * run without a snapshot. What was stored until then, and listed in an index file, the next run
 * finds. One use.
 */
public final class BackupRun {

  private final Repository repository;
  private final BackupPlan plan;
  private final ProgressMeter meter;

  /** Whether the snapshot has all that it should. */
  public enum State {
    COMPLETE,
    INCOMPLETE
  }

  /** A file or directory that could not be read; both as one line, see {@link GoQuote}. */
  public record Unread(String path, String why) {}

  /**
   * What a run did.
   *
   * @param unread the first 10,000 of what could not be read, by the bytes of their paths
   * @param allUnread how many there were; 0 when the snapshot is complete
   */
  public record Result(
      Id snapshot,
      Id tree,
      Counts counts,
      List<Unread> unread,
      long allUnread,
      @Nullable Id parent) {

    public State state() {
      return allUnread == 0 ? State.COMPLETE : State.INCOMPLETE;
    }
  }

  /**
   * What a run met and stored.
   *
   * @param entries entries of every type
   * @param unchanged files with the bytes of the parent, read again or not
   * @param read bytes read
   * @param newBlobs blobs stored; {@code newBytes} plain, {@code stored} as packs
   * @param files files in the snapshot, {@code bytes} theirs
   * @param scrambled new and changed files that look encrypted now and did not before
   */
  public record Counts(
      long entries,
      long unchanged,
      long read,
      long newBlobs,
      long newBytes,
      long stored,
      long files,
      long bytes,
      long scrambled) {}

  private BackupRun(Repository repository, BackupPlan plan, BackupProgress progress) {
    this.repository = repository;
    this.plan = plan;
    this.meter = new ProgressMeter(progress);
  }

  /**
   * Backs up the paths into a new snapshot; the lock need not be exclusive.
   *
   * @throws IOException when the repository cannot be read or written; no snapshot is made then
   */
  public static Result run(
      Repository repository, List<Path> paths, Instant now, RepositoryLock lock)
      throws IOException {
    return run(repository, BackupPlan.of(paths, now), BackupProgress.NONE, lock);
  }

  /**
   * Carries out the plan; the lock need not be exclusive.
   *
   * @throws BackupStopped when the listener says so
   * @throws BackupException when a root is missing, lies in the repository or around it, or a
   *     required stream fails
   * @throws IOException when the repository cannot be read or written; no snapshot is made then
   */
  public static Result run(
      Repository repository, BackupPlan plan, BackupProgress progress, RepositoryLock lock)
      throws IOException {
    return run(repository, plan, progress, lock, BlobWriter.INDEX_PERIOD);
  }

  /** As the other; packs are listed in an index file after that long at the latest. */
  static Result run(
      Repository repository,
      BackupPlan plan,
      BackupProgress progress,
      RepositoryLock lock,
      Duration indexPeriod)
      throws IOException {
    BackupRun run = new BackupRun(repository, plan, progress);
    List<Path> roots = run.roots();
    Snapshot parent = run.parent();
    BlobIndex index;
    try (Workbench bench = repository.workbench()) {
      index = repository.loadIndex(bench);
    }
    try (run.meter;
        Benches benches = new Benches(repository)) {
      BlobWriter writer = new BlobWriter(repository, index, indexPeriod);
      TreeSaver.Stores stores = new TreeSaver.Stores(repository, index, writer, benches);
      TreeSaver saver = new TreeSaver(stores, plan, run.meter);
      run.meter.scan(roots, plan.exclude());
      Id tree = save(saver, roots, parent);
      return run.snapshot(tree, saver, writer, parent, lock);
    }
  }

  private static Id save(TreeSaver saver, List<Path> roots, @Nullable Snapshot parent)
      throws IOException {
    int cores = Runtime.getRuntime().availableProcessors();
    // Some wait for disks while the others compute.
    try (ForkJoinPool pool = new ForkJoinPool(Math.min(cores, 4) + 1)) {
      return pool.submit(() -> saver.top(roots, parent == null ? null : parent.tree())).join();
    } catch (RuntimeException e) {
      IOException first = saver.failure();
      if (first != null) {
        throw first;
      }
      throw e;
    }
  }

  private List<Path> roots() throws BackupException {
    List<Path> roots = new ArrayList<>();
    for (Path path : plan.roots()) {
      Path root = path.toAbsolutePath().normalize();
      if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
        throw new BackupException("'" + path + "' does not exist; nothing was backed up");
      }
      apart(root);
      roots.add(root);
    }
    if (roots.isEmpty() && plan.streams().isEmpty()) {
      throw new BackupException("the plan names nothing to back up");
    }
    Set<Path> streams = new HashSet<>();
    for (StreamSource stream : plan.streams()) {
      Path path = Path.of(stream.name());
      for (Path other : streams) {
        if (path.startsWith(other) || other.startsWith(path)) {
          throw new BackupException(stream.name() + " and " + other + " cannot both be files");
        }
      }
      for (Path root : roots) {
        if (path.startsWith(root) || root.startsWith(path)) {
          throw new BackupException(stream.name() + " lies in '" + root + "'; name it otherwise");
        }
      }
      streams.add(path);
    }
    return roots;
  }

  /** A repository that backs itself up grows with each run and holds nothing of worth. */
  private void apart(Path root) throws BackupException {
    Path store = repository.target().directory();
    if (store == null) {
      return;
    }
    try {
      Path real = store.toRealPath();
      Path source = root.toRealPath();
      if (source.startsWith(real)) {
        throw new BackupException("'" + root + "' lies in the repository " + store);
      }
      // By a bind mount it may lie there under a name that its own path does not tell.
      for (Path name : MountTable.now().names(real)) {
        if (name.startsWith(source) && !excluded(source, name)) {
          throw new BackupException(
              "the repository "
                  + store
                  + " lies inside of '"
                  + root
                  + "'"
                  + (name.equals(real) ? "" : " as " + name)
                  + "; put it elsewhere or exclude it");
        }
      }
    } catch (BackupException e) {
      throw e;
    } catch (IOException e) {
      throw new BackupException("'" + root + "' or " + store + " cannot be resolved", e);
    }
  }

  private boolean excluded(Path source, Path name) {
    Path at = source;
    for (Path element : source.relativize(name)) {
      at = at.resolve(element);
      if (plan.exclude().fits(at, FileNames.last(at))) {
        return true;
      }
    }
    return false;
  }

  private String host() {
    String named = plan.host();
    return named == null ? repository.origin().host() : named;
  }

  private @Nullable Snapshot parent() throws IOException {
    return switch (plan.parent()) {
      case BackupPlan.Parent.None() -> null;
      case BackupPlan.Parent.Given(Id id) -> Snapshot.find(repository, id.hex());
      case BackupPlan.Parent.Latest() -> {
        Snapshot latest = null;
        for (Snapshot candidate : Snapshot.all(repository)) {
          if (candidate.paths().equals(plan.names())
              && candidate.host().equals(host())
              && candidate.tags().equals(plan.tags())) {
            latest = candidate;
          }
        }
        yield latest;
      }
    };
  }

  private Result snapshot(
      Id tree, TreeSaver saver, BlobWriter writer, @Nullable Snapshot parent, RepositoryLock lock)
      throws IOException {
    try (Workbench bench = repository.workbench()) {
      writer.flush(bench);
      // A prune that found no lock of ours may have taken what we rely on.
      lock.held();
      Id parentId = parent == null ? null : parent.id();
      FileCounts files = saver.counts();
      Counts counts =
          new Counts(
              meter.entries(),
              files.unchanged(),
              saver.read(),
              writer.newBlobs(),
              writer.newBytes(),
              writer.storedBytes(),
              files.all(),
              meter.bytes(),
              files.scrambled());
      byte[] json =
          Snapshot.encode(
              new Snapshot(
                  tree,
                  plan.time(),
                  tree,
                  plan.names(),
                  host(),
                  repository.origin().user(),
                  plan.tags()),
              parentId,
              repository.origin(),
              new Snapshot.Summary(files.fresh(), files.changed(), counts));
      Id id = repository.save(ObjectKind.SNAPSHOT, json, bench);
      meter.end();
      UnreadFiles unread = saver.unread();
      return new Result(id, tree, counts, unread.first(), unread.count(), parentId);
    }
  }
}
