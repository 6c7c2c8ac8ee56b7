package tr.emanet.search.lucene;

import java.util.function.LongSupplier;

/** When a search must end. Loops ask it now and then. One thread only. */
final class Deadline {

  /** Thrown through Lucene's loops; what was complete until then is the answer. */
  static final class Passed extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final boolean interrupted;

    private Passed(boolean interrupted) {
      super(interrupted ? "interrupted" : "deadline passed", null, false, false);
      this.interrupted = interrupted;
    }

    boolean interrupted() {
      return interrupted;
    }
  }

  private final LongSupplier nanoClock;
  private final long startNanos;
  private final long budgetNanos;

  /**
   * @param budgetNanos {@code Long.MAX_VALUE} for jobs, which only an interrupt ends
   */
  Deadline(LongSupplier nanoClock, long budgetNanos) {
    this.nanoClock = nanoClock;
    this.startNanos = nanoClock.getAsLong();
    this.budgetNanos = budgetNanos;
  }

  void check() {
    if (Thread.currentThread().isInterrupted()) {
      throw new Passed(true);
    }
    if (nanoClock.getAsLong() - startNanos > budgetNanos) {
      throw new Passed(false);
    }
  }

  long tookMillis() {
    return (nanoClock.getAsLong() - startNanos) / 1_000_000;
  }
}
