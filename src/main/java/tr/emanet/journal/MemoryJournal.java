package tr.emanet.journal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tr.emanet.event.Position;

/**
 * A journal without files, for contract tests of its readers. Durable means: in the list; batches
 * are acknowledged before {@link #append} returns. Safe for many threads.
 */
public final class MemoryJournal implements Journal {

  private static final int BLOCK_RECORDS = 1000;

  private final Map<String, List<JournalRecord>> streams = new TreeMap<>();
  private long sequence;
  private long bytes;
  private long commits;
  private Intake intake = new Intake.Open();
  private boolean closed;

  @Override
  public synchronized void append(String stream, Batch batch) {
    if (closed) {
      throw new IllegalStateException("the journal is closed");
    }
    if (!Format.isStream(stream)) {
      throw new IllegalArgumentException("'" + stream + "' is not a stream name");
    }
    List<JournalRecord> list = streams.computeIfAbsent(stream, name -> new ArrayList<>());
    for (int i = 0; i < batch.count(); i++) {
      list.add(
          new JournalRecord(
              new Position(stream, ++sequence),
              Arrays.copyOfRange(batch.bytes(), batch.from(i), batch.to(i)),
              batch.receivedMicros(i),
              batch.source(i),
              batch.attributes(i),
              batch.flags(i)));
    }
    bytes += batch.size();
    commits++;
    batch.acknowledge(
        e -> {
          throw e;
        });
    batch.release();
    notifyAll();
  }

  /** Sets what {@link #intake} answers. */
  public synchronized void setIntake(Intake now) {
    intake = now;
  }

  @Override
  public synchronized Intake intake() {
    return intake;
  }

  @Override
  public synchronized List<String> streams() {
    return streams.entrySet().stream()
        .filter(e -> !e.getValue().isEmpty())
        .map(Map.Entry::getKey)
        .toList();
  }

  private List<JournalRecord> list(String stream) {
    return streams.getOrDefault(stream, List.of());
  }

  @Override
  public synchronized long committed(String stream) {
    List<JournalRecord> list = list(stream);
    return list.isEmpty() ? 0 : list.getLast().position().sequence();
  }

  @Override
  public synchronized long first(String stream) {
    List<JournalRecord> list = list(stream);
    return list.isEmpty() ? 1 : list.getFirst().position().sequence();
  }

  @Override
  public JournalReader read(String stream, long fromSequence) {
    if (!Format.isStream(stream)) {
      throw new IllegalArgumentException("'" + stream + "' is not a stream name");
    }
    return new Reader(stream, fromSequence);
  }

  /** Index of the first record whose sequence is at least this. */
  private static int ceiling(List<JournalRecord> list, long wanted) {
    int low = 0;
    int high = list.size();
    while (low < high) {
      int middle = low + high >>> 1;
      if (list.get(middle).position().sequence() < wanted) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  @Override
  public synchronized Optional<JournalRecord> find(Position position) {
    List<JournalRecord> list = list(position.stream());
    int i = ceiling(list, position.sequence());
    return i < list.size() && list.get(i).position().equals(position)
        ? Optional.of(list.get(i))
        : Optional.empty();
  }

  @Override
  public synchronized JournalStatus status() {
    List<JournalStatus.StreamStatus> lines = new ArrayList<>();
    for (String stream : streams()) {
      lines.add(new JournalStatus.StreamStatus(stream, first(stream), committed(stream), 1, 0, 0));
    }
    return new JournalStatus(
        sequence, bytes, 0, Long.MAX_VALUE, 0, commits, 0, 0, lines, List.of());
  }

  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
  }

  /** Fills the block; false when there is nothing from this sequence on. */
  private synchronized boolean fill(String stream, long from, RecordBlock block) {
    List<JournalRecord> list = list(stream);
    int i = ceiling(list, from);
    if (i == list.size()) {
      return false;
    }
    block.begin(stream, list.get(i).position().sequence());
    while (i < list.size() && block.count() < BLOCK_RECORDS) {
      JournalRecord record = list.get(i++);
      if (record.position().sequence() != block.lastSequence() + 1) {
        break;
      }
      int at = block.reserve(record.bytes().length);
      System.arraycopy(record.bytes(), 0, block.bytes(), at, record.bytes().length);
      block.add(
          at,
          at + record.bytes().length,
          record.receivedMicros(),
          record.source(),
          record.attributes(),
          record.flags());
    }
    return true;
  }

  private final class Reader implements JournalReader {
    private final String stream;
    private long next;

    Reader(String stream, long next) {
      this.stream = stream;
      this.next = next;
    }

    @Override
    public @Nullable RecordBlock next(RecordBlock into, Duration patience)
        throws InterruptedException {
      synchronized (MemoryJournal.this) {
        long deadline = System.nanoTime() + Catalogue.nanos(patience);
        while (!fill(stream, next, into)) {
          long left = (deadline - System.nanoTime()) / 1_000_000;
          if (closed || left <= 0) {
            return null;
          }
          MemoryJournal.this.wait(left);
        }
        next = into.lastSequence() + 1;
        return into;
      }
    }

    @Override
    public long quarantinedRecords() {
      return 0;
    }

    @Override
    public void close() {
      // Nothing is held.
    }
  }
}
