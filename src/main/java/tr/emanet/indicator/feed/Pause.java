package tr.emanet.indicator.feed;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waits; tests only note how long. */
@FunctionalInterface
public interface Pause {

  /** Really waits. */
  Pause REAL = time -> TimeUnit.NANOSECONDS.sleep(time.toNanos());

  void of(Duration time) throws InterruptedException;
}
