package tr.emanet.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tr.emanet.event.Attributes;
import tr.emanet.event.Position;

/**
 * The journal on files: {@code STREAM/YYYY/MM/DD/FIRST-SEQUENCE.emj}. One writer thread; the state
 * lock, which keeps a second process away, is its caller's. Safe for many threads.
 */
public final class FileJournal implements Journal {

  /** Exit code of a process whose journal cannot acknowledge any more. */
  public static final int FAILED_EXIT_CODE = CommitLoop.EXIT_CODE;

  private static final Logger LOG = LoggerFactory.getLogger(FileJournal.class);

  /** What is older than its retention by less is about to be destroyed and no news. */
  private static final Duration PATIENCE = Duration.ofDays(1);

  private final JournalConfig config;
  private final Surroundings surroundings;
  private final Catalogue catalogue;
  private final Quarantine quarantine;
  private final Inbox inbox = new Inbox();
  private final Decoders decoders = new Decoders();
  private final Finder finder;
  private final DiskGuard guard;
  private final CommitLoop loop;
  private final Thread writer;
  private final AtomicBoolean closed = new AtomicBoolean();

  private FileJournal(
      JournalConfig config, Surroundings surroundings, Recovery recovered, Quarantine quarantine) {
    this.config = config;
    this.surroundings = surroundings;
    this.catalogue = recovered.catalogue();
    this.quarantine = quarantine;
    this.finder = new Finder(decoders, quarantine, config.cacheBytes());
    this.guard =
        new DiskGuard(surroundings.freeBytes(), surroundings.nanoTime(), config.closeBelowBytes());
    this.loop = new CommitLoop(inbox, recovered, guard, config, surroundings);
    this.writer = Thread.ofPlatform().name("journal-writer").unstarted(loop);
  }

  /**
   * Opens a directory, which is created when missing, and recovers what is there.
   *
   * @param fatal called once with {@link #FAILED_EXIT_CODE} when nothing can be acknowledged any
   *     more; must end the process, because a file whose {@code force()} failed is never tried
   *     again
   */
  public static FileJournal open(
      JournalConfig config, InstantSource clock, SecureRandom random, IntConsumer fatal)
      throws IOException {
    Files.createDirectories(config.directory());
    FileStore store = Files.getFileStore(config.directory());
    LongSupplier free =
        () -> {
          try {
            return store.getUsableSpace();
          } catch (IOException e) {
            throw new UncheckedIOException("free space of " + config.directory(), e);
          }
        };
    return open(config, clock, random, fatal, free);
  }

  /** As above, with another source for the usable bytes of the file system. */
  public static FileJournal open(
      JournalConfig config,
      InstantSource clock,
      SecureRandom random,
      IntConsumer fatal,
      LongSupplier freeBytes)
      throws IOException {
    Storage disk = new Storage.Disk(!config.unsafeNoForce());
    return open(config, new Surroundings(clock, System::nanoTime, random, freeBytes, disk, fatal));
  }

  static FileJournal open(JournalConfig config, Surroundings surroundings) throws IOException {
    if (config.unsafeNoForce()) {
      LOG.atError().log("TEST ONLY: the journal does not force anything to disk");
    }
    if (config.unsafeAckFirst()) {
      LOG.atError().log("TEST ONLY: the journal acknowledges before it writes");
    }
    Path directory = config.directory();
    Files.createDirectories(directory);
    Quarantine quarantine = new Quarantine();
    Recovery recovery = new Recovery(directory, surroundings.storage(), quarantine);
    recovery.run();
    recovery.done().forEach(quarantine::tell);
    FileJournal journal = new FileJournal(config, surroundings, recovery, quarantine);
    journal.writer.start();
    return journal;
  }

  @Override
  public void append(String stream, Batch batch) {
    if (!Format.isStream(stream)) {
      throw new IllegalArgumentException("'" + stream + "' is not a stream name");
    }
    for (int i = 0; i < batch.count(); i++) {
      if (batch.attributes(i).block().length > Attributes.MAX_BYTES) {
        throw new IllegalArgumentException("record " + i + " has attributes beyond the limit");
      }
    }
    if (config.unsafeAckFirst()) {
      batch.acknowledge(
          e -> LOG.atError().setCause(e).log("An acknowledgement failed before the append"));
    }
    inbox.put(new Inbox.Entry(stream, batch));
  }

  @Override
  public Intake intake() {
    return loop.failure() == null ? guard.intake() : new Intake.Closed(0, Long.MAX_VALUE);
  }

  @Override
  public List<String> streams() {
    return catalogue.streams().stream().map(StreamLog::name).toList();
  }

  @Override
  public long committed(String stream) {
    return catalogue.known(stream).map(StreamLog::committed).orElse(0L);
  }

  @Override
  public long first(String stream) {
    return catalogue.known(stream).map(StreamLog::first).orElse(1L);
  }

  /**
   * Segments of a stream in sequence order, from the one that begins at {@code fromFirst} or above.
   */
  public List<StoredSegment> segments(String stream, long fromFirst) {
    Optional<StreamLog> log = catalogue.known(stream);
    List<StoredSegment> out = new ArrayList<>();
    if (log.isPresent()) {
      for (Segment segment : log.get().segments()) {
        if (segment.firstSequence() >= fromFirst) {
          out.add(StoredSegment.of(segment));
        }
      }
    }
    return out;
  }

  /**
   * Deletes a closed segment and everything that recovery left beside it, the segment last; readers
   * no longer find its records. Can be repeated when it failed. Whether that is allowed is its
   * caller's business.
   */
  public void destroy(StoredSegment segment) throws IOException {
    catalogue.known(segment.stream()).ifPresent(log -> log.remove(segment.firstSequence()));
    quarantine.forget(segment.file());
    SegmentFiles.delete(segment.file(), surroundings.storage());
  }

  @Override
  public JournalReader read(String stream, long fromSequence) throws IOException {
    if (!Format.isStream(stream)) {
      throw new IllegalArgumentException("'" + stream + "' is not a stream name");
    }
    StreamLog log = catalogue.stream(stream);
    return new TailReader(catalogue, log, finder, decoders, quarantine, fromSequence);
  }

  @Override
  public Optional<JournalRecord> find(Position position) throws IOException {
    Optional<StreamLog> log = catalogue.known(position.stream());
    return log.isEmpty() ? Optional.empty() : finder.find(log.get(), position);
  }

  @Override
  public JournalStatus status() {
    List<JournalStatus.StreamStatus> streams = new ArrayList<>();
    long stored = 0;
    for (StreamLog log : catalogue.streams()) {
      JournalStatus.StreamStatus one = status(log);
      streams.add(one);
      stored += one.storedBytes();
    }
    List<String> problems = quarantine.problems();
    Throwable failure = loop.failure();
    if (failure != null) {
      problems.addFirst("the journal has failed and acknowledges nothing: " + failure.getMessage());
    }
    return new JournalStatus(
        loop.appended(),
        loop.appendedBytes(),
        stored,
        guard.free(),
        guard.closeBelow(),
        loop.times().count(),
        loop.times().percentile(50),
        loop.times().percentile(99),
        streams,
        problems);
  }

  private JournalStatus.StreamStatus status(StreamLog log) {
    Duration kept = config.retention().get(log.name());
    long oldest =
        kept == null
            ? Long.MIN_VALUE
            : surroundings.micros() - kept.plus(PATIENCE).toMillis() * 1000;
    int expired = 0;
    long stored = 0;
    Segment[] segments = log.segments();
    for (Segment segment : segments) {
      stored += segment.durableBytes();
      if (segment.sealed() && segment.createdMicros() != 0 && segment.createdMicros() < oldest) {
        expired++;
      }
    }
    return new JournalStatus.StreamStatus(
        log.name(), log.first(), log.committed(), segments.length, expired, stored);
  }

  /** Frames decoded for {@link #find} so far. */
  long decodedFrames() {
    return finder.decodedFrames();
  }

  @Override
  public void close() throws IOException {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    inbox.close();
    boolean interrupted = false;
    while (writer.isAlive()) {
      try {
        writer.join();
      } catch (InterruptedException e) {
        // What was appended must be committed; the caller still learns of the interrupt.
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    catalogue.close();
    decoders.close();
    loop.check();
  }
}
