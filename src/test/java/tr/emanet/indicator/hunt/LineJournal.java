package tr.emanet.indicator.hunt;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tr.emanet.event.Attributes;
import tr.emanet.event.Position;
import tr.emanet.event.SourceAddress;
import tr.emanet.journal.Batch;
import tr.emanet.journal.Journal;
import tr.emanet.journal.JournalReader;
import tr.emanet.journal.JournalRecord;
import tr.emanet.journal.JournalStatus;
import tr.emanet.journal.RecordBlock;

/** Lines in memory, one stream, the first has sequence 1. */
final class LineJournal implements Journal {

  static final String STREAM = "syslog";
  static final long FIRST_MICROS = 1_795_000_000_000_000L;

  private final List<byte[]> lines = new ArrayList<>();

  /** Adds a line; returns its sequence. */
  long add(byte[] line) {
    lines.add(line);
    return lines.size();
  }

  byte[] line(long sequence) {
    return lines.get((int) sequence - 1);
  }

  static long receivedMicros(long sequence) {
    return FIRST_MICROS + sequence * 1_000;
  }

  @Override
  public void append(String stream, Batch batch) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Intake intake() {
    return new Intake.Open();
  }

  @Override
  public List<String> streams() {
    return List.of(STREAM);
  }

  @Override
  public long committed(String stream) {
    return lines.size();
  }

  @Override
  public long first(String stream) {
    return 1;
  }

  @Override
  public JournalReader read(String stream, long fromSequence) {
    return new JournalReader() {
      @Override
      public RecordBlock next(RecordBlock into, Duration patience) {
        throw new UnsupportedOperationException();
      }

      @Override
      public long quarantinedRecords() {
        return 0;
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public Optional<JournalRecord> find(Position position) {
    return Optional.of(
        new JournalRecord(
            position,
            line(position.sequence()),
            receivedMicros(position.sequence()),
            new SourceAddress("test", new byte[16], 0),
            Attributes.NONE,
            0));
  }

  @Override
  public JournalStatus status() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
