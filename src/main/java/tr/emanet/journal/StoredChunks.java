package tr.emanet.journal;

import java.io.Closeable;
import java.io.IOException;

/**
 * Walks over the chunks of one segment while it grows, for views that digest stored bytes. Damage
 * is passed over up to the next valid frame, as readers do. One thread only.
 */
public final class StoredChunks implements Closeable {

  private final SegmentScanner scanner = new SegmentScanner();
  private final long first;
  private long end;
  private long firstSequence;
  private int records;

  /** Begins before the first chunk. */
  public StoredChunks(StoredSegment segment) throws IOException {
    this.first = segment.firstSequence();
    scanner.open(segment.file(), segment.id(), first, Format.SEGMENT_HEADER);
  }

  /**
   * Moves to the next chunk that lies wholly before {@code limit}; false when there is none yet.
   *
   * @param limit durable bytes; must not fall from call to call
   */
  public boolean next(long limit) throws IOException {
    while (true) {
      switch (scanner.look(limit, true)) {
        case FRAME -> scanner.advance();
        case CHUNK -> {
          firstSequence = scanner.chunk().firstSequence;
          records = scanner.chunk().count;
          scanner.advance();
          end = scanner.position();
          return true;
        }
        case DAMAGE -> {
          if (!scanner.resync(limit)) {
            return false;
          }
        }
        case END -> {
          return false;
        }
      }
    }
  }

  /** Offset behind the chunk that {@link #next} has found, 0 before the first. */
  public long end() {
    return end;
  }

  /** First sequence of that chunk. */
  public long firstSequence() {
    return firstSequence;
  }

  /** Its records. */
  public int records() {
    return records;
  }

  /** The last sequence that was passed, one below the segment's first before any chunk. */
  public long lastSequence() {
    return records == 0 ? first - 1 : firstSequence + records - 1;
  }

  @Override
  public void close() throws IOException {
    scanner.close();
  }
}
