package tr.emanet.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import tr.emanet.event.Attributes;
import tr.emanet.event.SourceAddress;

/**
 * Up to 256 KiB of records on their way from a socket to the journal: the bytes in one array and
 * columns beside it. Comes from a {@link BatchPool} and goes back by {@link #release}; an empty
 * pool is the only back-pressure there is. Owned by one thread at a time.
 */
public final class Batch {

  public static final int CAPACITY_BYTES = 256 * 1024;
  public static final int MAX_RECORDS = 4096;

  /** Longest record that fits a batch on its own, in bytes; listeners cut at 64 KiB long before. */
  public static final int MAX_RECORD_BYTES = 128 * 1024;

  private final BatchPool pool;
  private final byte[] bytes = new byte[CAPACITY_BYTES];
  private final int[] ends = new int[MAX_RECORDS];
  private final long[] receivedMicros = new long[MAX_RECORDS];
  private final SourceAddress[] sources = new SourceAddress[MAX_RECORDS];
  private final Attributes[] attributes = new Attributes[MAX_RECORDS];
  private final byte[] flags = new byte[MAX_RECORDS];
  private final List<Runnable> durable = new ArrayList<>(4);
  private int count;
  private int size;

  Batch(BatchPool pool) {
    this.pool = pool;
  }

  /** The shared array; the free part begins at {@link #size}. */
  public byte[] bytes() {
    return bytes;
  }

  /** Bytes taken by complete records; a reader may fill {@code bytes[size, length)} directly. */
  public int size() {
    return size;
  }

  public int count() {
    return count;
  }

  public int remaining() {
    return CAPACITY_BYTES - size;
  }

  public boolean hasRoomFor(int length) {
    return count < MAX_RECORDS && length <= CAPACITY_BYTES - size;
  }

  /**
   * Copies one record in.
   *
   * @param flagBits {@link tr.emanet.event.RecordFlags}
   * @return false when it does not fit; the batch is unchanged then
   */
  public boolean add(
      byte[] source,
      int from,
      int length,
      long receivedAtMicros,
      SourceAddress peer,
      Attributes extra,
      int flagBits) {
    if (!hasRoomFor(length)) {
      return false;
    }
    System.arraycopy(source, from, bytes, size, length);
    close(length, receivedAtMicros, peer, extra, flagBits);
    return true;
  }

  /** Declares the next {@code length} bytes, already written at {@link #size}, to be one record. */
  public void close(
      int length, long receivedAtMicros, SourceAddress peer, Attributes extra, int flagBits) {
    if (!hasRoomFor(length)) {
      throw new IllegalStateException("no room for " + length + " bytes");
    }
    size += length;
    ends[count] = size;
    receivedMicros[count] = receivedAtMicros;
    sources[count] = peer;
    attributes[count] = extra;
    flags[count] = (byte) flagBits;
    count++;
  }

  public int from(int i) {
    return i == 0 ? 0 : ends[i - 1];
  }

  public int to(int i) {
    return ends[i];
  }

  public long receivedMicros(int i) {
    return receivedMicros[i];
  }

  public SourceAddress source(int i) {
    return sources[i];
  }

  public Attributes attributes(int i) {
    return attributes[i];
  }

  public int flags(int i) {
    return flags[i];
  }

  /**
   * Runs once after these records were forced to disk, on the journal's thread: it must only hand
   * over (to an acknowledging thread), never block.
   */
  public void onDurable(Runnable acknowledge) {
    durable.add(acknowledge);
  }

  /** Whether somebody waits for an acknowledgement; the journal then commits without delay. */
  public boolean awaited() {
    return !durable.isEmpty();
  }

  /** Whether the pool is empty: somebody waits for this batch to come back. */
  boolean starving() {
    return pool.free() == 0;
  }

  /**
   * Runs and forgets the acknowledgements; called by the journal after {@code force()}.
   *
   * @param failed hears of an acknowledgement that threw; the others still run
   */
  void acknowledge(Consumer<RuntimeException> failed) {
    for (int i = 0; i < durable.size(); i++) {
      try {
        durable.get(i).run();
      } catch (RuntimeException e) {
        failed.accept(e);
      }
    }
    durable.clear();
  }

  /** Empties this batch and gives it back to its pool. */
  public void release() {
    // Stale references in the columns are harmless: at most one batch of small objects lives on.
    durable.clear();
    count = 0;
    size = 0;
    pool.give(this);
  }
}
