package tr.emanet.backup.proof;

import java.time.Duration;

/**
 * When a backup job is drilled, and how much of it.
 *
 * @param days the period; 0 for never by schedule
 */
public record DrillPlan(int days, DrillScope scope) {

  private static final int MAX_DAYS = 400;
  private static final long SOME_FILES = 2000;
  private static final long SOME_BYTES = 20_000_000_000L;

  /** Monthly, 2,000 files or 20 GB of it. */
  public static final DrillPlan DEFAULT = new DrillPlan(30, new DrillScope(SOME_FILES, SOME_BYTES));

  public DrillPlan {
    if (days < 0 || days > MAX_DAYS) {
      throw new IllegalArgumentException(days + " days");
    }
  }

  Duration period() {
    return Duration.ofDays(days);
  }
}
