package tr.emanet.journal.seal;

import java.time.Duration;

/**
 * How often is sealed.
 *
 * @param every a checkpoint is made at the latest after this time
 * @param late longer without a checkpoint is an alarm
 */
public record SealConfig(Duration every, Duration late) {

  /** Every five minutes; late after ten. */
  public static final SealConfig DEFAULT =
      new SealConfig(Duration.ofMinutes(5), Duration.ofMinutes(10));
}
