package tr.emanet.pipeline;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tr.emanet.event.Event;
import tr.emanet.index.EventIndex;
import tr.emanet.journal.Journal;
import tr.emanet.journal.JournalReader;
import tr.emanet.journal.RecordBlock;

/**
 * Reads the journal and keeps the index up to date. Safe for many threads; start once, close once.
 *
 * <p>Feeders hand blocks to workers under {@link #dispatch}; {@link #commit} takes the same lock
 * and waits until no block is under way, which is the barrier. When the index fails (a full disk, a
 * damaged file) receiving goes on: the views are opened again after a pause and catch up.
 */
public final class Pipeline implements Closeable {

  private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);
  private static final Duration PATIENCE = Duration.ofMillis(200);
  private static final int BLOCKS_PER_WORKER = 3;

  private final Journal journal;
  private final EventIndex index;
  private final Supplier<Consumer<Event>> parsers;
  private final EventTaps taps;
  private final InstantSource clock;
  private final Settings settings;

  private final Map<String, StreamFeed> feeds = new ConcurrentHashMap<>();
  private final Map<String, Long> committedAtStart = new HashMap<>();
  private final IndexWorker.Counters counters = new IndexWorker.Counters();
  private final ReentrantLock dispatch = new ReentrantLock();
  private final Condition idle = dispatch.newCondition();
  private final List<Thread> threads = new ArrayList<>();
  private BlockingQueue<Work> work = new ArrayBlockingQueue<>(1);
  private BlockingQueue<RecordBlock> free = new ArrayBlockingQueue<>(1);
  private int underway;
  private volatile boolean stopping;
  private volatile boolean broken;
  private volatile @Nullable String problem;
  private volatile long lastCommitMillis;
  private @Nullable Thread keeper;

  /**
   * Settings of the pipeline.
   *
   * @param workers threads that parse and index
   * @param commitEvery longest time between two index commits
   * @param retryAfter pause before a failed index is opened again
   */
  public record Settings(int workers, Duration commitEvery, Duration retryAfter) {

    /** System property of the torture harness: commits so often that kills meet them. */
    public static final String COMMIT_MILLIS = "emanet.pipeline.commit-millis";

    /** What is shipped: two workers, a commit each 30 s. */
    public static final Settings DEFAULT =
        new Settings(
            2, Duration.ofMillis(Long.getLong(COMMIT_MILLIS, 30_000)), Duration.ofSeconds(10));
  }

  private record Work(StreamFeed feed, RecordBlock block) {}

  /**
   * Prepares a pipeline without taps; nothing runs before {@link #start}.
   *
   * @param parsers makes one parser a worker; a parser never throws
   */
  public Pipeline(
      Journal journal,
      EventIndex index,
      Supplier<Consumer<Event>> parsers,
      InstantSource clock,
      Settings settings) {
    this(journal, index, parsers, EventTaps.NONE, clock, settings);
  }

  /**
   * Prepares a pipeline; nothing runs before {@link #start}.
   *
   * @param parsers makes one parser a worker; a parser never throws
   * @param taps see every parsed event
   */
  public Pipeline(
      Journal journal,
      EventIndex index,
      Supplier<Consumer<Event>> parsers,
      EventTaps taps,
      InstantSource clock,
      Settings settings) {
    this.journal = journal;
    this.index = index;
    this.parsers = parsers;
    this.taps = taps;
    this.clock = clock;
    this.settings = settings;
    for (String stream : journal.streams()) {
      committedAtStart.put(stream, journal.committed(stream));
    }
  }

  /** Starts feeders and workers; returns at once, replay goes on in the background. */
  public void start() {
    launch();
    index.start(this::contiguous);
    keeper = Thread.ofPlatform().name("pipeline-keeper").start(this::keep);
  }

  // The priority is honoured: the service runs with ThreadPriorityPolicy=1.
  @SuppressWarnings("ThreadPriorityCheck")
  private void launch() {
    int blocks = settings.workers() * BLOCKS_PER_WORKER;
    work = new ArrayBlockingQueue<>(blocks);
    free = new ArrayBlockingQueue<>(blocks);
    for (int i = 0; i < blocks; i++) {
      free.add(new RecordBlock());
    }
    underway = 0;
    broken = false;
    for (int i = 0; i < settings.workers(); i++) {
      IndexWorker worker = new IndexWorker(parsers.get(), index.appender(), taps.open(), counters);
      // Below the listeners and the journal: under overload it is the index that lags.
      threads.add(
          Thread.ofPlatform()
              .name("index-worker-" + i)
              .priority(Thread.MIN_PRIORITY)
              .start(() -> workOn(worker)));
    }
    for (String stream : journal.streams()) {
      feed(stream);
    }
  }

  private void feed(String stream) {
    long from = index.replayFrom(stream);
    StreamFeed feed = new StreamFeed(stream, from - 1, committedAtStart.getOrDefault(stream, 0L));
    feeds.put(stream, feed);
    threads.add(
        Thread.ofPlatform().name("journal-feed-" + stream).start(() -> readFrom(feed, from)));
  }

  /** Follows one stream until the pipeline stops or breaks. */
  private void readFrom(StreamFeed feed, long from) {
    try (JournalReader reader = journal.read(feed.stream(), from)) {
      while (!stopping && !broken) {
        RecordBlock block = free.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        if (block == null) {
          continue;
        }
        RecordBlock filled = reader.next(block, PATIENCE);
        if (filled == null) {
          free.add(block);
          continue;
        }
        dispatch.lockInterruptibly();
        try {
          feed.begin(filled);
          underway++;
          work.add(new Work(feed, filled));
        } finally {
          dispatch.unlock();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException e) {
      fail("stream " + feed.stream() + " of the journal cannot be read", e);
    }
  }

  private void workOn(IndexWorker worker) {
    try {
      while (true) {
        Work next = work.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        if (next == null) {
          if (stopping || broken) {
            return;
          }
          continue;
        }
        worker.index(next.block(), next.feed().startedAt());
        next.feed().done(next.block());
        free.add(next.block());
        dispatch.lock();
        try {
          if (--underway == 0) {
            idle.signalAll();
          }
        } finally {
          dispatch.unlock();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException e) {
      fail("the index cannot be written", e);
    }
  }

  private void fail(String what, Exception cause) {
    problem = what + ": " + cause.getMessage();
    broken = true;
    LOG.atError()
        .addKeyValue("retryAfter", settings.retryAfter())
        .setCause(cause)
        .log("Indexing stopped, receiving goes on; the index is opened again after a pause");
    dispatch.lock();
    try {
      idle.signalAll();
    } finally {
      dispatch.unlock();
    }
  }

  /** Commits at intervals, follows new streams, repairs after a failure. */
  private void keep() {
    long lastCommit = System.nanoTime();
    try {
      while (!stopping) {
        TimeUnit.MILLISECONDS.sleep(PATIENCE.toMillis());
        if (broken) {
          repair();
          lastCommit = System.nanoTime();
          continue;
        }
        for (String stream : journal.streams()) {
          if (!feeds.containsKey(stream)) {
            feed(stream);
          }
        }
        if (System.nanoTime() - lastCommit >= settings.commitEvery().toNanos()) {
          commitAndRetain();
          lastCommit = System.nanoTime();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void commitAndRetain() throws InterruptedException {
    try {
      commit();
      for (String deleted : index.retain(clock.instant())) {
        LOG.atInfo().addKeyValue("partition", deleted).log("Partition passed its retention");
      }
    } catch (IOException | RuntimeException e) {
      fail("the index cannot be committed", e);
    }
  }

  private void repair() throws InterruptedException {
    long until = System.nanoTime() + settings.retryAfter().toNanos();
    while (System.nanoTime() < until && !stopping) {
      TimeUnit.MILLISECONDS.sleep(PATIENCE.toMillis());
    }
    if (stopping) {
      return;
    }
    joinAll();
    try {
      index.reopen();
      feeds.clear();
      launch();
      problem = null;
      LOG.atInfo().log("Indexing runs again");
    } catch (IOException e) {
      problem = "the index cannot be opened: " + e.getMessage();
      LOG.atError().setCause(e).log("Index still cannot be opened");
    }
  }

  private void joinAll() throws InterruptedException {
    for (Thread thread : threads) {
      if (!thread.equals(Thread.currentThread())) {
        thread.join();
      }
    }
    threads.clear();
  }

  /**
   * The barrier: hands out nothing new, waits for the workers, commits; the taps first, so that
   * replay brings back whatever they had not kept.
   *
   * @throws IOException when the index cannot be committed; the next start replays
   */
  public void commit() throws IOException, InterruptedException {
    if (!broken) {
      index.writeBuffers();
    }
    dispatch.lockInterruptibly();
    try {
      while (underway > 0 && !broken) {
        idle.await();
      }
      if (broken) {
        return;
      }
      long start = System.nanoTime();
      Map<String, Long> positions = new HashMap<>();
      feeds.forEach((stream, feed) -> positions.put(stream, feed.dispatched()));
      taps.beforeCommit();
      index.commit(positions, clock.millis() * 1000);
      lastCommitMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    } finally {
      dispatch.unlock();
    }
  }

  /** Every record up to this global sequence was added to the index. */
  long contiguous() {
    long upTo = 0;
    long limit = Long.MAX_VALUE;
    for (StreamFeed feed : feeds.values()) {
      long committed = journal.committed(feed.stream());
      upTo = Math.max(upTo, committed);
      long added = feed.contiguous();
      if (added < committed) {
        limit = Math.min(limit, added);
      }
    }
    return Math.min(upTo, limit);
  }

  /** Whether everything that is durable now has been added to the index. */
  public boolean caughtUp() {
    for (String stream : journal.streams()) {
      StreamFeed feed = feeds.get(stream);
      if (feed == null || feed.contiguous() < journal.committed(stream)) {
        return false;
      }
    }
    return true;
  }

  /** Figures for the system page. */
  public PipelineStatus status() {
    boolean replaying = feeds.values().stream().anyMatch(f -> f.contiguous() < f.startedAt());
    return new PipelineStatus(
        counters.parsed.sum(),
        counters.unparsed.sum(),
        counters.redelivered.sum(),
        counters.replayed.sum(),
        replaying,
        index.searchableUpTo(),
        lastCommitMillis,
        problem);
  }

  /**
   * Indexes and commits what the feeders have handed out, then stops; the rest is replayed at the
   * next start.
   */
  @Override
  public void close() throws IOException {
    stopping = true;
    try {
      Thread keeping = keeper;
      if (keeping != null) {
        keeping.join();
      }
      joinAll();
      if (!broken) {
        commit();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
