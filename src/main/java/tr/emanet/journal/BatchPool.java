package tr.emanet.journal;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The fixed set of {@link Batch}es. Who finds it empty waits: TCP stops reading, UDP lets the
 * kernel count drops, MQTT stops acknowledging. Safe for many threads.
 */
public final class BatchPool {

  private final BlockingQueue<Batch> free;
  private final int size;

  /**
   * @param size number of batches, 48 to 64 in the shipped profiles
   */
  public BatchPool(int size) {
    this.size = size;
    this.free = new ArrayBlockingQueue<>(size);
    for (int i = 0; i < size; i++) {
      free.add(new Batch(this));
    }
  }

  /** Waits for a free batch. */
  public Batch take() throws InterruptedException {
    return free.take();
  }

  /** Takes a free batch, or null when there is none now. */
  public @Nullable Batch poll() {
    return free.poll();
  }

  /** Takes a free batch, or null when there was none within the time. */
  public @Nullable Batch poll(Duration patience) throws InterruptedException {
    return free.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Batches not in use now. */
  public int free() {
    return free.size();
  }

  public int size() {
    return size;
  }

  void give(Batch batch) {
    if (!free.offer(batch)) {
      throw new IllegalStateException("batch released twice");
    }
  }
}
