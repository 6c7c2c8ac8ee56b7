package tr.emanet.intake;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tr.emanet.event.Position;
import tr.emanet.journal.Batch;
import tr.emanet.journal.Journal;
import tr.emanet.journal.JournalReader;
import tr.emanet.journal.JournalRecord;
import tr.emanet.journal.JournalStatus;
import tr.emanet.journal.MemoryJournal;

/** A journal in memory that lets a test play disk guard, slow disk and failure. */
public final class RecordingJournal implements Journal {

  private final MemoryJournal real = new MemoryJournal();
  private final List<JournalRecord> records = new ArrayList<>();
  private final List<Held> held = new ArrayList<>();
  private int batches;
  private volatile Intake intake = new Intake.Open();
  private volatile long freeBytes = 1L << 40;
  private volatile long lineBytes;
  private volatile boolean failing;
  private boolean stalled;

  private record Held(String stream, Batch batch) {}

  @Override
  public synchronized void append(String stream, Batch batch) {
    if (failing) {
      throw new IllegalStateException("the journal of this test fails");
    }
    if (stalled) {
      held.add(new Held(stream, batch));
      return;
    }
    batches++;
    for (int i = 0; i < batch.count(); i++) {
      records.add(
          new JournalRecord(
              new Position(stream, records.size() + 1L),
              Arrays.copyOfRange(batch.bytes(), batch.from(i), batch.to(i)),
              batch.receivedMicros(i),
              batch.source(i),
              batch.attributes(i),
              batch.flags(i)));
    }
    real.append(stream, batch);
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
    return batches;
  }

  public void fail(boolean now) {
    failing = now;
  }

  /** Keeps batches instead of writing them, as a disk that does not answer. */
  public synchronized void stall(boolean now) {
    stalled = now;
    if (!now) {
      List<Held> late = List.copyOf(held);
      held.clear();
      late.forEach(h -> append(h.stream(), h.batch()));
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
    return real.streams();
  }

  @Override
  public long committed(String stream) {
    return real.committed(stream);
  }

  @Override
  public long first(String stream) {
    return real.first(stream);
  }

  @Override
  public JournalReader read(String stream, long fromSequence) {
    return real.read(stream, fromSequence);
  }

  @Override
  public Optional<JournalRecord> find(Position position) throws IOException {
    return real.find(position);
  }

  @Override
  public JournalStatus status() {
    JournalStatus s = real.status();
    return new JournalStatus(
        s.appended(), s.appendedBytes(), 0, freeBytes, lineBytes, 0, 0, 0, List.of(), List.of());
  }

  @Override
  public void close() {
    real.close();
  }
}
