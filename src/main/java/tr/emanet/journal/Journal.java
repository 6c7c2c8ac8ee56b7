package tr.emanet.journal;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import tr.emanet.event.Position;

/**
 * The narrow door to the truth. Implementations: files ({@code FileJournal}) and memory ({@code
 * MemoryJournal}, for contract tests). Safe for many threads.
 */
public interface Journal extends AutoCloseable {

  /** What a caller learns about the state of intake. */
  sealed interface Intake {
    /** Records are accepted. */
    record Open() implements Intake {}

    /**
     * The disk guard has closed intake before the disk is full; it opens by itself.
     *
     * @param freeBytes usable bytes now
     * @param neededBytes usable bytes at which intake opens again
     */
    record Closed(long freeBytes, long neededBytes) implements Intake {}
  }

  /**
   * Takes ownership of a batch, writes it, forces it to disk within 50 ms, runs its {@link
   * Batch#onDurable} callbacks and releases it. Never blocks: the pool bounds what can wait.
   * Records of one batch get consecutive sequences; batches keep the order of the calls.
   *
   * @param stream retention class, {@code [a-z0-9-]{1,32}}
   * @throws IllegalStateException after {@link #close}
   */
  void append(String stream, Batch batch);

  /** Whether listeners may accept; they ask before they read. */
  Intake intake();

  /** Streams that exist, in alphabetic order. */
  List<String> streams();

  /** Highest durable sequence of a stream, 0 when it holds nothing. */
  long committed(String stream);

  /** Lowest sequence that can still be read, or committed + 1 when there is nothing. */
  long first(String stream);

  /**
   * Opens a reader at the first record whose sequence is at least {@code fromSequence}.
   *
   * @throws IOException when the segment cannot be opened; the message names it
   */
  JournalReader read(String stream, long fromSequence) throws IOException;

  /**
   * Reads one record. Fast for neighbours: decoded frames are cached.
   *
   * @return empty when it was destroyed by retention, is quarantined or never existed
   */
  Optional<JournalRecord> find(Position position) throws IOException;

  /** Counters and health for the system page. */
  JournalStatus status();

  /** Commits everything already appended, then stops. */
  @Override
  void close() throws IOException;
}
