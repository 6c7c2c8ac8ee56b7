package tr.emanet.journal.seal;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tr.emanet.audit.AuditHead;

/**
 * Follows the journal, makes leaves of what is durable, and signs a checkpoint every five minutes,
 * when a segment ends, at start and stop, and when asked. After any failure it begins again at the
 * last checkpoint. {@link #step} and what it calls is one thread's; the rest is any thread's.
 */
final class Sealer implements Closeable {

  private static final Logger LOG = LoggerFactory.getLogger(Sealer.class);
  private static final int GAPS_SHOWN = 20;

  /** What surrounds it. */
  record Parts(
      Journals journal,
      SealPaths paths,
      SealStore store,
      Signer signer,
      Durable durable,
      Supplier<AuditHead> audit,
      Destructions destructions,
      SealConfig config,
      InstantSource clock,
      LongSupplier nanoTime) {}

  /** Hears of checkpoints, on the sealer's thread; must be quick and not throw. */
  interface Listener {
    void sealed(Checkpoint checkpoint, byte[] statement);
  }

  private final Parts parts;
  private final List<Listener> listeners = new ArrayList<>();
  private final Ledger ledger;
  private final SortedMap<String, StreamSealer> streams = new TreeMap<>();
  private boolean open;
  private boolean begun;
  private long lastNanos;
  private volatile SealStore.Last newest = SealStore.Last.NONE;
  private final AtomicLong checkpoints = new AtomicLong();
  private volatile String problem = "";
  private volatile List<String> findings = List.of();
  private volatile Instant since;

  Sealer(Parts parts) {
    this.parts = parts;
    this.ledger = new Ledger(parts.paths(), parts.store(), parts.signer(), parts.durable());
    this.since = parts.clock().instant();
  }

  void listen(Listener listener) {
    listeners.add(listener);
  }

  /**
   * One turn: opens what is not open, makes leaves, and a checkpoint when one is due.
   *
   * @param asked a cause to make one now, or null
   * @return whether a checkpoint was made
   */
  boolean step(Checkpoint.@Nullable Cause asked) throws IOException {
    try {
      if (!open) {
        begin();
      }
      boolean closed = false;
      parts.journal().streams().forEach(this::stream);
      for (StreamSealer stream : streams.values()) {
        closed |= stream.advance();
      }
      Checkpoint.Cause cause = due(asked, closed);
      if (cause != null) {
        checkpoint(cause);
      }
      problem = "";
      return cause != null;
    } catch (IOException | RuntimeException e) {
      problem = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      close();
      throw e;
    }
  }

  private void begin() throws IOException {
    ledger.open();
    newest = ledger.last();
    parts.store().streams().keySet().forEach(this::stream);
    open = true;
    if (begun) {
      // The clock of the tick goes on; what failed is tried again at once.
      lastNanos = parts.nanoTime().getAsLong() - parts.config().every().toNanos();
    }
  }

  private void stream(String name) {
    streams.computeIfAbsent(
        name,
        n -> new StreamSealer(n, parts.journal(), parts.paths(), parts.durable(), parts.store()));
  }

  private Checkpoint.@Nullable Cause due(Checkpoint.@Nullable Cause asked, boolean closed) {
    if (!begun) {
      return Checkpoint.Cause.START;
    }
    if (asked != null) {
      return asked;
    }
    if (closed) {
      return Checkpoint.Cause.SEGMENT;
    }
    long passed = parts.nanoTime().getAsLong() - lastNanos;
    return passed >= parts.config().every().toNanos() ? Checkpoint.Cause.TICK : null;
  }

  private void checkpoint(Checkpoint.Cause cause) throws IOException {
    List<SealedSegment> segments = new ArrayList<>();
    SortedMap<String, Long> last = new TreeMap<>();
    List<String> found = new ArrayList<>(ledger.problems());
    List<Checkpoint.Destroyed> gone = parts.destructions().untold();
    Set<String> told =
        gone.stream().map(Checkpoint.Destroyed::path).collect(Collectors.toUnmodifiableSet());
    for (var one : streams.entrySet()) {
      StreamSealer stream = one.getValue();
      segments.addAll(stream.force());
      if (stream.lastSequence() > 0) {
        last.put(one.getKey(), stream.lastSequence());
      }
      found.addAll(stream.problems());
      stream
          .lost(told)
          .forEach(path -> found.add("segment " + path + " is gone without a destruction record"));
    }
    parts.durable().step().accept("seal.leaves-forced");
    AuditHead audit = parts.audit().get();
    SealStore.Last before = ledger.last();
    Checkpoint checkpoint =
        new Checkpoint(
            before.number() + 1,
            parts.clock().instant().truncatedTo(ChronoUnit.MICROS),
            cause,
            parts.signer().key(),
            before.digest(),
            new Checkpoint.Audit(audit.entries(), audit.hash()),
            segments,
            gone,
            last);
    ledger.append(checkpoint);
    streams.values().forEach(StreamSealer::said);
    parts.destructions().told(gone, checkpoint.number());
    lastNanos = parts.nanoTime().getAsLong();
    begun = true;
    findings = found;
    checkpoints.incrementAndGet();
    gap(before, checkpoint);
    newest = ledger.last();
    since = checkpoint.time();
    byte[] statement = checkpoint.bytes();
    listeners.forEach(l -> l.sealed(checkpoint, statement));
    LOG.atDebug()
        .addKeyValue("number", checkpoint.number())
        .addKeyValue("cause", cause.word())
        .log("Checkpoint was made");
  }

  private void gap(SealStore.Last before, Checkpoint now) {
    Duration distance = Duration.between(before.at(), now.time());
    if (before.number() > 0
        && (distance.compareTo(parts.config().every().plusSeconds(60)) > 0
            || distance.isNegative())) {
      parts
          .store()
          .gap(new SealStore.Gap(before.number(), before.at(), now.time(), now.cause().word()));
      LOG.atWarn()
          .addKeyValue("after", before.number())
          .addKeyValue("from", before.at())
          .addKeyValue("to", now.time())
          .addKeyValue("cause", now.cause().word())
          .log("There is a gap between checkpoints");
    }
  }

  /** How it stands. */
  SealStatus status() {
    SealStore.Last last = newest;
    Duration age = Duration.between(since, parts.clock().instant());
    List<SealStatus.Gap> gaps =
        parts.store().gaps(GAPS_SHOWN).stream()
            .map(g -> new SealStatus.Gap(g.after(), g.from(), g.to(), g.cause()))
            .toList();
    return new SealStatus(
        last.number(),
        last.number() == 0 ? null : last.at(),
        age.isNegative() ? Duration.ZERO : age,
        age.compareTo(parts.config().late()) > 0,
        checkpoints.get(),
        problem,
        findings,
        gaps);
  }

  /** Lets go of files; the next {@link #step} opens them again. */
  @Override
  public void close() {
    open = false;
    for (StreamSealer stream : streams.values()) {
      try {
        stream.close();
      } catch (IOException e) {
        LOG.atWarn().setCause(e).log("A leaf file could not be closed");
      }
    }
    streams.clear();
  }
}
