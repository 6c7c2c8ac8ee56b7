package tr.emanet.keep;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tr.emanet.audit.AuditLog;
import tr.emanet.event.Principal;
import tr.emanet.journal.FileJournal;
import tr.emanet.store.Database;

/** Retention, wired: compares the clock every minute and destroys every hour. Thread-safe. */
public final class Retention implements DestroyedLines, Closeable {

  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
  private static final Duration TICK = Duration.ofMinutes(1);
  private static final int TICKS_A_RUN = 60;

  /** The first run waits until the service has settled. */
  private static final int FIRST_RUN = 5;

  /**
   * What it is made of.
   *
   * @param dropped hears of days of which nothing is left
   */
  public record Parts(
      Database database,
      AuditLog audit,
      FileJournal journal,
      DestructionFiles files,
      RetentionRules rules,
      SealedSegments sealed,
      StatementSigner signer,
      DayDropped dropped,
      InstantSource clock,
      BootClock boot) {}

  private final KeepStore store;
  private final Holds holds;
  private final ClockGuard guard;
  private final Destroyer destroyer;
  private final DestructionRound round = new DestructionRound();
  private final AuditLog audit;
  private final RetentionRules rules;
  private final InstantSource clock;
  private final Thread thread;
  private final Object running = new Object();
  private volatile @Nullable Instant lastRun;
  private volatile Destroyer.Outcome last = new Destroyer.Outcome(0, 0, 0, List.of());
  private volatile int destroyed;
  private volatile String problem = "";
  private volatile boolean resumed;

  public Retention(Parts parts) {
    this.audit = parts.audit();
    this.store = new KeepStore(parts.database());
    this.holds = new Holds(store, parts.audit(), parts.clock());
    this.guard = new ClockGuard(store, parts.audit(), parts.clock(), parts.boot());
    this.rules = parts.rules();
    this.clock = parts.clock();
    this.destroyer =
        new Destroyer(
            new Destroyer.Parts(
                parts.journal(),
                parts.files(),
                store,
                holds,
                parts.rules(),
                parts.sealed(),
                parts.signer(),
                parts.dropped(),
                parts.clock()));
    this.thread = Thread.ofPlatform().name("retention").daemon().unstarted(this::loop);
  }

  /** Begins; the first comparison of the clock is made at once. */
  public void start() {
    thread.start();
  }

  private void loop() {
    try {
      for (int ticks = 0; !Thread.interrupted(); ticks++) {
        tick();
        if (ticks % TICKS_A_RUN == FIRST_RUN) {
          run();
        }
        TimeUnit.MILLISECONDS.sleep(TICK.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void tick() {
    try {
      ClockState before = guard.state();
      if (guard.tick() instanceof ClockState.Jumped jump
          && !(before instanceof ClockState.Jumped)) {
        LOG.atWarn()
            .addKeyValue("expected", jump.expected())
            .addKeyValue("shown", jump.shown())
            .log("The clock was set: nothing is destroyed until an administrator confirms it");
      }
    } catch (RuntimeException e) {
      problem = String.valueOf(e.getMessage());
      LOG.atError().setCause(e).log("The clock cannot be compared");
    }
  }

  /**
   * Looks now and destroys what may go.
   *
   * @return the status after it
   */
  public KeepStatus run() {
    synchronized (running) {
      try {
        resume();
        if (guard.tick() instanceof ClockState.Believed) {
          Destroyer.Outcome outcome = destroyer.run(round);
          destroyed += outcome.destroyed();
          last = outcome;
          for (String path : outcome.changed()) {
            LOG.atError()
                .addKeyValue("segment", path)
                .log("An expired segment is not what its checkpoint says; it stays");
          }
        }
        problem = "";
      } catch (IOException | RuntimeException e) {
        problem = String.valueOf(e.getMessage());
        LOG.atError().setCause(e).log("Retention cannot destroy what has expired");
      }
      lastRun = clock.instant();
    }
    return status();
  }

  /** Once a process: ends what the last one left half done. Holds {@link #running}. */
  private void resume() throws IOException {
    if (!resumed) {
      destroyer.resume();
      resumed = true;
    }
  }

  public Holds holds() {
    return holds;
  }

  /** The look that runs now. */
  public DestructionRound round() {
    return round;
  }

  /** Ends the look that runs now; the next one goes on. False when nothing is destroyed now. */
  public boolean stop(Principal who) {
    boolean stopped = round.stop();
    if (stopped) {
      audit.record(who, "retention.stopped", Map.of());
    }
    return stopped;
  }

  /** A person says that the clock is right; false when nobody doubted it. */
  public boolean confirmClock(Principal who) {
    return guard.confirm(who);
  }

  public KeepStatus status() {
    Destroyer.Outcome found = last;
    return new KeepStatus(
        rules,
        guard.state(),
        lastRun,
        destroyed,
        found.held(),
        found.unsealed(),
        found.changed(),
        problem);
  }

  /**
   * What checkpoints have to say. The first call ends what a crash left half done: the seal asks
   * before its first checkpoint, which would otherwise miss segments that are gone on record.
   */
  @Override
  public List<Line> pending() {
    if (!resumed) {
      synchronized (running) {
        try {
          resume();
        } catch (IOException | RuntimeException e) {
          // Boundary: what is received is sealed all the same, and the next call tries again.
          problem = String.valueOf(e.getMessage());
          LOG.atError().setCause(e).log("A destruction that was begun cannot be ended");
        }
      }
    }
    return store.unsealed().stream()
        .map(one -> new Line(one.path(), one.sha256(), one.record(), one.recordSha256()))
        .toList();
  }

  @Override
  public void sealed(List<Line> lines, long checkpoint) {
    store.sealed(lines.stream().map(Line::path).toList(), checkpoint);
  }

  @Override
  public void between(Work work) throws IOException {
    destroyer.between(work);
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
