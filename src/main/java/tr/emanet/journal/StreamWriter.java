package tr.emanet.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tr.emanet.crash.CrashPoint;

/**
 * Appends to one stream and rolls its segments. A group of batches is written, then either forced
 * and published or cut. One thread only.
 */
final class StreamWriter implements Closeable {

  private static final Logger LOG = LoggerFactory.getLogger(StreamWriter.class);

  private final JournalConfig config;
  private final Surroundings surroundings;
  private final StreamLog log;
  private final FrameWriter frames = new FrameWriter();
  private final List<SegmentWriter> touched = new ArrayList<>();
  private @Nullable SegmentWriter current;
  private byte[] previousDigest;
  private byte[] committedDigest;
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
      boolean full = !frames.open() && file.length() >= config.segmentBytes();
      if (file.day().takes(micros) && !full) {
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
    Day day = Day.of(micros, config.zone());
    long id = Format.segmentId(surroundings.random().nextInt(), log.name(), sequence);
    long created = surroundings.micros();
    Path stream = config.directory().resolve(log.name());
    Path file = day.directory(stream).resolve(Format.fileName(sequence));
    SegmentWriter writer =
        new SegmentWriter(
            new Segment(file, log.name(), id, sequence, created, 0),
            surroundings.storage().create(file),
            day,
            now);
    current = touch(writer);
    SegmentHeader header = new SegmentHeader(log.name(), id, sequence, created, previousDigest);
    writer.write(header.encode());
    CrashPoint.reach("journal.segment-created");
    return writer;
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
    if (touched.isEmpty()) {
      return;
    }
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
    last = committed;
    previousDigest = committedDigest;
    groupRecords = 0;
  }

  /** Closes a segment whose hour or day has passed although nothing more came. */
  void sealWhenDue() throws IOException {
    SegmentWriter file = current;
    if (file == null || !touched.isEmpty()) {
      return;
    }
    long age = surroundings.nanoTime().getAsLong() - file.createdNanos();
    if (age >= config.segmentAge().toNanos() || file.day().over(surroundings.micros())) {
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
