package tr.emanet.journal;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;

/**
 * A few scanners with their decoders, kept because their buffers are large. Safe for many threads.
 */
final class Decoders implements Closeable {

  private static final int KEPT = 6;

  /** What reads one segment. */
  record Pair(SegmentScanner scanner, FrameDecoder decoder) {}

  private final ArrayDeque<Pair> idle = new ArrayDeque<>();
  private boolean closed;

  synchronized Pair take() {
    Pair pair = idle.poll();
    return pair != null ? pair : new Pair(new SegmentScanner(), new FrameDecoder());
  }

  /** Takes a pair back and closes its file; the buffers stay usable. */
  void give(Pair pair) throws IOException {
    pair.scanner().close();
    keep(pair);
  }

  private synchronized void keep(Pair pair) {
    if (closed || idle.size() >= KEPT) {
      pair.decoder().close();
    } else {
      idle.push(pair);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    for (Pair pair : idle) {
      pair.decoder().close();
    }
    idle.clear();
  }
}
