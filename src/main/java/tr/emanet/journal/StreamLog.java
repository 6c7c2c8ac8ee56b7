package tr.emanet.journal;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The segments of one stream in sequence order. The writer adds, retention removes, many read
 * without a lock.
 */
final class StreamLog {

  private final String name;
  private volatile Segment[] segments = new Segment[0];
  private volatile long committed;

  StreamLog(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  /** Adds a segment whose bytes are durable; its sequences are above all others. */
  synchronized void add(Segment segment) {
    Segment[] old = segments;
    Segment[] longer = Arrays.copyOf(old, old.length + 1);
    longer[old.length] = segment;
    segments = longer;
  }

  /**
   * Takes a closed segment away; null when there is none that begins there.
   *
   * @throws IllegalArgumentException when it is still written
   */
  synchronized @Nullable Segment remove(long firstSequence) {
    Segment[] old = segments;
    for (int i = 0; i < old.length; i++) {
      Segment one = old[i];
      if (one.firstSequence() == firstSequence) {
        if (!one.sealed()) {
          throw new IllegalArgumentException(one + " is still written");
        }
        Segment[] shorter = new Segment[old.length - 1];
        System.arraycopy(old, 0, shorter, 0, i);
        System.arraycopy(old, i + 1, shorter, i, shorter.length - i);
        segments = shorter;
        return one;
      }
    }
    return null;
  }

  void commit(long sequence) {
    committed = sequence;
  }

  long committed() {
    return committed;
  }

  /** Lowest sequence that can be read, or one above the committed one when there is nothing. */
  long first() {
    // Before the segments: the writer adds a segment before it commits, so whoever sees no segment
    // and a committed sequence read in this order has missed nothing.
    long upTo = committed;
    Segment[] now = segments;
    return now.length == 0 ? upTo + 1 : now[0].firstSequence();
  }

  /** A snapshot; must not be changed. */
  Segment[] segments() {
    return segments;
  }

  /** The segment that would hold the sequence, or null when it is below all. */
  @Nullable Segment floor(long sequence) {
    Segment[] now = segments;
    int low = 0;
    int high = now.length - 1;
    while (low <= high) {
      int middle = low + high >>> 1;
      if (now[middle].firstSequence() <= sequence) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return high < 0 ? null : now[high];
  }

  /** Where a reader that wants the sequence begins: its segment, or the first one after. */
  @Nullable Segment at(long sequence) {
    Segment floor = floor(sequence);
    if (floor != null) {
      return floor;
    }
    Segment[] now = segments;
    return now.length == 0 ? null : now[0];
  }

  @Nullable Segment after(Segment segment) {
    Segment next = floor(Long.MAX_VALUE);
    if (next == null || next.firstSequence() <= segment.firstSequence()) {
      return null;
    }
    Segment[] now = segments;
    for (int i = now.length - 1; i >= 0; i--) {
      if (now[i].firstSequence() <= segment.firstSequence()) {
        return now[i + 1];
      }
    }
    return now[0];
  }
}
