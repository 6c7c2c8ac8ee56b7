package tr.emanet.intake.syslog;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import tr.emanet.event.RecordFlags;

/**
 * Cuts the bytes of one connection into frames, sniffing the framing anew for every frame (RFC
 * 6587, 3.4). Bytes of a frame are kept exactly; only delimiters go. One thread only.
 *
 * <ol>
 *   <li>At most seven digits and a space are an octet count if the next byte is {@code <}. Without
 *       it the count is believed only while it is within the limit, no line feed lies inside it,
 *       and what follows the frame, if it is already here, can begin another one: so a line that
 *       merely begins with a number stays a line.
 *   <li>Everything else ends at a line feed or NUL. One CR before the delimiter and one CR directly
 *       after a line feed belong to the delimiter, as does one line feed after a counted frame or
 *       after a NUL.
 *   <li>A longer frame than the limit is cut and flagged; its rest is skipped, by count or up to
 *       the delimiter.
 *   <li>Frames of no bytes are reported and dropped.
 *   <li>What is begun when the connection ends is a frame flagged incomplete, without its count.
 * </ol>
 */
final class FrameCutter {

  /** Receives frames; the array is the connection's buffer and must not be kept. */
  interface Sink {
    void frame(byte[] bytes, int from, int length, int flags) throws InterruptedException;

    void empty();
  }

  /** Room a buffer needs beside the longest frame: count, space, CR, delimiter. */
  static final int SLACK = 16;

  private static final int MAX_DIGITS = 7;
  private static final int LINE = -1;
  private static final int MORE = -2;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;
  private static final long FEEDS = 0x0A0A0A0A0A0A0A0AL;

  private final int max;
  private long skipBytes;
  private boolean skipLine;

  /** One line feed now would only repeat the end of the frame before. */
  private boolean swallowFeed;

  /** One CR now would only end the line before (LF CR). */
  private boolean swallowReturn;

  /** How many bytes of the unfinished line were already searched. */
  private int searched;

  private int body;

  FrameCutter(int max) {
    this.max = max;
  }

  /** Whether a frame has begun and not ended, apart from {@code rest} unconsumed bytes. */
  boolean inside(int rest) {
    return rest > 0 || skipBytes > 0 || skipLine;
  }

  /**
   * Cuts all complete frames of {@code b[from, to)}.
   *
   * @return where the unfinished rest begins; the caller keeps it and calls again with more
   */
  int cut(byte[] b, int from, int to, Sink sink) throws InterruptedException {
    int at = from;
    while (at < to) {
      if (skipBytes > 0) {
        int skipped = (int) Math.min(skipBytes, to - at);
        skipBytes -= skipped;
        at += skipped;
        swallowFeed = skipBytes == 0;
        continue;
      }
      if (skipLine) {
        int end = delimiter(b, at, to);
        if (end < 0) {
          return to;
        }
        skipLine = false;
        ended(b[end]);
        at = end + 1;
        continue;
      }
      int first = b[at];
      if (first == '\n' && swallowFeed || first == '\r' && swallowReturn) {
        swallowFeed = false;
        swallowReturn = false;
        at++;
        continue;
      }
      int next = first >= '0' && first <= '9' ? counted(b, at, to, sink) : line(b, at, to, sink);
      if (next == LINE) {
        next = line(b, at, to, sink);
      }
      if (next == MORE) {
        return at;
      }
      searched = 0;
      at = next;
    }
    return at;
  }

  /** Ends the connection: what is left of {@code b[from, to)} becomes an incomplete frame. */
  void end(byte[] b, int from, int to, Sink sink) throws InterruptedException {
    if (from >= to || skipBytes > 0 || skipLine) {
      return;
    }
    int start = from;
    if (b[from] >= '0' && b[from] <= '9' && header(b, from, to) >= 0 && body < to) {
      start = body;
    }
    int end = b[to - 1] == '\r' && start == from ? to - 1 : to;
    if (end > start) {
      int length = Math.min(end - start, max);
      int flags = length < end - start ? RecordFlags.TRUNCATED : 0;
      sink.frame(b, start, length, flags | RecordFlags.INCOMPLETE);
    }
  }

  /** Reads digits and space; the count, or LINE, or MORE. Sets {@link #body}. */
  private int header(byte[] b, int from, int to) {
    int i = from;
    int count = 0;
    while (i < to && b[i] >= '0' && b[i] <= '9') {
      if (i - from == MAX_DIGITS) {
        return LINE;
      }
      count = count * 10 + b[i] - '0';
      i++;
    }
    if (i == to) {
      return MORE;
    }
    if (b[i] != ' ') {
      return LINE;
    }
    body = i + 1;
    return count;
  }

  private int counted(byte[] b, int from, int to, Sink sink) throws InterruptedException {
    int count = header(b, from, to);
    if (count < 0) {
      return count;
    }
    if (body == to) {
      return MORE;
    }
    int next = b[body];
    if (count == 0) {
      boolean frameFollows = next == '<' || next >= '0' && next <= '9' || next == '\n';
      if (!frameFollows) {
        return LINE;
      }
      sink.empty();
      swallowFeed = true;
      swallowReturn = false;
      return body;
    }
    if (next != '<' && (count > max || feed(b, body, Math.min(to, body + count - 1)))) {
      return LINE;
    }
    int kept = Math.min(count, max);
    if (to - body < kept) {
      return MORE;
    }
    if (next != '<' && to - body > count && !begins(b[body + count])) {
      return LINE;
    }
    sink.frame(b, body, kept, count > max ? RecordFlags.TRUNCATED : 0);
    skipBytes = (long) count - kept;
    swallowFeed = skipBytes == 0;
    swallowReturn = false;
    return body + kept;
  }

  private static boolean begins(byte c) {
    return c == '<' || c >= '0' && c <= '9' || c == '\n' || c == '\r' || c == 0;
  }

  private int line(byte[] b, int from, int to, Sink sink) throws InterruptedException {
    int end = delimiter(b, from + searched, to);
    if (end < 0) {
      if (to - from <= max + 1) {
        searched = to - from;
        return MORE;
      }
      sink.frame(b, from, max, RecordFlags.TRUNCATED);
      skipLine = true;
      return to;
    }
    int stop = end > from && b[end - 1] == '\r' ? end - 1 : end;
    if (stop == from) {
      sink.empty();
    } else if (stop - from > max) {
      sink.frame(b, from, max, RecordFlags.TRUNCATED);
    } else {
      sink.frame(b, from, stop - from, 0);
    }
    ended(b[end]);
    return end + 1;
  }

  private void ended(byte delimiter) {
    swallowFeed = delimiter == 0;
    swallowReturn = delimiter == '\n';
  }

  private static boolean feed(byte[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      if (b[i] == '\n') {
        return true;
      }
    }
    return false;
  }

  /** Index of the first line feed or NUL, or -1; eight bytes a step. */
  static int delimiter(byte[] b, int from, int to) {
    int i = from;
    for (; i + 8 <= to; i += 8) {
      long word = (long) LONGS.get(b, i);
      long feeds = word ^ FEEDS;
      long found = (word - ONES & ~word | feeds - ONES & ~feeds) & HIGHS;
      if (found != 0) {
        return i + (Long.numberOfTrailingZeros(found) >>> 3);
      }
    }
    for (; i < to; i++) {
      if (b[i] == '\n' || b[i] == 0) {
        return i;
      }
    }
    return -1;
  }
}
