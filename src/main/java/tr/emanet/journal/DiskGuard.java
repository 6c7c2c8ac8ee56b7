package tr.emanet.journal;

import java.io.IOException;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes intake before the disk is full, and opens it again by itself when a tenth more than the
 * reserve is free. Asks the file system at most ten times a second. Safe for many threads.
 */
final class DiskGuard {

  private static final Logger LOG = LoggerFactory.getLogger(DiskGuard.class);
  private static final long EVERY_NANOS = 100_000_000;

  private final LongSupplier freeBytes;
  private final LongSupplier nanoTime;
  private final long closeBelow;
  private final long reopenAt;
  private long lastAsked;
  private long free;
  private boolean asked;
  private boolean full;
  private boolean outOfSpace;

  DiskGuard(LongSupplier freeBytes, LongSupplier nanoTime, long closeBelow) {
    this.freeBytes = freeBytes;
    this.nanoTime = nanoTime;
    this.closeBelow = closeBelow;
    this.reopenAt = closeBelow + closeBelow / 10;
  }

  synchronized Journal.Intake intake() {
    long now = nanoTime.getAsLong();
    if (!asked || now - lastAsked >= EVERY_NANOS) {
      asked = true;
      lastAsked = now;
      free = freeBytes.getAsLong();
      boolean before = full;
      full = free < (full ? reopenAt : closeBelow);
      if (full != before) {
        LOG.atWarn()
            .addKeyValue("free", free)
            .addKeyValue("reserve", closeBelow)
            .log(full ? "Intake closed: the disk is nearly full" : "Intake open again");
      }
    }
    return full || outOfSpace
        ? new Journal.Intake.Closed(free, reopenAt)
        : new Journal.Intake.Open();
  }

  /** Says that a write found no space, or that it went through again. */
  synchronized void outOfSpace(boolean now) {
    outOfSpace = now;
  }

  /** Whether an error of a write means that the disk is full, in whatever language it says so. */
  boolean meansFull(IOException error) {
    String text = String.valueOf(error.getMessage()).toLowerCase(Locale.ROOT);
    return text.contains("no space left")
        || text.contains("quota exceeded")
        || freeBytes.getAsLong() < 1 << 20;
  }

  long free() {
    return freeBytes.getAsLong();
  }

  long closeBelow() {
    return closeBelow;
  }
}
