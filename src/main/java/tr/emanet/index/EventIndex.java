package tr.emanet.index;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tr.emanet.crash.CrashPoint;

/**
 * All partitions. The pipeline adds through {@link #appender}, commits at its barrier and reads
 * {@link #replayFrom} at start; searches take a {@link #view}. A thread of its own makes new
 * documents searchable: each second while somebody looks, each fifteen seconds otherwise (a search
 * that comes then asks for a refresh and waits a moment for it). Under a flood refreshing never
 * takes more than a quarter of the time, because small segments are paid for twice, when they are
 * merged.
 */
public final class EventIndex implements Closeable {

  private static final Logger LOG = LoggerFactory.getLogger(EventIndex.class);
  private static final Comparator<Partition> NEWEST_FIRST =
      Comparator.comparing(Partition::day).reversed().thenComparing(Partition::stream);

  /** A partition stays open this long after its day, for batches that were under way. */
  private static final long LATE_MICROS = TimeUnit.MINUTES.toMicros(10);

  private static final long WATCHED_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(15);
  private static final long QUIET_SHARE = 4;
  private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(700);

  private final IndexConfig config;
  private final Map<Key, Partition> partitions = new ConcurrentSkipListMap<>();
  private final ReentrantLock refreshing = new ReentrantLock();
  private final Condition refreshed = refreshing.newCondition();
  private final Condition wanted = refreshing.newCondition();
  private @Nullable Thread refresher;
  private volatile boolean closed;
  private volatile long lastDemand = System.nanoTime() - IDLE_NANOS;
  private volatile long lastRefresh = System.nanoTime();

  /** When the last finished refresh began: what was added before that is searchable. */
  private volatile long refreshedFrom = System.nanoTime() - IDLE_NANOS;

  private volatile long refreshNanos;
  private volatile long searchableUpTo;
  private boolean refreshWanted;

  private record Key(LocalDate day, String stream) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int byDay = other.day.compareTo(day);
      return byDay != 0 ? byDay : stream.compareTo(other.stream);
    }
  }

  private EventIndex(IndexConfig config) {
    this.config = config;
  }

  /**
   * Opens every partition under the directory.
   *
   * @throws IOException when the directory cannot be read; damaged partitions are emptied instead
   */
  public static EventIndex open(IndexConfig config) throws IOException {
    EventIndex index = new EventIndex(config);
    index.openAll();
    return index;
  }

  private synchronized void openAll() throws IOException {
    Files.createDirectories(config.directory());
    try (Stream<Path> streams = Files.list(config.directory())) {
      for (Path stream : streams.filter(Files::isDirectory).sorted().toList()) {
        openStream(stream);
      }
    }
    shareRam();
  }

  /**
   * Closes every partition without a commit and opens it again: the way out after a writer failed.
   * No appender may be used meanwhile; take new ones.
   */
  public void reopen() throws IOException {
    refreshing.lock();
    try {
      synchronized (this) {
        for (Partition partition : partitions.values()) {
          partition.close();
        }
        partitions.clear();
        openAll();
      }
    } finally {
      refreshing.unlock();
    }
  }

  private void openStream(Path directory) throws IOException {
    try (Stream<Path> days = Files.list(directory)) {
      for (Path path : days.filter(Files::isDirectory).sorted().toList()) {
        String stream = String.valueOf(directory.getFileName());
        try {
          LocalDate day = LocalDate.parse(String.valueOf(path.getFileName()));
          partitions.put(new Key(day, stream), open(path, stream, day));
        } catch (DateTimeParseException e) {
          LOG.atWarn().addKeyValue("path", path).log("Not a partition, left alone");
        }
      }
    }
  }

  private Partition open(Path path, String stream, LocalDate day) throws IOException {
    return Partition.open(
        path, stream, day, config.zone(), config.rulesVersion(), config.ramBytes() / 1048576.0);
  }

  private void shareRam() {
    long open = partitions.values().stream().filter(p -> !p.sealed()).count();
    double each = Math.max(8, config.ramBytes() / 1048576.0 / Math.max(1, open));
    partitions.values().forEach(p -> p.setRam(each));
  }

  /** One appender a worker. */
  public IndexAppender appender() {
    return new IndexAppender(this);
  }

  Partition partition(String stream, long receivedMicros) throws IOException {
    LocalDate day =
        Instant.ofEpochSecond(Math.floorDiv(receivedMicros, 1_000_000L))
            .atZone(config.zone())
            .toLocalDate();
    Key key = new Key(day, stream);
    Partition known = partitions.get(key);
    if (known != null) {
      return known;
    }
    synchronized (this) {
      known = partitions.get(key);
      if (known == null) {
        known = open(config.directory().resolve(stream).resolve(day.toString()), stream, day);
        partitions.put(key, known);
        shareRam();
      }
      return known;
    }
  }

  /**
   * The first sequence of a stream that some partition may lack, at least 1. Partitions skip what
   * they have, so reading from here is always right.
   */
  public long replayFrom(String stream) {
    long unsealed = Long.MAX_VALUE;
    long sealed = 0;
    for (Partition partition : partitions.values()) {
      if (partition.stream().equals(stream)) {
        if (partition.sealed()) {
          sealed = Math.max(sealed, partition.committed());
        } else {
          unsealed = Math.min(unsealed, partition.committed());
        }
      }
    }
    return (unsealed == Long.MAX_VALUE ? sealed : unsealed) + 1;
  }

  /**
   * Writes what is buffered, while others go on adding: a commit that follows has little left to
   * do, and all workers stand still for as long as it takes.
   */
  public void writeBuffers() throws IOException {
    for (Partition partition : partitions.values()) {
      partition.writeBuffers();
    }
  }

  /**
   * Commits every open partition. The caller's barrier guarantees that, for each stream, exactly
   * the records up to the given sequence were added.
   *
   * @param positions stream to last added sequence
   * @param nowMicros partitions whose day ended well before this are sealed
   */
  public void commit(Map<String, Long> positions, long nowMicros) throws IOException {
    CrashPoint.reach("index.before-commit");
    // Open days first: a sealed partition must never be ahead of an open one of its stream.
    List<Partition> order = new ArrayList<>(partitions.values());
    order.sort(Comparator.comparing(p -> p.endedBefore(nowMicros - LATE_MICROS)));
    boolean sealedOne = false;
    for (Partition partition : order) {
      Long position = positions.get(partition.stream());
      if (position == null || partition.sealed()) {
        continue;
      }
      boolean seal = partition.endedBefore(nowMicros - LATE_MICROS);
      partition.commit(position, seal);
      sealedOne |= seal;
      CrashPoint.reach("index.between-commits");
    }
    if (sealedOne) {
      shareRam();
    }
    CrashPoint.reach("index.after-commit");
  }

  /**
   * Starts the refresher.
   *
   * @param contiguous highest sequence below which everything was added, over all streams
   */
  public void start(LongSupplier contiguous) {
    refresher = Thread.ofPlatform().daemon().name("index-refresh").start(() -> run(contiguous));
  }

  private void run(LongSupplier contiguous) {
    while (!closed) {
      try {
        refreshing.lockInterruptibly();
        try {
          long since = System.nanoTime() - lastRefresh;
          boolean watched = System.nanoTime() - lastDemand < WATCHED_NANOS;
          long interval = Math.max(watched ? FRESH_NANOS : IDLE_NANOS, QUIET_SHARE * refreshNanos);
          if (since < interval && !refreshWanted) {
            long ignored = wanted.awaitNanos(interval - since);
            continue;
          }
          refreshWanted = false;
          refresh(contiguous.getAsLong());
          refreshed.signalAll();
        } finally {
          refreshing.unlock();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (IOException | RuntimeException e) {
        LOG.atError().setCause(e).log("Index cannot be refreshed; new events are not searchable");
        lastRefresh = System.nanoTime();
      }
    }
  }

  /**
   * Makes everything added before this call searchable.
   *
   * @param contiguous see {@link #start}, read before the call
   */
  public void refresh(long contiguous) throws IOException {
    refreshing.lock();
    try {
      long start = System.nanoTime();
      for (Partition partition : partitions.values()) {
        partition.refresh();
      }
      searchableUpTo = contiguous;
      refreshedFrom = start;
      refreshNanos = System.nanoTime() - start;
      lastRefresh = System.nanoTime();
    } finally {
      refreshing.unlock();
    }
  }

  /** Highest sequence below which every event can be found. */
  public long searchableUpTo() {
    return searchableUpTo;
  }

  /** The current picture; waits a moment when it would be older than a second. */
  public IndexView view() {
    lastDemand = System.nanoTime();
    if (refresher != null) {
      awaitRefresh(lastDemand - FRESH_NANOS);
    }
    List<Closeable> holds = new ArrayList<>();
    List<PartitionView> views = new ArrayList<>();
    synchronized (this) {
      for (Partition partition : partitions.values()) {
        views.add(partition.view(holds, searchableUpTo));
      }
    }
    return new IndexView(views, holds);
  }

  /** Waits, not for long, for a refresh that began at this moment or later. */
  private void awaitRefresh(long atLeast) {
    long left = PATIENCE_NANOS;
    if (refreshedFrom - atLeast >= 0) {
      return;
    }
    try {
      if (!refreshing.tryLock(left, TimeUnit.NANOSECONDS)) {
        return;
      }
      try {
        while (refreshedFrom - atLeast < 0 && left > 0 && !closed) {
          refreshWanted = true;
          wanted.signalAll();
          left = refreshed.awaitNanos(left);
        }
      } finally {
        refreshing.unlock();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Deletes partitions that are too old or too many; needs no barrier, only sealed ones go.
   *
   * @return what was deleted, as {@code stream/day}
   */
  public List<String> retain(Instant now) throws IOException {
    LocalDate oldest = now.atZone(config.zone()).toLocalDate().minusDays(config.keepDays());
    long total = 0;
    List<Partition> newestFirst = new ArrayList<>(partitions.values());
    newestFirst.sort(NEWEST_FIRST);
    List<String> deleted = new ArrayList<>();
    for (Partition partition : newestFirst) {
      total += partition.bytes();
      boolean tooMuch = config.maxBytes() > 0 && total > config.maxBytes();
      if (partition.sealed() && (partition.day().isBefore(oldest) || tooMuch)) {
        delete(partition);
        deleted.add(partition.stream() + "/" + partition.day());
      }
    }
    return deleted;
  }

  /** Forgets a stream's day whose records were destroyed; not while it is written to. */
  public void drop(String stream, LocalDate day) throws IOException {
    Partition partition = partitions.get(new Key(day, stream));
    if (partition != null && partition.sealed()) {
      delete(partition);
    }
  }

  private synchronized void delete(Partition partition) throws IOException {
    partitions.remove(new Key(partition.day(), partition.stream()));
    partition.delete();
  }

  /** Figures for the system page. */
  public IndexStatus status() throws IOException {
    long documents = 0;
    long bytes = 0;
    List<IndexStatus.PartitionStatus> lines = new ArrayList<>();
    for (Partition partition : partitions.values()) {
      IndexStatus.PartitionStatus line = partition.status(partition.committed());
      documents += line.documents();
      bytes += line.bytes();
      lines.add(line);
    }
    return new IndexStatus(documents, bytes, lines, TimeUnit.NANOSECONDS.toMillis(refreshNanos));
  }

  /** Stops refreshing and closes without a commit. */
  @Override
  public void close() throws IOException {
    closed = true;
    Thread thread = refresher;
    if (thread != null) {
      thread.interrupt();
      try {
        thread.join(TimeUnit.SECONDS.toMillis(5));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    synchronized (this) {
      for (Partition partition : partitions.values()) {
        partition.close();
      }
      partitions.clear();
    }
  }
}
