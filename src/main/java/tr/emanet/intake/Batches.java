package tr.emanet.intake;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tr.emanet.journal.Batch;
import tr.emanet.journal.BatchPool;

/**
 * Supply of batches with a reserve: the last quarter of the pool is not for forgeable senders, the
 * last eighth not for unauthenticated ones, so that a flood cannot keep authenticated evidence out.
 * Safe for many threads.
 */
public final class Batches {

  private static final Duration NAP = Duration.ofMillis(2);

  private final BatchPool pool;

  public Batches(BatchPool pool) {
    this.pool = pool;
  }

  /** A free batch, or null when only the reserve of others is left. */
  public @Nullable Batch poll(Trust trust) {
    return pool.free() > trust.reserved(pool.size()) ? pool.poll() : null;
  }

  /** Waits for a free batch at most {@code patience}; null when there was none. */
  public @Nullable Batch poll(Trust trust, Duration patience) throws InterruptedException {
    long begin = System.nanoTime();
    Batch batch = poll(trust);
    while (batch == null && System.nanoTime() - begin < patience.toNanos()) {
      if (trust == Trust.AUTHENTICATED) {
        batch = pool.poll(NAP);
      } else {
        Thread.sleep(NAP);
        batch = poll(trust);
      }
    }
    return batch;
  }

  /** Waits for a free batch. One waiter a listener, so a short nap costs nothing. */
  public Batch take(Trust trust) throws InterruptedException {
    while (true) {
      Batch batch = poll(trust, Duration.ofSeconds(1));
      if (batch != null) {
        return batch;
      }
    }
  }

  public int free() {
    return pool.free();
  }

  public int size() {
    return pool.size();
  }
}
