package tr.emanet.intake;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tr.emanet.event.Attributes;
import tr.emanet.event.SourceAddress;
import tr.emanet.journal.Batch;

/**
 * The one open batch of a listener, shared by all its connections: ten thousand slow senders need
 * one batch, not ten thousand. It leaves when full or {@code patience} after its first record,
 * always under the lock, so records of one connection keep their order. Who finds the pool empty
 * waits inside the lock, and the others behind it: that is the back-pressure. Safe for many
 * threads.
 */
public final class Collector implements AutoCloseable {

  private final Batches batches;
  private final Trust trust;
  private final BatchOut out;
  private final Counters counters;
  private final long patienceNanos;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition opened = lock.newCondition();
  private final Thread flusher;
  private @Nullable Batch batch;
  private long openedNanos;
  private long failures;
  private boolean closed;

  public Collector(
      String name,
      Batches batches,
      Trust trust,
      BatchOut out,
      Counters counters,
      Duration patience) {
    this.batches = batches;
    this.trust = trust;
    this.out = out;
    this.counters = counters;
    this.patienceNanos = patience.toNanos();
    this.flusher = Thread.ofPlatform().daemon().name("flush-" + name).unstarted(this::flushLoop);
  }

  public void start() {
    flusher.start();
  }

  /** Gives this thread the right to {@link #add}; pair with {@link #unlock}. */
  public void lock() throws InterruptedException {
    lock.lockInterruptibly();
  }

  public void unlock() {
    lock.unlock();
  }

  /** Adds one record; waits while the pool is empty. Only between lock and unlock. */
  public void add(
      byte[] bytes,
      int from,
      int length,
      long micros,
      SourceAddress source,
      Attributes attributes,
      int flags)
      throws InterruptedException {
    counters.received(length, flags);
    Batch open = batch;
    if (open != null && !open.hasRoomFor(length)) {
      flush();
      open = null;
    }
    if (open == null) {
      try {
        open = batches.take(trust);
      } catch (InterruptedException e) {
        counters.dropped(DropReason.STOPPED, 1);
        throw e;
      }
      batch = open;
      openedNanos = System.nanoTime();
      opened.signal();
    }
    open.add(bytes, from, length, micros, source, attributes, flags);
  }

  /** How many batches the route has refused; a connection whose number changed has lost records. */
  public long failures() {
    return failures;
  }

  private void flush() {
    Batch full = batch;
    batch = null;
    if (full != null && !out.deliver(full)) {
      failures++;
    }
  }

  private void flushLoop() {
    lock.lock();
    try {
      while (!closed) {
        if (batch == null) {
          opened.await();
          continue;
        }
        long rest = openedNanos + patienceNanos - System.nanoTime();
        if (rest <= 0) {
          flush();
        } else if (!opened.await(rest, TimeUnit.NANOSECONDS)) {
          flush();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  /** Delivers what is open and ends the flushing thread. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      opened.signalAll();
      flush();
    } finally {
      lock.unlock();
    }
  }
}
