package tr.emanet.intake;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tr.emanet.intake.IntakeStatus.Gate;
import tr.emanet.intake.IntakeStatus.SourceStatus;
import tr.emanet.journal.Journal;
import tr.emanet.journal.JournalStatus;

/**
 * Decides by transport source whether a record may enter: rate, share of the day's disk, and who is
 * refused first when space becomes scarce. Sources live in a table of fixed size, so a flood of
 * forged addresses costs no memory and shares one allowance; authenticated sources are never
 * refused here, only by the closed disk guard. Safe for many threads.
 *
 * <p>As free space falls from twice to one and a half times the guard's line, unauthenticated
 * sources are refused heaviest first; below that all of them; below the line nobody is accepted.
 */
public final class Admission implements AutoCloseable {

  /** Journal and index together take at most this part of the raw bytes. */
  private static final double STORED_PART = 0.4;

  private static final Duration TICK_EVERY = Duration.ofMillis(200);

  /** Once a minute. */
  private static final int SAVE_TICKS = 300;

  /** Far below any share; a forged flood fills no table. */
  private static final long WORTH_SAVING = 1 << 20;

  private static final Logger LOG = LoggerFactory.getLogger(Admission.class);

  private final Journal journal;
  private final IntakeConfig.AdmissionConfig config;
  private final InstantSource clock;
  private final ZoneId zone;
  private final SourceTable table;
  private final Thread ticker =
      Thread.ofPlatform().daemon().name("admission").unstarted(this::watch);
  private volatile Gate gate = Gate.OPEN;
  private volatile long heavyBytes = Long.MAX_VALUE;
  private volatile long shareBytes = Long.MAX_VALUE;
  private volatile @Nullable LocalDate day;
  private final SourceDays days;
  private int ticks;
  private int sinceSaved;
  private volatile boolean started;
  private volatile boolean closed;

  /** Without a memory that outlives the process. */
  public Admission(
      Journal journal, IntakeConfig.AdmissionConfig config, InstantSource clock, ZoneId zone) {
    this(journal, config, clock, zone, SourceDays.NONE);
  }

  /**
   * @param days what sources brought today outlives the process there
   */
  public Admission(
      Journal journal,
      IntakeConfig.AdmissionConfig config,
      InstantSource clock,
      ZoneId zone,
      SourceDays days) {
    this.days = days;
    this.journal = journal;
    this.config = config;
    this.clock = clock;
    this.zone = zone;
    this.table = new SourceTable(config);
  }

  /** Begins to watch the disk. */
  public void start() {
    tick();
    LocalDate today = day;
    if (today != null) {
      try {
        table.restore(days.load(today), System.nanoTime());
      } catch (UncheckedIOException e) {
        LOG.atWarn().setCause(e).log("What sources sent today is not known; it counts anew");
      }
    }
    started = true;
    ticker.start();
  }

  private void watch() {
    try {
      while (!closed) {
        Thread.sleep(TICK_EVERY);
        tick();
        if (++sinceSaved >= SAVE_TICKS) {
          sinceSaved = 0;
          save();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void save() {
    LocalDate today = day;
    if (today == null || !started) {
      return;
    }
    try {
      days.save(today, table.shares(WORTH_SAVING));
    } catch (UncheckedIOException e) {
      // A full disk, most likely: receiving goes on, and the next minute tries again.
      LOG.atWarn().setCause(e).log("What sources sent today is not saved");
    }
  }

  /**
   * Asks for one datagram of a forgeable source and charges it when it is accepted; a refusal is
   * counted for the source.
   *
   * @param high first eight bytes of the 16-byte address
   * @param low last eight bytes
   * @return null when it is accepted
   */
  public @Nullable DropReason offer(long high, long low, int bytes, long nowNanos) {
    Gate now = gate;
    if (now == Gate.CLOSED) {
      return table.refuse(high, low, nowNanos, DropReason.DISK_GUARD);
    }
    if (now == Gate.RESERVED) {
      return table.refuse(high, low, nowNanos, DropReason.DISK_PRESSURE);
    }
    return table.offer(high, low, bytes, nowNanos, heavyBytes, shareBytes);
  }

  /**
   * Asks whether bytes of a connection may be taken now; who gets a reason waits and asks again.
   *
   * @return null when they may
   */
  public @Nullable DropReason mayRead(long high, long low, Trust trust, long nowNanos) {
    Gate now = gate;
    if (now == Gate.CLOSED) {
      return DropReason.DISK_GUARD;
    }
    if (trust == Trust.AUTHENTICATED) {
      return null;
    }
    if (now == Gate.RESERVED) {
      return DropReason.DISK_PRESSURE;
    }
    return table.mayRead(high, low, nowNanos, heavyBytes, shareBytes);
  }

  /** Books what a connection brought. */
  public void charge(long high, long low, Trust trust, long records, long bytes, long nowNanos) {
    table.charge(high, low, trust, records, bytes, nowNanos);
  }

  public Gate gate() {
    return gate;
  }

  /** The heaviest sources of today first. */
  public List<SourceStatus> sources(int limit) {
    return table.heaviest(limit);
  }

  /** Looks at the disk; every 200 ms, the figures of the journal every second. */
  void tick() {
    LocalDate today = LocalDate.ofInstant(clock.instant(), zone);
    boolean newDay = !today.equals(day);
    if (newDay) {
      day = today;
      table.newDay();
    }
    boolean shut =
        switch (journal.intake()) {
          case Journal.Intake.Open open -> false;
          case Journal.Intake.Closed full -> true;
        };
    if (shut) {
      gate = Gate.CLOSED;
    } else if (newDay || ticks++ % 5 == 0 || gate == Gate.CLOSED) {
      measure(journal.status(), newDay);
    }
  }

  private void measure(JournalStatus status, boolean newDay) {
    long line = status.closeBelowBytes();
    long free = status.freeBytes();
    if (newDay || shareBytes == Long.MAX_VALUE) {
      shareBytes =
          line <= 0 || config.dayShare() >= 1
              ? Long.MAX_VALUE
              : Math.max(1 << 20, (long) ((free - line) * config.dayShare() / STORED_PART));
    }
    long reserved = line + line / 2;
    if (line <= 0 || free >= 2 * line) {
      heavyBytes = Long.MAX_VALUE;
      gate = Gate.OPEN;
    } else if (free >= reserved) {
      double left = (free - reserved) / (double) Math.max(1, 2 * line - reserved);
      heavyBytes = (long) (table.heaviestBytes() * left);
      gate = Gate.PRESSURE;
    } else {
      heavyBytes = 0;
      gate = Gate.RESERVED;
    }
  }

  @Override
  public void close() {
    closed = true;
    ticker.interrupt();
    try {
      ticker.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    save();
  }
}
