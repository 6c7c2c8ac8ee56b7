package tr.emanet;

import java.io.Closeable;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tr.emanet.alert.Alerts;
import tr.emanet.alert.Hit;
import tr.emanet.alert.OutsideLogIn;
import tr.emanet.event.Event;
import tr.emanet.event.Position;
import tr.emanet.indicator.FeedFailure;
import tr.emanet.indicator.Indicator;
import tr.emanet.indicator.IndicatorStore;
import tr.emanet.indicator.NeverBlock;
import tr.emanet.indicator.Revision;
import tr.emanet.indicator.RevisionListener;
import tr.emanet.indicator.hunt.HitMaker;
import tr.emanet.indicator.hunt.Observed;
import tr.emanet.indicator.match.EventMatcher;
import tr.emanet.pipeline.EventTap;
import tr.emanet.pipeline.EventTaps;

/**
 * Every event against every indicator in force: hits are stored at once or within half a second,
 * and always before the index commits, so that a crash brings the same events again and none is
 * missed or counted twice. Safe for many threads.
 */
final class LiveIndicators implements EventTaps, RevisionListener, Closeable {

  private static final Logger LOG = LoggerFactory.getLogger(LiveIndicators.class);
  private static final long EVERY_MILLIS = 500;
  private static final long LEAVE_MILLIS = 5_000;
  private static final int BATCH = 1_000;
  private static final int MOST_WAITING = 100_000;

  private final Alerts alerts;
  private final HitMaker maker;
  private final OutsideLogIns logIns;
  private final LiveSince since;
  private final InForce inForce;
  private final ReentrantLock storing = new ReentrantLock();
  private final List<Hit> found = new ArrayList<>();
  private volatile boolean closed;
  private @Nullable Thread keeper;

  LiveIndicators(
      IndicatorStore store,
      NeverBlock neverBlock,
      Alerts alerts,
      HitMaker maker,
      OutsideLogIns logIns,
      InstantSource clock,
      SecureRandom random) {
    this.inForce =
        new InForce(
            sink -> store.valuesInForce(neverBlock, clock.instant(), sink),
            store::find,
            random::nextLong);
    this.alerts = alerts;
    this.maker = maker;
    this.logIns = logIns;
    this.since = LiveSince.open(alerts, clock);
  }

  /** Loads what is in force and begins to store hits; before the pipeline starts. */
  void start() {
    inForce.load();
    keeper = Thread.ofPlatform().daemon().name("indicator-hits").start(this::keep);
  }

  /** How many values are in force. */
  long size() {
    return inForce.size();
  }

  @Override
  public void applied(Revision revision) {
    inForce.load();
  }

  @Override
  public void failed(String feed, FeedFailure failure, String detail) {
    LOG.atWarn()
        .addKeyValue("feed", feed)
        .addKeyValue("failure", failure)
        .addKeyValue("detail", detail)
        .log("A feed was not taken over; the list before it stays in force");
  }

  @Override
  public EventTap open() {
    EventMatcher matcher = new EventMatcher(inForce.current());
    LiveSince.Reader reader = since.reader();
    return (event, stream, sequence) -> {
      int hits =
          matcher.match(
              event,
              (id, field, source, from, to, weak) ->
                  add(
                      event,
                      new Position(stream, sequence),
                      id,
                      Observed.of(field, source, from, to, weak)));
      if (hits > 0 && waiting() > MOST_WAITING) {
        throw new IOException(
            "more than " + MOST_WAITING + " hits wait for the store, which does not take them");
      }
      logIns.look(event, stream, sequence);
      reader.note(stream, sequence);
    };
  }

  private int waiting() {
    storing.lock();
    try {
      return found.size();
    } finally {
      storing.unlock();
    }
  }

  private void add(Event event, Position position, long id, Observed observed) {
    Indicator indicator = inForce.find(id);
    if (indicator == null || indicator.value().isEmpty()) {
      return;
    }
    boolean past = since.isPast(position.stream(), position.sequence(), event.ingestedMillis());
    Hit hit = maker.hit(event, position, indicator, observed, past);
    storing.lock();
    try {
      found.add(hit);
    } finally {
      storing.unlock();
    }
  }

  private void keep() {
    while (!closed) {
      try {
        TimeUnit.MILLISECONDS.sleep(EVERY_MILLIS);
        flush(List.of());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException e) {
        LOG.atError().setCause(e).log("Hits cannot be stored yet; they are kept and tried again");
      }
    }
  }

  /** Stores what was found, in batches; what could not be stored stays. */
  private void flush(List<Position> upTo) {
    storing.lock();
    try {
      while (!found.isEmpty()) {
        List<Hit> batch = List.copyOf(found.subList(0, Math.min(BATCH, found.size())));
        int ignored = alerts.accept("", batch, logIns.near(batch), List.of());
        found.subList(0, batch.size()).clear();
      }
      List<OutsideLogIn> fresh = logIns.take();
      if (!fresh.isEmpty() || !upTo.isEmpty()) {
        try {
          int ignored = alerts.accept(LiveSince.VIEW, List.of(), fresh, upTo);
        } catch (RuntimeException e) {
          logIns.back(fresh);
          throw e;
        }
      }
    } finally {
      storing.unlock();
    }
  }

  @Override
  public void beforeCommit() throws IOException {
    try {
      flush(since.reached());
    } catch (RuntimeException e) {
      throw new IOException("hits cannot be stored: " + e.getMessage(), e);
    }
  }

  /** Waits until its thread has left the store, which is closed next. */
  @Override
  public void close() {
    closed = true;
    Thread thread = keeper;
    if (thread == null) {
      return;
    }
    thread.interrupt();
    try {
      thread.join(LEAVE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
