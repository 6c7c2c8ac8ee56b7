package tr.emanet.indicator.match;

import java.util.function.Supplier;

/**
 * The set in force. A matcher takes it once an event, so a new one is in force from the next event
 * on, without pause and without lock.
 */
public final class CurrentSet implements Supplier<IndicatorSet> {

  private volatile IndicatorSet set = IndicatorSet.EMPTY;

  @Override
  public IndicatorSet get() {
    return set;
  }

  /** Puts another set in force. */
  public void replace(IndicatorSet next) {
    set = next;
  }
}
