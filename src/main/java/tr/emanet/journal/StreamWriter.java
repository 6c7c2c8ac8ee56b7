package tr.emanet.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tr.emanet.crash.CrashPoint;

/**
 * Appends to one stream and rolls its segments. A group of batches is written, then either forced
 * and published or cut. One thread only.
 */
final class StreamWriter implements Closeable {

  /**
   * Records this much older than their segment's day still go into it: they waited in a socket or
   * in the queue over midnight. A clock set back further begins a segment of its own.
   */
  private static final long LATE_MICROS = 5L * 60 * 1_000_000;

  private static final Logger LOG = LoggerFactory.getLogger(StreamWriter.class);

  private final JournalConfig config;
  private final Surroundings surroundings;
  private final StreamLog log;
  private final FrameWriter frames = new FrameWriter();
  private final List<SegmentWriter> touched = new ArrayList<>();
  private @Nullable SegmentWriter current;
  private byte[] previousDigest;
  private byte[] committedDigest;
  private long dayStartMicros;
  private long dayEndMicros;
  private long last;
  private long committed;
  private long groupRecords;

  StreamWriter(JournalConfig config, Surroundings surroundings, StreamLog log, Recovery.Tail tail) {
    this.config = config;
    this.surroundings = surroundings;
    this.log = log;
    this.previousDigest = tail.digest();
    this.committedDigest = previousDigest;
    this.last = tail.lastSequence();
    this.committed = last;
  }

  /** Encodes a batch; its records get the sequences from {@code first} on. */
  void append(Batch batch, long first) throws IOException {
    long now = surroundings.nanoTime().getAsLong();
    if (current != null && now - current.createdNanos() >= config.segmentAge().toNanos()) {
      roll();
    }
    if (current != null && frames.olderThan(config.frameAge().toNanos(), now)) {
      frames.flush(true, touch(current));
    }
    for (int i = 0; i < batch.count(); i++) {
      SegmentWriter file = fileFor(batch.receivedMicros(i), first + i, now);
      frames.add(batch, i, first + i, last, now, touch(file));
      last = first + i;
    }
    groupRecords += batch.count();
  }

  private SegmentWriter fileFor(long micros, long sequence, long now) throws IOException {
    SegmentWriter file = current;
    if (file != null) {
      boolean otherDay = micros >= dayEndMicros || micros < dayStartMicros - LATE_MICROS;
      boolean full = !frames.open() && file.length() >= config.segmentBytes();
      if (!otherDay && !full) {
        return file;
      }
      roll();
    }
    return create(micros, sequence, now);
  }

  private SegmentWriter touch(SegmentWriter file) {
    if (touched.isEmpty() || touched.getLast() != file) {
      touched.add(file);
    }
    return file;
  }

  private void roll() throws IOException {
    SegmentWriter file = current;
    if (file != null) {
      frames.flush(true, touch(file));
      frames.abandon();
      // Durable before the next one begins: recovery need only doubt a stream's last segment.
      file.force(surroundings.storage(), config.directory());
      previousDigest = file.digest();
      current = null;
      CrashPoint.reach("journal.segment-rolled");
    }
  }

  private SegmentWriter create(long micros, long sequence, long now) throws IOException {
    ZoneId zone = config.zone();
    LocalDate day =
        Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L)).atZone(zone).toLocalDate();
    dayStartMicros = day.atStartOfDay(zone).toEpochSecond() * 1_000_000L;
    dayEndMicros = day.plusDays(1).atStartOfDay(zone).toEpochSecond() * 1_000_000L;
    long id = Format.segmentId(surroundings.random().nextInt(), log.name(), sequence);
    long created = surroundings.micros();
    Path file = directory(day).resolve(Format.fileName(sequence));
    SegmentWriter writer =
        new SegmentWriter(
            new Segment(file, log.name(), id, sequence, created, 0),
            surroundings.storage().create(file),
            now);
    current = touch(writer);
    SegmentHeader header = new SegmentHeader(log.name(), id, sequence, created, previousDigest);
    writer.write(header.encode());
    CrashPoint.reach("journal.segment-created");
    return writer;
  }

  private Path directory(LocalDate day) {
    return config
        .directory()
        .resolve(log.name())
        .resolve(String.format(Locale.ROOT, "%04d", day.getYear()))
        .resolve(String.format(Locale.ROOT, "%02d", day.getMonthValue()))
        .resolve(String.format(Locale.ROOT, "%02d", day.getDayOfMonth()));
  }

  /** Writes what waits in the encoder. */
  void flush(boolean end) throws IOException {
    if (current != null) {
      frames.flush(end, touch(current));
    }
  }

  /** Forces every file of this group, and the directories of new ones. */
  void force() throws IOException {
    for (SegmentWriter file : touched) {
      file.force(surroundings.storage(), config.directory());
    }
  }

  /** Shows this group to readers; returns how many records it had. */
  long publish() throws IOException {
    for (SegmentWriter file : touched) {
      boolean isNew = file.isNew();
      file.committed();
      if (isNew) {
        log.add(file.segment());
      }
      if (file != current) {
        file.segment().seal();
        file.close();
      }
    }
    touched.clear();
    log.commit(last);
    committed = last;
    committedDigest = previousDigest;
    long records = groupRecords;
    groupRecords = 0;
    return records;
  }

  /** Removes this group from the files, which are then as after the last commit. */
  void cut() throws IOException {
    frames.abandon();
    current = null;
    for (SegmentWriter file : touched) {
      if (file.isNew()) {
        file.close();
        surroundings.storage().delete(file.segment().file());
      } else {
        file.cut();
        current = file;
      }
    }
    touched.clear();
    if (current != null) {
      restoreDay(current.segment());
    }
    last = committed;
    previousDigest = committedDigest;
    groupRecords = 0;
  }

  private void restoreDay(Segment segment) {
    // The directory names the day; a roll in the cut group may have moved on to the next one.
    Path day = segment.file().getParent();
    if (day == null || day.getNameCount() < 3) {
      throw new IllegalStateException(segment + " lies in no day");
    }
    int names = day.getNameCount();
    LocalDate date =
        LocalDate.of(
            Integer.parseInt(day.getName(names - 3).toString()),
            Integer.parseInt(day.getName(names - 2).toString()),
            Integer.parseInt(day.getName(names - 1).toString()));
    ZoneId zone = config.zone();
    dayStartMicros = date.atStartOfDay(zone).toEpochSecond() * 1_000_000L;
    dayEndMicros = date.plusDays(1).atStartOfDay(zone).toEpochSecond() * 1_000_000L;
  }

  /** Closes a segment whose hour or day has passed although nothing more came. */
  void sealWhenDue() throws IOException {
    SegmentWriter file = current;
    if (file == null || !touched.isEmpty()) {
      return;
    }
    long age = surroundings.nanoTime().getAsLong() - file.createdNanos();
    if (age >= config.segmentAge().toNanos()
        || surroundings.micros() >= dayEndMicros + LATE_MICROS) {
      seal(file);
    }
  }

  private void seal(SegmentWriter file) throws IOException {
    frames.abandon();
    previousDigest = file.digest();
    committedDigest = previousDigest;
    current = null;
    file.close();
    file.segment().seal();
  }

  /** Lets go of all files as they are: the journal has failed and nothing may touch them. */
  void abandon() {
    if (current != null) {
      touch(current);
    }
    for (SegmentWriter file : touched) {
      try {
        file.close();
      } catch (IOException e) {
        LOG.atWarn().addKeyValue("segment", file.segment()).setCause(e).log("Close failed too");
      }
    }
    frames.close();
  }

  @Override
  public void close() throws IOException {
    if (current != null) {
      seal(current);
    }
    frames.close();
  }
}
