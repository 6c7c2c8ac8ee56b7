package tr.emanet;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tr.emanet.alert.Alerts;
import tr.emanet.alert.Asset;
import tr.emanet.alert.Facts;
import tr.emanet.alert.Hit;
import tr.emanet.event.Event;
import tr.emanet.event.Field;
import tr.emanet.event.IpAddress;
import tr.emanet.event.Position;
import tr.emanet.indicator.FeedFailure;
import tr.emanet.indicator.Indicator;
import tr.emanet.indicator.IndicatorStore;
import tr.emanet.indicator.NeverBlock;
import tr.emanet.indicator.Revision;
import tr.emanet.indicator.RevisionListener;
import tr.emanet.indicator.match.CurrentSet;
import tr.emanet.indicator.match.EventMatcher;
import tr.emanet.indicator.match.IndicatorSet;
import tr.emanet.indicator.value.CanonicalValue;
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
  private static final int MOST_KNOWN = 10_000;

  private final IndicatorStore store;
  private final NeverBlock neverBlock;
  private final Alerts alerts;
  private final Asset.OwnNetworks own;
  private final InstantSource clock;
  private final SecureRandom random;
  private final CurrentSet current = new CurrentSet();
  private final Map<Long, Indicator> known = new ConcurrentHashMap<>();
  private final ReentrantLock storing = new ReentrantLock();
  private final List<Hit> found = new ArrayList<>();
  private volatile boolean closed;
  private @Nullable Thread keeper;

  LiveIndicators(
      IndicatorStore store,
      NeverBlock neverBlock,
      Alerts alerts,
      Asset.OwnNetworks own,
      InstantSource clock,
      SecureRandom random) {
    this.store = store;
    this.neverBlock = neverBlock;
    this.alerts = alerts;
    this.own = own;
    this.clock = clock;
    this.random = random;
  }

  /** Loads what is in force and begins to store hits; before the pipeline starts. */
  void start() {
    load();
    keeper = Thread.ofPlatform().daemon().name("indicator-hits").start(this::keep);
  }

  private void load() {
    IndicatorSet.Builder next = new IndicatorSet.Builder(random.nextLong());
    store.inForce(
        neverBlock,
        clock.instant(),
        indicator ->
            indicator
                .value()
                .ifPresent(
                    value -> {
                      Instant end = indicator.expiresAt();
                      long until = end == null ? Long.MAX_VALUE : end.toEpochMilli();
                      // What arrives is compared with the list as it is now; whether the value was
                      // listed at event time is a fact of the hit.
                      IndicatorSet.Builder ignored = next.add(indicator.id(), value, 0, until);
                    }));
    IndicatorSet set = next.build();
    known.clear();
    current.replace(set);
    LOG.atInfo().addKeyValue("entries", set.size()).log("Indicators are in force");
  }

  @Override
  public void applied(Revision revision) {
    load();
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
    EventMatcher matcher = new EventMatcher(current);
    return (event, stream, sequence) -> {
      int hits =
          matcher.match(
              event,
              (id, field, source, from, to, weak) ->
                  add(
                      event,
                      new Position(stream, sequence),
                      id,
                      field,
                      text(field, source, from, to),
                      weak));
      if (hits > 0 && waiting() > MOST_WAITING) {
        throw new IOException(
            "more than " + MOST_WAITING + " hits wait for the store, which does not take them");
      }
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

  private static String text(@Nullable Field field, byte[] source, int from, int to) {
    return field != null && field.type() == tr.emanet.event.FieldType.IP
        ? IpAddress.text(source, from)
        : new String(source, from, to - from, StandardCharsets.UTF_8);
  }

  private void add(
      Event event, Position position, long id, @Nullable Field field, String value, boolean weak) {
    if (known.size() > MOST_KNOWN) {
      known.clear();
    }
    Indicator indicator = known.computeIfAbsent(id, key -> store.find(key).orElse(null));
    if (indicator == null || indicator.value().isEmpty()) {
      return;
    }
    CanonicalValue listed = indicator.value().get();
    Instant at = Instant.ofEpochMilli(event.timestampMillis());
    Hit hit =
        new Hit(
            Hit.Kind.INDICATOR,
            Hits.key(indicator, listed),
            position,
            at,
            Hits.asset(event, own),
            field == null ? Field.MESSAGE.ecsName() : field.ecsName(),
            value,
            false,
            facts(event, indicator, listed, at, weak));
    storing.lock();
    try {
      found.add(hit);
    } finally {
      storing.unlock();
    }
  }

  private static Map<String, String> facts(
      Event event, Indicator indicator, CanonicalValue listed, Instant at, boolean weak) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put(Facts.INDICATOR, listed.text());
    String type = indicator.codes().type();
    facts.put(Facts.TYPE, type.isEmpty() ? listed.kind().id() : type);
    facts.put(Facts.HOW, weak ? "weak" : "exact");
    facts.put(Facts.FEED, indicator.feed());
    facts.put(Facts.CLASS, indicator.codes().connection());
    facts.put(Facts.SOURCE, indicator.codes().source());
    facts.put(Facts.DESCRIPTION, indicator.codes().description());
    facts.put(Facts.CRITICALITY, Integer.toString(indicator.codes().criticality()));
    Instant since = indicator.listedAt() == null ? indicator.activeFrom() : indicator.listedAt();
    facts.put(Facts.LISTED, since.toString());
    facts.put(Facts.ACTIVE, Boolean.toString(!at.isBefore(since)));
    facts.put(Facts.REVISION, Long.toString(indicator.revision()));
    Hits.describe(event, facts);
    return facts;
  }

  private void keep() {
    while (!closed) {
      try {
        TimeUnit.MILLISECONDS.sleep(EVERY_MILLIS);
        flush();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException e) {
        LOG.atError().setCause(e).log("Hits cannot be stored yet; they are kept and tried again");
      }
    }
  }

  /** Stores what was found, in batches; what could not be stored stays. */
  private void flush() {
    storing.lock();
    try {
      while (!found.isEmpty()) {
        List<Hit> batch = found.subList(0, Math.min(BATCH, found.size()));
        int ignored = alerts.accept(List.copyOf(batch));
        batch.clear();
      }
    } finally {
      storing.unlock();
    }
  }

  @Override
  public void beforeCommit() throws IOException {
    try {
      flush();
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
