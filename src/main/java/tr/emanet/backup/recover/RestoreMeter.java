package tr.emanet.backup.recover;

import java.io.Closeable;
import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tr.emanet.backup.restore.RestoreProgress;
import tr.emanet.job.JobRun;
import tr.emanet.job.Progress;

/**
 * Hears the engine and keeps, every second, how far a restore is: for the top bar, the page and the
 * curve. What the engine's threads call returns at once. To be closed.
 */
final class RestoreMeter implements RestoreProgress, Closeable {

  private static final Logger LOG = LoggerFactory.getLogger(RestoreMeter.class);
  private static final int MAX_CURRENT = 1000;

  private final RestoreStore store;
  private final long id;
  private final long total;
  private final JobRun run;
  private final InstantSource clock;
  private final ScheduledExecutorService beat =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("restore-meter").factory());
  private final Room room;
  private volatile boolean full;
  private volatile long bytes;
  private volatile long files;
  private volatile String current = "";
  private volatile long blobs;
  private volatile long failed;

  /** Says how many bytes may still be written. */
  @FunctionalInterface
  interface Room {
    long spare() throws IOException;
  }

  RestoreMeter(RestoreStore store, RestoreOrder order, JobRun run, InstantSource clock, Room room) {
    this.room = room;
    this.store = store;
    this.id = order.id();
    RestoreOrder.Forecast seen = order.forecast();
    this.total = seen == null ? 0 : seen.bytes();
    this.run = run;
    this.clock = clock;
  }

  /** Begins to keep. */
  RestoreMeter start() {
    look();
    var ignored = beat.scheduleWithFixedDelay(this::keep, 0, 1, TimeUnit.SECONDS);
    return this;
  }

  @Override
  public synchronized void done(long nowBytes, long nowFiles, String now) {
    bytes = Math.max(bytes, nowBytes);
    files = Math.max(files, nowFiles);
    current = now;
  }

  @Override
  public void verified(long nowBlobs, long nowFailed) {
    blobs = nowBlobs;
    failed = nowFailed;
  }

  @Override
  public boolean stopped() {
    return full || run.stopped();
  }

  /** Whether it was ended for the disk's sake. */
  boolean full() {
    return full;
  }

  private void look() {
    try {
      if (room.spare() < 0) {
        full = true;
      }
    } catch (IOException e) {
      // The disk that cannot be asked now may be asked in a second; the engine hears its errors.
      LOG.atWarn().setCause(e).log("Nobody knows how full the target of a restore is");
    }
  }

  long blobs() {
    return blobs;
  }

  long failed() {
    return failed;
  }

  /** One point of the curve. */
  private void keep() {
    try {
      look();
      String now = current;
      store.progress(
          id,
          new RestoreStore.Sample(clock.instant(), bytes, files),
          now.length() <= MAX_CURRENT ? now : now.substring(now.length() - MAX_CURRENT));
      run.progress(new Progress(bytes, total, now));
    } catch (RuntimeException e) {
      // Boundary: the restore goes on, and the next second tries again.
      LOG.atWarn().setCause(e).log("The progress of a restore cannot be kept");
    }
  }

  @Override
  public void close() {
    beat.shutdownNow();
    try {
      boolean ignored = beat.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    keep();
  }
}
