package tr.emanet.overview;

import java.io.Closeable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tr.emanet.intake.IntakeStatus.SourceStatus;

/**
 * Writes down what the shift page compares with: records received, use of the disk, who was heard.
 * One thread of its own; {@link #sample} may also be called by tests.
 */
public final class Sampler implements Closeable {

  private static final Logger LOG = LoggerFactory.getLogger(Sampler.class);
  private static final long EVERY_SECONDS = 15;
  private static final long LEAVE_SECONDS = 5;
  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** Stands for all unknown senders of a flood together: nobody who could fall silent. */
  private static final String CROWD = "*";

  private final HistoryStore history;
  private final SystemFacts facts;
  private final InstantSource clock;
  private final Map<String, Long> records = new HashMap<>();
  private final Map<String, Instant> written = new HashMap<>();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("overview").factory());
  private long received;
  private Instant forgotten = Instant.EPOCH;

  public Sampler(HistoryStore history, SystemFacts facts, InstantSource clock) {
    this.history = history;
    this.facts = facts;
    this.clock = clock;
  }

  /** Begins; the first sample is taken after some seconds. */
  public void start() {
    var ignored = thread.scheduleWithFixedDelay(this::quietly, 5, EVERY_SECONDS, TimeUnit.SECONDS);
  }

  private void quietly() {
    try {
      sample();
    } catch (RuntimeException e) {
      LOG.atWarn().setCause(e).log("The shift page misses a sample");
    }
  }

  /** Takes one sample. */
  synchronized void sample() {
    Instant now = clock.instant();
    SystemSnapshot snapshot = facts.take();
    long sum = snapshot.intake().received();
    // Counters begin anew with every listener that was opened anew.
    history.received(now, sum >= received ? sum - received : sum);
    received = sum;
    history.disk(
        now,
        snapshot.journal().storedBytes(),
        snapshot.index().bytes(),
        snapshot.journal().freeBytes());
    heard(snapshot.intake().sources(), now);
    if (forgotten.plus(Duration.ofHours(6)).isBefore(now)) {
      forgotten = now;
      history.forget(now);
    }
  }

  private void heard(List<SourceStatus> sources, Instant now) {
    List<String> fresh = new ArrayList<>();
    for (SourceStatus source : sources) {
      Long before = records.put(source.address(), source.records());
      boolean more = before == null ? source.records() > 0 : source.records() > before;
      Instant last = written.getOrDefault(source.address(), Instant.EPOCH);
      if (more && !source.address().equals(CROWD) && !now.isBefore(last.plus(MINUTE))) {
        fresh.add(source.address());
        written.put(source.address(), now);
      }
    }
    history.heard(now, fresh);
  }

  /** Waits until the thread has left the store, which is closed next. */
  @Override
  public void close() {
    thread.shutdownNow();
    try {
      if (!thread.awaitTermination(LEAVE_SECONDS, TimeUnit.SECONDS)) {
        LOG.atWarn().log("A sample of the shift page is still being written");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
