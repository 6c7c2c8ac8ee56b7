package tr.emanet.journal;

import java.nio.file.Path;

/**
 * One segment file as readers know it. Safe for many threads: the writer publishes, others read.
 */
final class Segment {

  private final Path file;
  private final String stream;
  private final long id;
  private final long firstSequence;
  private final long createdMicros;
  private volatile long durableBytes;
  private volatile boolean sealed;

  Segment(Path file, String stream, long id, long firstSequence, long createdMicros, long durable) {
    this.file = file;
    this.stream = stream;
    this.id = id;
    this.firstSequence = firstSequence;
    this.createdMicros = createdMicros;
    this.durableBytes = durable;
  }

  Path file() {
    return file;
  }

  String stream() {
    return stream;
  }

  long id() {
    return id;
  }

  long firstSequence() {
    return firstSequence;
  }

  long createdMicros() {
    return createdMicros;
  }

  /** Bytes that were forced to disk; never ends inside a chunk of an undamaged file. */
  long durableBytes() {
    return durableBytes;
  }

  void publish(long bytes) {
    durableBytes = bytes;
  }

  /** Whether nothing will be appended any more. */
  boolean sealed() {
    return sealed;
  }

  void seal() {
    sealed = true;
  }

  @Override
  public String toString() {
    return stream + "/" + file.getFileName();
  }
}
