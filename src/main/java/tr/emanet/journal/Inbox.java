package tr.emanet.journal;

import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Batches on their way to the writer; the pool bounds how many. Safe for many threads. */
final class Inbox {

  /** A batch and where it belongs. */
  record Entry(String stream, Batch batch) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition came = lock.newCondition();
  private final ArrayDeque<Entry> queue = new ArrayDeque<>();
  private boolean closed;

  void put(Entry entry) {
    lock.lock();
    try {
      if (closed) {
        throw new IllegalStateException("the journal is closed");
      }
      queue.add(entry);
      came.signal();
    } finally {
      lock.unlock();
    }
  }

  /** No more batches; those inside are still written. */
  void close() {
    lock.lock();
    try {
      closed = true;
      came.signal();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Moves all waiting batches to the list, waiting for the first one.
   *
   * @return false when closed and empty
   */
  boolean take(List<Entry> into, long nanos) throws InterruptedException {
    long left = nanos;
    lock.lockInterruptibly();
    try {
      while (queue.isEmpty() && !closed && left > 0) {
        left = came.awaitNanos(left);
      }
      into.addAll(queue);
      queue.clear();
      return !closed;
    } finally {
      lock.unlock();
    }
  }
}
