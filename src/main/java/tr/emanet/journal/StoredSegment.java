package tr.emanet.journal;

import java.nio.file.Path;

/**
 * One segment file as it was at the moment of asking, for whoever seals, exports or destroys.
 *
 * @param id as in its header
 * @param createdMicros microseconds since 1970, 0 when its header is damaged
 * @param durableBytes bytes that were forced to disk; they never change again
 * @param closed whether nothing will be appended any more; then {@code durableBytes} is its size
 */
public record StoredSegment(
    String stream,
    Path file,
    long id,
    long firstSequence,
    long createdMicros,
    long durableBytes,
    boolean closed) {

  static StoredSegment of(Segment segment) {
    // Before the bytes: a segment is closed after its last bytes were published.
    boolean closed = segment.sealed();
    return new StoredSegment(
        segment.stream(),
        segment.file(),
        segment.id(),
        segment.firstSequence(),
        segment.createdMicros(),
        segment.durableBytes(),
        closed);
  }

  /** {@code stream/YYYY/MM/DD/<first sequence>.emj}, below the journal's directory. */
  public String path() {
    int names = file.getNameCount();
    StringBuilder out = new StringBuilder(stream);
    for (int i = Math.max(0, names - 4); i < names; i++) {
      out.append('/').append(file.getName(i));
    }
    return out.toString();
  }
}
