package tr.emanet.indicator.http;

import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tr.emanet.alert.MatchStore;
import tr.emanet.indicator.Codes;
import tr.emanet.indicator.Indicator;
import tr.emanet.indicator.IndicatorListStore;
import tr.emanet.indicator.IndicatorStore;
import tr.emanet.indicator.NeverBlock;
import tr.emanet.indicator.usom.UsomStore;

/**
 * Everything the screens of indicators read. What costs a walk over all rows is kept until a list
 * changes. Safe for many threads.
 */
public final class IndicatorFacts {

  private final IndicatorStore store;
  private final IndicatorListStore list;
  private final UsomStore words;
  private final MatchStore matches;
  private final NeverBlock neverBlock;
  private final Function<Indicator, String> key;
  private final ReentrantLock counting = new ReentrantLock();
  private volatile Measured measured = Measured.NONE;
  private volatile @Nullable Counted counted;

  private record Counted(long generation, IndicatorListStore.Totals totals, List<Codes> codes) {}

  /**
   * @param key the name under which hits of an indicator are stored; empty for one without a value
   */
  public IndicatorFacts(
      IndicatorStore store,
      IndicatorListStore list,
      UsomStore words,
      MatchStore matches,
      NeverBlock neverBlock,
      Function<Indicator, String> key) {
    this.store = store;
    this.list = list;
    this.words = words;
    this.matches = matches;
    this.neverBlock = neverBlock;
    this.key = key;
  }

  /** Says where measures are recorded; until then nothing is known about them. */
  public void measured(Measured source) {
    measured = source;
  }

  IndicatorStore store() {
    return store;
  }

  IndicatorListStore list() {
    return list;
  }

  MatchStore matches() {
    return matches;
  }

  NeverBlock neverBlock() {
    return neverBlock;
  }

  Measured measured() {
    return measured;
  }

  String key(Indicator indicator) {
    return key.apply(indicator);
  }

  List<UsomStore.Code> codes() {
    return words.codes();
  }

  /** How many rows there are, of the lists in force. */
  public IndicatorListStore.Totals totals() {
    return counted().totals();
  }

  /** The codes that occur. */
  List<Codes> occurring() {
    return counted().codes();
  }

  private Counted counted() {
    long generation = list.generation();
    Counted known = counted;
    if (known != null && known.generation() == generation) {
      return known;
    }
    counting.lock();
    try {
      Counted other = counted;
      if (other != null && other.generation() == generation) {
        return other;
      }
      Counted fresh = new Counted(generation, list.totals(), list.codes());
      counted = fresh;
      return fresh;
    } finally {
      counting.unlock();
    }
  }
}
