package tr.emanet;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tr.emanet.indicator.Indicator;
import tr.emanet.indicator.IndicatorStore;
import tr.emanet.indicator.match.CurrentSet;
import tr.emanet.indicator.match.IndicatorSet;

/**
 * The set that events are compared with, and the rows behind its values as far as they were needed.
 * Feeds load it on threads of their own while events are compared. Safe for many threads.
 */
final class InForce {

  private static final Logger LOG = LoggerFactory.getLogger(InForce.class);
  private static final int MOST_KNOWN = 10_000;

  private final Consumer<IndicatorStore.ValueSink> source;
  private final LongFunction<Optional<Indicator>> rows;
  private final LongSupplier seeds;
  private final CurrentSet current = new CurrentSet();
  private final ReentrantLock loading = new ReentrantLock();
  private volatile Map<Long, Indicator> known = new ConcurrentHashMap<>();

  /**
   * Empty until {@link #load}.
   *
   * @param source gives all values that are in force when it is asked
   * @param rows finds the row of an id
   * @param seeds a secret for each set, so that nobody can make its table slow
   */
  InForce(
      Consumer<IndicatorStore.ValueSink> source,
      LongFunction<Optional<Indicator>> rows,
      LongSupplier seeds) {
    this.source = source;
    this.rows = rows;
    this.seeds = seeds;
  }

  /**
   * Puts in force what the source gives now. One after another: two feeds that end together must
   * not leave the older reading in force.
   */
  void load() {
    loading.lock();
    try {
      IndicatorSet.Builder next = new IndicatorSet.Builder(seeds.getAsLong());
      // What arrives is compared with the list as it is now; whether the value was listed at event
      // time is a fact of the hit.
      source.accept(
          (id, value, until) -> {
            IndicatorSet.Builder ignored = next.add(id, value, 0, until);
          });
      IndicatorSet set = next.build();
      current.replace(set);
      // Only now, and with a new map: a row that is being read for the old set ends in the old map.
      known = new ConcurrentHashMap<>();
      LOG.atInfo().addKeyValue("entries", set.size()).log("Indicators are in force");
    } finally {
      loading.unlock();
    }
  }

  /** For matchers. */
  CurrentSet current() {
    return current;
  }

  /** How many values are in force. */
  long size() {
    return current.get().size();
  }

  /** The row of an id as it was at the last load or later; null when there is none. */
  @Nullable Indicator find(long id) {
    Map<Long, Indicator> rowsOfSet = known;
    if (rowsOfSet.size() > MOST_KNOWN) {
      rowsOfSet.clear();
    }
    return rowsOfSet.computeIfAbsent(id, key -> rows.apply(key).orElse(null));
  }
}
