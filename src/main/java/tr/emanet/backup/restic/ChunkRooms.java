package tr.emanet.backup.restic;

import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Room for chunks on their way from a file into a pack: used again, and few at a time, because what
 * waits is held in memory. Any thread.
 */
final class ChunkRooms {

  /** How many bytes are read at most before a cut is looked for: less than the smallest room. */
  static final int AHEAD = 1 << 18;

  private static final int SMALLEST = 2 << 20;

  /** How many chunks wait or are worked on by other threads than the one that read them. */
  private static final int WAITING = 4;

  /** How many rooms are kept; larger ones than this are rare and given back to the heap. */
  private static final int KEPT = 6;

  private static final int KEPT_BYTES = 4 << 20;

  private final Semaphore waiting = new Semaphore(WAITING);
  private final ConcurrentLinkedQueue<byte[]> free = new ConcurrentLinkedQueue<>();
  private final AtomicInteger kept = new AtomicInteger();

  /** Room for most chunks, with whatever was in it. */
  byte[] take() {
    byte[] known = free.poll();
    if (known == null) {
      return new byte[SMALLEST];
    }
    kept.decrementAndGet();
    return known;
  }

  /** Room of at least twice the length, at most that of the largest chunk, with the same bytes. */
  byte[] larger(byte[] room) {
    byte[] larger = Arrays.copyOf(room, Math.clamp(room.length * 2L, SMALLEST, Chunker.MAX));
    give(room);
    return larger;
  }

  /** The room is not used any more. */
  void give(byte[] room) {
    if (room.length < SMALLEST || room.length > KEPT_BYTES) {
      return;
    }
    if (kept.incrementAndGet() <= KEPT) {
      free.add(room);
    } else {
      kept.decrementAndGet();
    }
  }

  /** True when another thread may have a chunk of this one's; it is to say {@link #waited}. */
  boolean mayWait() {
    return waiting.tryAcquire();
  }

  void waited() {
    waiting.release();
  }
}
