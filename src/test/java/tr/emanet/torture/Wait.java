package tr.emanet.torture;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Bounded waiting: says what it waited for when the time is over. */
final class Wait {

  /** Something that becomes true. */
  interface Condition {
    boolean holds() throws IOException, InterruptedException;
  }

  private Wait() {}

  /** Returns whether the condition held before the time was over; asks every 20 ms. */
  static boolean within(Duration atMost, Condition condition)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > end) {
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
    return true;
  }

  /** As {@link #within}, but it is an error when the time is over. */
  static void until(String what, Duration atMost, Condition condition)
      throws IOException, InterruptedException {
    if (!within(atMost, condition)) {
      throw new IOException("waited " + atMost.toMillis() + " ms in vain: " + what);
    }
  }
}
