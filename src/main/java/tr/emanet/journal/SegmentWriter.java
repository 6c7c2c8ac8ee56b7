package tr.emanet.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** One open segment file with its running digest. One thread only. */
final class SegmentWriter implements Closeable {

  private final Segment segment;
  private final Storage.Output out;
  private final Day day;
  private final long createdNanos;
  private MessageDigest digest = sha256();
  private MessageDigest committedDigest = sha256();
  private long length;
  private long committedLength;
  private long forcedLength;
  private boolean isNew = true;
  private boolean closed;

  SegmentWriter(Segment segment, Storage.Output out, Day day, long createdNanos) {
    this.segment = segment;
    this.out = out;
    this.day = day;
    this.createdNanos = createdNanos;
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static MessageDigest copy(MessageDigest digest) {
    try {
      return (MessageDigest) digest.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the platform's SHA-256 can be copied", e);
    }
  }

  Segment segment() {
    return segment;
  }

  Day day() {
    return day;
  }

  /** Stored bytes, those not yet committed included. */
  long length() {
    return length;
  }

  long createdNanos() {
    return createdNanos;
  }

  /** Whether nothing of this file was ever committed. */
  boolean isNew() {
    return isNew;
  }

  void write(ByteBuffer bytes) throws IOException {
    int from = bytes.position();
    int size = bytes.remaining();
    while (bytes.hasRemaining()) {
      if (out.write(bytes) <= 0) {
        throw new IOException(segment + " took no bytes");
      }
    }
    bytes.position(from);
    digest.update(bytes);
    length += size;
  }

  /** Forces the file, and the directories above it when it is new; does nothing a second time. */
  void force(Storage storage, Path root) throws ForceException {
    if (length == forcedLength) {
      return;
    }
    try {
      out.force();
      if (isNew) {
        Path directory = segment.file().getParent();
        while (directory != null && directory.startsWith(root)) {
          storage.forceDirectory(directory);
          directory = directory.getParent();
        }
      }
    } catch (IOException e) {
      throw new ForceException(segment.toString(), e);
    }
    forcedLength = length;
  }

  /** Notes that everything written is durable, and tells readers. */
  void committed() {
    committedLength = length;
    committedDigest = copy(digest);
    isNew = false;
    segment.publish(length);
  }

  /** Cuts what was written since the last commit. */
  void cut() throws IOException {
    out.truncate(committedLength);
    length = committedLength;
    forcedLength = committedLength;
    digest = copy(committedDigest);
  }

  /** SHA-256 of all bytes so far. */
  byte[] digest() {
    return copy(digest).digest();
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      out.close();
    }
  }
}
