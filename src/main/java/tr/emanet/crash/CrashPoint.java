package tr.emanet.crash;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ends the process, as {@code kill -9} would, when it reaches the point named by the system
 * property {@code emanet.crash.point} for the {@code emanet.crash.after}-th time (default 1).
 * Without the property, which only the torture harness sets, a call costs one comparison.
 *
 * <p>Thread-safe.
 */
public final class CrashPoint {

  /** What a shell reports for a process ended by SIGKILL. */
  public static final int EXIT_CODE = 137;

  private static final String ARMED = System.getProperty("emanet.crash.point", "");
  private static final AtomicInteger LEFT =
      new AtomicInteger(Integer.getInteger("emanet.crash.after", 1));

  private CrashPoint() {}

  /**
   * Dies here when armed.
   *
   * @param name a constant such as {@code journal.before-force}
   */
  public static void reach(String name) {
    if (!ARMED.isEmpty() && ARMED.equals(name) && LEFT.decrementAndGet() == 0) {
      Runtime.getRuntime().halt(EXIT_CODE);
    }
  }
}
