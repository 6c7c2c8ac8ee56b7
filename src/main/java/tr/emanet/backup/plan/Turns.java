package tr.emanet.backup.plan;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import tr.emanet.backup.BackupException;

/**
 * Who of this process works in a repository: the runs of jobs and the removals of the upkeep wait
 * for each other here, where they would refuse each other's locks. Any thread; who took a turn
 * gives it back.
 */
public final class Turns {

  private final Map<String, ReentrantLock> locks = new ConcurrentHashMap<>();

  /** A turn that was taken. */
  interface Turn extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Waits for the turn.
   *
   * @throws BackupException when it was stopped before
   */
  Turn take(String address, BooleanSupplier stopped) throws BackupException, InterruptedException {
    ReentrantLock lock = locks.computeIfAbsent(address, a -> new ReentrantLock());
    while (!lock.tryLock(1, TimeUnit.SECONDS)) {
      if (stopped.getAsBoolean()) {
        throw new BackupException("stopped while something else worked in '" + address + "'");
      }
    }
    return lock::unlock;
  }
}
