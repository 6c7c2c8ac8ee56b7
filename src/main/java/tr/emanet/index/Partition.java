package tr.emanet.index;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.lucene.index.ConcurrentMergeScheduler;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.DocValuesSkipper;
import org.apache.lucene.index.IndexNotFoundException;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LogByteSizeMergePolicy;
import org.apache.lucene.index.MergePolicy;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.MMapDirectory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Lucene index: the records of one stream received on one calendar day. Documents may be added
 * by several threads; {@link #commit} needs the barrier of the pipeline.
 */
final class Partition implements Closeable {

  private static final Logger LOG = LoggerFactory.getLogger(Partition.class);

  private static final String POSITION = "position";
  private static final String SCHEMA = "schema";
  private static final String RULES = "rules";
  private static final String SEALED = "sealed";
  private static final String MIN = "min";
  private static final String MAX = "max";

  private static final int WRITERS = 2;
  private static final long SMALL_BUFFER = 16L << 20;

  /** Newest leaves first, so that "newest fifty" ends early. */
  private static final Comparator<LeafReader> NEWEST_FIRST =
      Comparator.comparingLong(Partition::maxTimestamp).reversed();

  private final Path path;
  private final String stream;
  private final LocalDate day;
  private final long startMicros;
  private final long endMicros;
  private final int rulesVersion;
  private final Directory directory;
  private @Nullable IndexWriter writer;
  private DirectoryReader reader;
  private volatile long skipUpTo;
  private volatile long min = Long.MAX_VALUE;
  private volatile long max = Long.MIN_VALUE;
  private volatile boolean sealed;

  private Partition(
      Path path, String stream, LocalDate day, ZoneId zone, int rulesVersion, double ramMegabytes)
      throws IOException {
    this.path = path;
    this.stream = stream;
    this.day = day;
    this.rulesVersion = rulesVersion;
    this.startMicros = day.atStartOfDay(zone).toEpochSecond() * 1_000_000;
    this.endMicros = day.plusDays(1).atStartOfDay(zone).toEpochSecond() * 1_000_000;
    this.directory = new MMapDirectory(path);
    Map<String, String> last = usable(directory, rulesVersion).orElseGet(Map::of);
    if (last.isEmpty() && Files.exists(path)) {
      deleteFiles(path);
    }
    skipUpTo = Long.parseLong(last.getOrDefault(POSITION, "0"));
    min = Long.parseLong(last.getOrDefault(MIN, Long.toString(Long.MAX_VALUE)));
    max = Long.parseLong(last.getOrDefault(MAX, Long.toString(Long.MIN_VALUE)));
    sealed = Boolean.parseBoolean(last.getOrDefault(SEALED, "false"));
    if (sealed) {
      reader = DirectoryReader.open(directory, NEWEST_FIRST);
    } else {
      IndexWriter opened = openWriter(directory, ramMegabytes);
      writer = opened;
      reader = DirectoryReader.open(opened);
    }
  }

  /**
   * Opens or creates a partition; one that another version wrote, or that is damaged, is emptied.
   */
  static Partition open(
      Path path, String stream, LocalDate day, ZoneId zone, int rulesVersion, double ramMegabytes)
      throws IOException {
    Files.createDirectories(path);
    return new Partition(path, stream, day, zone, rulesVersion, ramMegabytes);
  }

  private static Optional<Map<String, String>> usable(Directory directory, int rulesVersion)
      throws IOException {
    try {
      Map<String, String> data = SegmentInfos.readLatestCommit(directory).getUserData();
      if (Integer.toString(Schema.VERSION).equals(data.get(SCHEMA))
          && Integer.toString(rulesVersion).equals(data.get(RULES))) {
        return Optional.of(data);
      }
      LOG.atInfo()
          .addKeyValue("directory", directory)
          .log("Partition of another version is rebuilt");
    } catch (IndexNotFoundException e) {
      LOG.atDebug().addKeyValue("directory", directory).log("Partition is new");
    } catch (CorruptIndexException
        | java.io.FileNotFoundException
        | java.nio.file.NoSuchFileException e) {
      LOG.atWarn()
          .addKeyValue("directory", directory)
          .setCause(e)
          .log("Partition is damaged and is rebuilt from the journal");
    }
    return Optional.empty();
  }

  private static IndexWriter openWriter(Directory directory, double ramMegabytes)
      throws IOException {
    IndexWriterConfig config = new IndexWriterConfig();
    config.setOpenMode(IndexWriterConfig.OpenMode.CREATE_OR_APPEND);
    config.setRAMBufferSizeMB(ramMegabytes);
    config.setUseCompoundFile(false);
    config.setCommitOnClose(false);
    config.setLeafSorter(NEWEST_FIRST);
    LogByteSizeMergePolicy merges = new LogByteSizeMergePolicy();
    // A flush writes 10 to 30 MB: sixteen of them at once, then sixteen of those, and that is all.
    // Each level costs three microseconds an event, each segment some microseconds a search.
    merges.setMinMergeMB(32);
    merges.setMergeFactor(16);
    merges.setMaxMergeMB(4096);
    merges.setNoCFSRatio(0);
    config.setMergePolicy(merges);
    ConcurrentMergeScheduler scheduler = new Merges();
    scheduler.setMaxMergesAndThreads(6, 1);
    scheduler.disableAutoIOThrottle();
    config.setMergeScheduler(scheduler);
    return new IndexWriter(directory, config);
  }

  /** Merges in threads that give way to whoever receives. */
  private static final class Merges extends ConcurrentMergeScheduler {
    // The priority is honoured: the service runs with ThreadPriorityPolicy=1.
    @Override
    @SuppressWarnings("ThreadPriorityCheck")
    protected synchronized MergeThread getMergeThread(
        MergeSource source, MergePolicy.OneMerge merge) throws IOException {
      MergeThread thread = super.getMergeThread(source, merge);
      thread.setPriority(Thread.MIN_PRIORITY);
      return thread;
    }
  }

  private static long maxTimestamp(LeafReader leaf) {
    try {
      DocValuesSkipper skipper = leaf.getDocValuesSkipper(Schema.TIMESTAMP);
      return skipper == null ? Long.MIN_VALUE : skipper.maxValue();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  String stream() {
    return stream;
  }

  LocalDate day() {
    return day;
  }

  Path path() {
    return path;
  }

  boolean covers(long receivedMicros) {
    return receivedMicros >= startMicros && receivedMicros < endMicros;
  }

  boolean endedBefore(long micros) {
    return endMicros <= micros;
  }

  boolean sealed() {
    return sealed;
  }

  /** Position up to which the last commit is complete. */
  long committed() {
    return skipUpTo;
  }

  /** Adds a document unless the last commit has it already. */
  boolean add(EventDocument document, tr.emanet.event.Event event, long sequence)
      throws IOException {
    if (sequence <= skipUpTo) {
      return false;
    }
    IndexWriter target = writer;
    if (target == null) {
      target = reopen();
    }
    target.addDocument(document.of(event, sequence));
    long timestamp = event.timestampMillis();
    if (timestamp < min || timestamp > max) {
      widen(timestamp);
    }
    return true;
  }

  private synchronized IndexWriter reopen() throws IOException {
    IndexWriter open = writer;
    if (open == null) {
      open = openWriter(directory, 16);
      writer = open;
      sealed = false;
      DirectoryReader before = reader;
      reader = DirectoryReader.open(open);
      before.decRef();
    }
    return open;
  }

  private synchronized void widen(long timestamp) {
    min = Math.min(min, timestamp);
    max = Math.max(max, timestamp);
  }

  synchronized void setRam(double megabytes) {
    if (writer != null) {
      writer.getConfig().setRAMBufferSizeMB(megabytes);
    }
  }

  /** Makes what was added searchable; false when nothing changed. */
  synchronized boolean refresh() throws IOException {
    IndexWriter open = writer;
    if (open == null) {
      return false;
    }
    DirectoryReader newer = DirectoryReader.openIfChanged(reader, open);
    if (newer == null) {
      return false;
    }
    DirectoryReader before = reader;
    reader = newer;
    before.decRef();
    return true;
  }

  /** Takes a reference to the current reader; {@code holds} receives what must be closed. */
  synchronized PartitionView view(java.util.List<Closeable> holds, long searchableUpTo) {
    DirectoryReader current = reader;
    current.incRef();
    holds.add(current::decRef);
    IndexSearcher searcher = new IndexSearcher(current);
    searcher.setQueryCache(null);
    return new PartitionView(stream, day, searcher, min, max, searchableUpTo);
  }

  /** Writes the largest buffers as segments, one for each worker, without stopping anybody. */
  void writeBuffers() throws IOException {
    IndexWriter open = writer;
    for (int i = 0; open != null && i < WRITERS && open.ramBytesUsed() > SMALL_BUFFER; i++) {
      boolean ignored = open.flushNextBuffer();
    }
  }

  /**
   * Makes everything added so far durable. The caller guarantees that it is exactly the records of
   * this partition up to {@code position}.
   */
  void commit(long position, boolean seal) throws IOException {
    IndexWriter open = writer;
    if (open == null) {
      return;
    }
    Map<String, String> data = new TreeMap<>();
    data.put(POSITION, Long.toString(position));
    data.put(SCHEMA, Integer.toString(Schema.VERSION));
    data.put(RULES, Integer.toString(rulesVersion));
    data.put(SEALED, Boolean.toString(seal));
    data.put(MIN, Long.toString(min));
    data.put(MAX, Long.toString(max));
    open.setLiveCommitData(data.entrySet());
    open.commit();
    skipUpTo = position;
    if (seal) {
      closeWriter();
    }
  }

  private synchronized void closeWriter() throws IOException {
    IndexWriter open = writer;
    if (open == null) {
      return;
    }
    writer = null;
    sealed = true;
    open.close();
    DirectoryReader before = reader;
    reader = DirectoryReader.open(directory, NEWEST_FIRST);
    before.decRef();
  }

  synchronized IndexStatus.PartitionStatus status(long committed) throws IOException {
    return new IndexStatus.PartitionStatus(
        stream, day, reader.numDocs(), bytes(), reader.leaves().size(), committed);
  }

  long bytes() throws IOException {
    long total = 0;
    try (Stream<Path> files = Files.list(path)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        try {
          total += Files.size(file);
        } catch (java.nio.file.NoSuchFileException e) {
          LOG.atTrace().addKeyValue("file", file).log("Segment file went away while counting");
        }
      }
    }
    return total;
  }

  /** Closes without a commit and deletes every file; open views keep theirs until they close. */
  void delete() throws IOException {
    close();
    deleteFiles(path);
    Files.deleteIfExists(path);
  }

  private static void deleteFiles(Path path) throws IOException {
    try (Stream<Path> files = Files.list(path)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** Closes without committing: uncommitted documents come back from the journal. */
  @Override
  public synchronized void close() throws IOException {
    IndexWriter open = writer;
    writer = null;
    reader.decRef();
    if (open != null) {
      open.rollback();
    }
    directory.close();
  }
}
