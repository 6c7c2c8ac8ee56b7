package tr.emanet.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** A window on a file; the buffer is kept from file to file. One thread only. */
final class SegmentInput implements Closeable {

  private static final int LARGEST = Format.FRAME_HEADER + Format.CHUNK_HEADER + Format.MAX_STORED;

  private ByteBuffer window = ByteBuffer.allocateDirect(128 * 1024).limit(0);
  private @Nullable FileChannel channel;
  private long start;

  void open(Path file) throws IOException {
    close();
    channel = FileChannel.open(file, StandardOpenOption.READ);
    start = 0;
    window.limit(0);
  }

  long size() throws IOException {
    return channel().size();
  }

  private FileChannel channel() {
    if (channel == null) {
      throw new IllegalStateException("no segment is open");
    }
    return channel;
  }

  /**
   * Makes {@code length} bytes at file offset {@code at} available in {@link #window}.
   *
   * @param limit nothing behind this offset is read: those bytes may still be cut and rewritten
   * @return their index there, or -1 when the file ends before
   */
  int load(long at, int length, long limit) throws IOException {
    if (at >= start && at + length <= start + window.limit()) {
      return (int) (at - start);
    }
    if (length > window.capacity()) {
      if (length > LARGEST) {
        throw new IllegalArgumentException("a window of " + length + " bytes is never needed");
      }
      window = ByteBuffer.allocateDirect(LARGEST);
    }
    window.clear().limit((int) Math.max(0, Math.min(window.capacity(), limit - at)));
    start = at;
    while (window.hasRemaining()) {
      int n = channel().read(window, at + window.position());
      if (n < 0) {
        break;
      }
    }
    window.flip();
    return window.limit() >= length ? 0 : -1;
  }

  ByteBuffer window() {
    return window;
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
      channel = null;
    }
  }
}
