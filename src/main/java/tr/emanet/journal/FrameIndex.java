package tr.emanet.journal;

import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Offsets of one segment's frames, found by hopping over the headers: twelve bytes a frame. Grows
 * with its segment. Safe for many threads.
 */
final class FrameIndex {

  /**
   * Where a frame lies.
   *
   * @param end offset behind its last known byte
   */
  record Place(long offset, long firstSequence, long end) {}

  private long[] firsts = new long[16];
  private int[] offsets = new int[16];
  private int count;
  private long scanned = Format.SEGMENT_HEADER;

  /** The frame that would hold the sequence, or null when it lies before all. */
  synchronized @Nullable Place find(Segment segment, long sequence, Decoders decoders)
      throws IOException {
    long durable = segment.durableBytes();
    if (scanned < durable && (count == 0 || sequence >= firsts[count - 1])) {
      Decoders.Pair pair = decoders.take();
      try {
        extend(segment, pair.scanner(), durable);
      } finally {
        decoders.give(pair);
      }
    }
    int i = Arrays.binarySearch(firsts, 0, count, sequence);
    if (i < 0) {
      i = -i - 2;
    }
    if (i < 0) {
      return null;
    }
    return new Place(offsets[i], firsts[i], i == count - 1 ? scanned : offsets[i + 1]);
  }

  private void extend(Segment segment, SegmentScanner scanner, long durable) throws IOException {
    if (count == 0) {
      scanner.open(segment.file(), segment.id(), segment.firstSequence(), Format.SEGMENT_HEADER);
    } else {
      // The last frame is walked again, because chunks can only be checked from its header on.
      count--;
      scanner.open(segment.file(), segment.id(), firsts[count], offsets[count]);
    }
    while (true) {
      switch (scanner.look(durable, false)) {
        case FRAME -> {
          add(scanner.frame().firstSequence, (int) scanner.position());
          scanner.advance();
        }
        case CHUNK -> scanner.advance();
        case END -> {
          scanned = durable;
          return;
        }
        case DAMAGE -> scanner.resync(durable);
      }
    }
  }

  private void add(long first, int offset) {
    if (count == firsts.length) {
      firsts = Arrays.copyOf(firsts, count * 2);
      offsets = Arrays.copyOf(offsets, count * 2);
    }
    firsts[count] = first;
    offsets[count] = offset;
    count++;
  }
}
