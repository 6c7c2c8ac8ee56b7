package tr.emanet.journal.seal;

import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tr.emanet.audit.AuditHead;
import tr.emanet.crash.CrashPoint;
import tr.emanet.journal.FileJournal;
import tr.emanet.store.Database;

/**
 * The seal of a running service: one thread makes leaves and checkpoints, another one roots, stamps
 * and what witnesses get, because those wait for others. Safe for many threads.
 */
public final class Seals implements Closeable {

  private static final Logger LOG = LoggerFactory.getLogger(Seals.class);
  private static final long LOOK_MILLIS = 10_000;
  private static final int SHOWN = 31;
  private static final long CREDITS_NANOS = TimeUnit.HOURS.toNanos(1);

  /**
   * What it is made of.
   *
   * @param keyEnds until when the certificate that signs is valid
   * @param stamper null: daily roots stay unstamped, and everything says so
   */
  public record Parts(
      SealPaths paths,
      FileJournal journal,
      Database database,
      Supplier<AuditHead> audit,
      Signer signer,
      Supplier<Instant> keyEnds,
      @Nullable Stamper stamper,
      List<Witness> witnesses,
      Destructions destructions,
      InstantSource clock,
      LongSupplier nanoTime) {}

  private final Parts parts;
  private final SealStore store;
  private final RootStore rootStore;
  private final Sealer sealer;
  private final SealThread thread;
  private final DailyRoots roots;
  private final Witnesses witnesses;
  private final Thread later;

  /** Who writes seals shares it; who copies files and store of one moment has it alone. */
  private final ReadWriteLock still = new ReentrantReadWriteLock(true);

  private volatile String rootProblem = "";
  private volatile String credits = "";
  private boolean creditsAsked;
  private long creditsAt;
  private volatile boolean stopping;

  /** Nothing runs before {@link #start}. */
  public Seals(Parts parts) {
    this.parts = parts;
    this.store = new SealStore(parts.database());
    this.rootStore = new RootStore(parts.database());
    Durable durable = new Durable(parts.paths().root(), CrashPoint::reach);
    this.sealer =
        new Sealer(
            new Sealer.Parts(
                new Journals.Files(parts.journal()),
                parts.paths(),
                store,
                parts.signer(),
                durable,
                parts.audit(),
                parts.destructions(),
                SealConfig.DEFAULT,
                parts.clock(),
                parts.nanoTime()));
    this.thread = new SealThread(sealer, still.readLock());
    this.roots =
        new DailyRoots(
            parts.paths(), rootStore, parts.signer(), durable, parts.stamper(), parts.clock());
    this.witnesses =
        new Witnesses(
            parts.witnesses(),
            new WitnessStore(parts.database()),
            store,
            parts.paths(),
            parts.nanoTime());
    this.later = Thread.ofPlatform().daemon().name("seal-roots").unstarted(this::runLater);
    sealer.listen((checkpoint, statement) -> wake());
  }

  /** Begins with a checkpoint whose cause is {@code start}. */
  public void start() {
    thread.start();
    later.start();
  }

  private void wake() {
    synchronized (later) {
      later.notifyAll();
    }
  }

  private void runLater() {
    try {
      while (!stopping) {
        look();
        synchronized (later) {
          later.wait(LOOK_MILLIS);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    try {
      SealStore.Last last = store.last();
      if (last.number() > 0) {
        shared(() -> parts.destructions().between(() -> roots.make(last.day())));
        rootProblem = "";
        witnesses.hand();
        shared(roots::stamp);
        askCredits();
      }
    } catch (IOException | RuntimeException e) {
      // Boundary: the next look must come, whatever this one found.
      rootProblem = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      LOG.atError().setCause(e).log("Roots or witnesses failed; trying again");
    }
  }

  private interface Step {
    void run() throws IOException;
  }

  private void shared(Step step) throws IOException {
    still.readLock().lock();
    try {
      step.run();
    } finally {
      still.readLock().unlock();
    }
  }

  /** What is done while no seal is written. */
  public interface Still {
    void run() throws IOException;
  }

  /**
   * Does it while neither checkpoint nor root is written, so that files and rows about them belong
   * together; sealing goes on after it. Meant for seconds, not minutes.
   */
  public void hold(Still work) throws IOException {
    still.writeLock().lock();
    try {
      work.run();
    } finally {
      still.writeLock().unlock();
    }
  }

  /** Once an hour: an authority is not to be asked every time we look. */
  private void askCredits() {
    Stamper stamper = parts.stamper();
    long now = parts.nanoTime().getAsLong();
    if (stamper != null && (!creditsAsked || now - creditsAt > CREDITS_NANOS)) {
      creditsAsked = true;
      creditsAt = now;
      credits = stamper.credits();
    }
  }

  /** Asks for a checkpoint now; completes when it counts, or with the reason why there is none. */
  public CompletableFuture<@Nullable Void> now() {
    return thread.now();
  }

  /** What was sealed of a segment, by its path below {@code journal/}; empty when nothing was. */
  public Optional<SealedSegment> sealed(String path) {
    return store.find(path);
  }

  /** Where the files lie. */
  public SealPaths paths() {
    return parts.paths();
  }

  /** How everything stands. */
  public SealReport report() {
    Stamper stamper = parts.stamper();
    return new SealReport(
        sealer.status(),
        key(),
        stamper == null ? "" : stamper.authority(),
        credits,
        rootStore.unstamped(SHOWN).stream()
            .map(d -> new SealReport.Unstamped(d.day(), d.tries(), d.problem()))
            .toList(),
        rootStore.countUnstamped(),
        rootStore.lastStamped().map(RootStore.Day::day).orElse(null),
        rootProblem,
        witnesses.status());
  }

  private SealReport.Key key() {
    try {
      return new SealReport.Key(parts.signer().key(), parts.keyEnds().get());
    } catch (IOException e) {
      return new SealReport.Key("", Instant.EPOCH);
    }
  }

  /** Stops after a last checkpoint; call it when the journal is closed and the store is not. */
  @Override
  public void close() {
    stopping = true;
    wake();
    later.interrupt();
    thread.close();
    try {
      later.join(TimeUnit.SECONDS.toMillis(30));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
