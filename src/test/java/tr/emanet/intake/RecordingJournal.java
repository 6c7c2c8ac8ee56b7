package tr.emanet.intake;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tr.emanet.event.Attributes;
import tr.emanet.event.Position;
import tr.emanet.event.SourceAddress;
import tr.emanet.journal.Batch;
import tr.emanet.journal.Journal;
import tr.emanet.journal.JournalReader;
import tr.emanet.journal.JournalRecord;
import tr.emanet.journal.JournalStatus;
import tr.emanet.journal.RecordBlock;

/** Keeps every record in memory and lets a test play disk guard, slow disk and failure. */
public final class RecordingJournal implements Journal {

  private final List<JournalRecord> records = new ArrayList<>();
  private final List<Integer> batches = new ArrayList<>();
  private volatile Intake intake = new Intake.Open();
  private volatile long freeBytes = 1L << 40;
  private volatile long lineBytes;
  private volatile boolean failing;
  private volatile boolean stalled;
  private final List<Batch> held = new ArrayList<>();

  @Override
  public synchronized void append(String stream, Batch batch) {
    if (failing) {
      throw new IllegalStateException("the journal of this test fails");
    }
    batches.add(batch.count());
    for (int i = 0; i < batch.count(); i++) {
      records.add(
          new JournalRecord(
              new Position(stream, records.size() + 1),
              Arrays.copyOfRange(batch.bytes(), batch.from(i), batch.to(i)),
              batch.receivedMicros(i),
              batch.source(i),
              batch.attributes(i),
              batch.flags(i)));
    }
    if (stalled) {
      held.add(batch);
    } else {
      batch.release();
    }
  }

  public synchronized List<JournalRecord> records() {
    return List.copyOf(records);
  }

  public synchronized int size() {
    return records.size();
  }

  public synchronized List<String> texts() {
    return records.stream().map(r -> new String(r.bytes(), StandardCharsets.UTF_8)).toList();
  }

  public synchronized int batchCount() {
    return batches.size();
  }

  public void fail(boolean now) {
    failing = now;
  }

  /** Keeps batches instead of releasing them, as a disk that does not answer. */
  public synchronized void stall(boolean now) {
    stalled = now;
    if (!now) {
      held.forEach(Batch::release);
      held.clear();
    }
  }

  public void guard(boolean closed) {
    intake = closed ? new Intake.Closed(1, 2) : new Intake.Open();
  }

  public void space(long free, long line) {
    freeBytes = free;
    lineBytes = line;
  }

  @Override
  public Intake intake() {
    return intake;
  }

  @Override
  public List<String> streams() {
    return List.of();
  }

  @Override
  public long committed(String stream) {
    return size();
  }

  @Override
  public long first(String stream) {
    return 1;
  }

  @Override
  public JournalReader read(String stream, long fromSequence) {
    List<JournalRecord> all = records();
    return new JournalReader() {
      private int next = (int) Math.max(0, fromSequence - 1);

      @Override
      public @Nullable RecordBlock next(
          RecordBlock into, Duration patience) {
        if (next >= all.size()) {
          return null;
        }
        into.begin(stream, next + 1L);
        JournalRecord r = all.get(next++);
        int at = into.reserve(r.bytes().length);
        System.arraycopy(r.bytes(), 0, into.bytes(), at, r.bytes().length);
        SourceAddress source = r.source();
        Attributes extra = r.attributes();
        into.add(at, at + r.bytes().length, r.receivedMicros(), source, extra, r.flags());
        return into;
      }

      @Override
      public long quarantinedRecords() {
        return 0;
      }

      @Override
      public void close() {
        next = Integer.MAX_VALUE;
      }
    };
  }

  @Override
  public Optional<JournalRecord> find(Position position) {
    return Optional.of(records().get((int) position.sequence() - 1));
  }

  @Override
  public JournalStatus status() {
    return new JournalStatus(
        size(), 0, 0, freeBytes, lineBytes, 0, 0, 0, List.of(), List.of());
  }

  @Override
  public void close() {}
}
