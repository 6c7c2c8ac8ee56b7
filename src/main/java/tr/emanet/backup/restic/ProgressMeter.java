package tr.emanet.backup.restic;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Counts for a {@link BackupProgress} and calls it now and then. Any thread. */
final class ProgressMeter implements AutoCloseable {

  private static final long PERIOD_NANOS = 200_000_000;

  private final BackupProgress progress;
  private final LongAdder entries = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final AtomicLong next = new AtomicLong(System.nanoTime());
  private final ReentrantLock one = new ReentrantLock();
  private volatile long totalEntries = -1;
  private volatile long totalBytes = -1;
  private @Nullable Thread scanner;

  ProgressMeter(BackupProgress progress) {
    this.progress = progress;
  }

  /** Counts, on a thread of its own, what there is to do. */
  void scan(List<Path> roots, ExcludePatterns exclude) {
    if (progress.wantsTotals()) {
      scanner = Thread.ofPlatform().daemon().name("backup-scan").start(() -> count(roots, exclude));
    }
  }

  private void count(List<Path> roots, ExcludePatterns exclude) {
    SourceReader source = new SourceReader();
    long[] sums = new long[2];
    for (Path root : roots) {
      count(root, exclude, source, sums);
    }
    if (!Thread.currentThread().isInterrupted()) {
      totalBytes = sums[1];
      totalEntries = sums[0];
    }
  }

  private static void count(Path path, ExcludePatterns exclude, SourceReader source, long[] sums) {
    if (Thread.currentThread().isInterrupted()) {
      return;
    }
    boolean directory;
    try {
      SourceReader.Size size = source.size(path);
      sums[0]++;
      sums[1] += size.bytes();
      directory = size.directory();
    } catch (IOException e) {
      return; // the run itself reports it
    }
    if (!directory) {
      return;
    }
    try (Stream<Path> children = Files.list(path)) {
      children
          .filter(child -> !exclude.fits(child, tr.emanet.backup.FileNames.last(child)))
          .forEach(child -> count(child, exclude, source, sums));
    } catch (IOException | java.io.UncheckedIOException e) {
      return; // the run itself reports it
    }
  }

  /**
   * Before an entry.
   *
   * @throws BackupStopped when it is to stop
   */
  void begin(Path path) throws BackupStopped {
    if (progress.stopRequested()) {
      throw new BackupStopped();
    }
    long due = next.get();
    long now = System.nanoTime();
    if (now - due >= 0 && next.compareAndSet(due, now + PERIOD_NANOS)) {
      report(path.toString());
    }
  }

  /** After an entry. */
  void done(long size) {
    entries.increment();
    bytes.add(size);
  }

  long entries() {
    return entries.sum();
  }

  long bytes() {
    return bytes.sum();
  }

  /** The last call. */
  void end() {
    report("");
  }

  private void report(String current) {
    one.lock();
    try {
      long total = totalEntries;
      progress.at(
          new BackupProgress.Moment(
              entries.sum(), bytes.sum(), total, total < 0 ? -1 : totalBytes, current));
    } finally {
      one.unlock();
    }
  }

  @Override
  public void close() {
    Thread running = scanner;
    if (running != null) {
      running.interrupt();
    }
  }
}
