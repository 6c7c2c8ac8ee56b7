package tr.emanet.journal.seal;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that turns the {@link Sealer} once a second. Safe for many threads. */
final class SealThread implements Closeable {

  private static final Logger LOG = LoggerFactory.getLogger(SealThread.class);
  private static final long EVERY_MILLIS = 1000;
  private static final long AFTER_FAILURE_MILLIS = 10_000;

  private final Sealer sealer;
  private final Lock writing;
  private final Thread thread;
  private final List<CompletableFuture<@Nullable Void>> asked = new ArrayList<>();
  private boolean stopping;

  /** Each step holds {@code writing}. */
  SealThread(Sealer sealer, Lock writing) {
    this.sealer = sealer;
    this.writing = writing;
    this.thread = Thread.ofPlatform().daemon().name("sealer").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** Asks for a checkpoint; completes when it counts, or with the reason why there is none. */
  CompletableFuture<@Nullable Void> now() {
    CompletableFuture<@Nullable Void> out = new CompletableFuture<>();
    synchronized (this) {
      if (stopping) {
        out.completeExceptionally(new IOException("the service stops"));
        return out;
      }
      asked.add(out);
      notifyAll();
    }
    return out;
  }

  private void run() {
    try {
      boolean failed = turn(null);
      while (true) {
        List<CompletableFuture<@Nullable Void>> waiting;
        synchronized (this) {
          if (asked.isEmpty() && !stopping) {
            wait(failed ? AFTER_FAILURE_MILLIS : EVERY_MILLIS);
          }
          if (stopping) {
            return;
          }
          waiting = List.copyOf(asked);
          asked.clear();
        }
        failed = turn(waiting);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** One step; returns whether it failed. */
  private boolean turn(@Nullable List<CompletableFuture<@Nullable Void>> waiting) {
    boolean ask = waiting != null && !waiting.isEmpty();
    writing.lock();
    try {
      boolean ignored = sealer.step(ask ? Checkpoint.Cause.ASKED : null);
      if (waiting != null) {
        waiting.forEach(f -> f.complete(null));
      }
      return false;
    } catch (IOException | RuntimeException e) {
      // Boundary: evidence is still received; the status and an alarm say that it is not sealed.
      LOG.atError().setCause(e).log("Sealing failed; it goes on at the last checkpoint");
      if (waiting != null) {
        waiting.forEach(f -> f.completeExceptionally(e));
      }
      return true;
    } finally {
      writing.unlock();
    }
  }

  /** Stops after a last checkpoint; the journal is closed then, so that it covers everything. */
  @Override
  public void close() {
    List<CompletableFuture<@Nullable Void>> left;
    synchronized (this) {
      if (stopping) {
        return;
      }
      stopping = true;
      left = List.copyOf(asked);
      notifyAll();
    }
    left.forEach(f -> f.completeExceptionally(new IOException("the service stops")));
    try {
      thread.join(TimeUnit.SECONDS.toMillis(60));
      if (!thread.isAlive()) {
        boolean ignored = sealer.step(Checkpoint.Cause.STOP);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException e) {
      LOG.atError().setCause(e).log("The last checkpoint could not be made; the next start will");
    }
    sealer.close();
  }
}
