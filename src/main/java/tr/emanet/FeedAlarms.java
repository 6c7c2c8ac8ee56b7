package tr.emanet;

import java.io.Closeable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tr.emanet.alert.Alerts;
import tr.emanet.alert.Hit;
import tr.emanet.indicator.FeedFailure;
import tr.emanet.indicator.FeedState;
import tr.emanet.indicator.Revision;
import tr.emanet.indicator.RevisionListener;
import tr.emanet.indicator.Revisions;

/**
 * Raises the alarm when a feed brings nothing, and ends it when it does again: at once when a fetch
 * says so, and each half minute for what nobody says: silence, age, and approvals. Safe for many
 * threads.
 */
final class FeedAlarms implements RevisionListener, Closeable {

  private static final Logger LOG = LoggerFactory.getLogger(FeedAlarms.class);
  private static final long EVERY_SECONDS = 30;
  private static final int NEWEST = 50;

  private final Alerts alerts;
  private final InstantSource clock;
  private final Instant startedAt;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("feed-alarms").factory());
  private Map<String, Duration> intervals = Map.of();
  private @Nullable Revisions revisions;

  FeedAlarms(Alerts alerts, InstantSource clock) {
    this.alerts = alerts;
    this.clock = clock;
    this.startedAt = clock.instant();
  }

  /**
   * Begins to watch.
   *
   * @param fetched feeds that are fetched, and how often
   */
  void start(Revisions of, Map<String, Duration> fetched) {
    synchronized (this) {
      this.revisions = of;
      this.intervals = Map.copyOf(fetched);
    }
    var ignored =
        thread.scheduleWithFixedDelay(this::lookAtAll, 1, EVERY_SECONDS, TimeUnit.SECONDS);
  }

  /** Looks at every feed that is known or should be. */
  void lookAtAll() {
    try {
      synchronized (this) {
        Revisions known = revisions;
        if (known == null) {
          return;
        }
        Map<String, FeedState> all = new LinkedHashMap<>();
        intervals.keySet().forEach(feed -> all.put(feed, known.state(feed)));
        known.states().forEach(state -> all.put(state.name(), state));
        all.values().forEach(state -> look(state, known));
      }
    } catch (RuntimeException e) {
      // Boundary: the next look must come, whatever this one found.
      LOG.atError().setCause(e).log("The alarms of feeds cannot be judged; trying again");
    }
  }

  private void look(FeedState state, Revisions known) {
    alerts.conditions(
        Hit.Kind.FEED,
        state.name(),
        FeedConditions.of(
            state,
            known.newest(state.name(), NEWEST),
            intervals.get(state.name()),
            startedAt,
            clock.instant()));
  }

  private synchronized void lookAt(String feed) {
    Revisions known = revisions;
    if (known != null) {
      look(known.state(feed), known);
    }
  }

  @Override
  public void applied(Revision revision) {
    lookAt(revision.feed());
  }

  @Override
  public void failed(String feed, FeedFailure failure, String detail) {
    lookAt(feed);
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
