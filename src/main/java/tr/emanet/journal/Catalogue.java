package tr.emanet.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** All streams, and the bell that rings at every commit. Safe for many threads. */
final class Catalogue {

  private final ConcurrentHashMap<String, StreamLog> streams = new ConcurrentHashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition rung = lock.newCondition();
  private long generation;
  private boolean closed;

  StreamLog stream(String name) {
    return streams.computeIfAbsent(name, StreamLog::new);
  }

  Optional<StreamLog> known(String name) {
    return Optional.ofNullable(streams.get(name));
  }

  /** Streams that have a segment, in alphabetic order. */
  List<StreamLog> streams() {
    List<StreamLog> list = new ArrayList<>();
    for (StreamLog log : streams.values()) {
      if (log.segments().length > 0) {
        list.add(log);
      }
    }
    list.sort((a, b) -> a.name().compareTo(b.name()));
    return list;
  }

  /** Wakes all readers. */
  void ring() {
    lock.lock();
    try {
      generation++;
      rung.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void close() {
    lock.lock();
    try {
      closed = true;
    } finally {
      lock.unlock();
    }
    ring();
  }

  long generation() {
    lock.lock();
    try {
      return generation;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until something was committed after {@code seen}; false when nothing came or at the end.
   */
  boolean await(long seen, long nanos) throws InterruptedException {
    long left = nanos;
    lock.lockInterruptibly();
    try {
      while (generation == seen && !closed) {
        if (left <= 0) {
          return false;
        }
        left = rung.awaitNanos(left);
      }
      return generation != seen && !closed;
    } finally {
      lock.unlock();
    }
  }

  /** The longest patience that can be counted, for callers with none at all. */
  static long nanos(java.time.Duration patience) {
    return patience.compareTo(java.time.Duration.ofDays(365)) > 0
        ? TimeUnit.DAYS.toNanos(365)
        : patience.toNanos();
  }
}
