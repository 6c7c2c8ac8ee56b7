package tr.emanet.journal.seal;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** The leaves of one segment on disk. One thread only. */
final class LeafFile implements Closeable {

  private static final byte[] HEADER =
      ByteBuffer.allocate(16)
          .putLong(0xE5_4D_4C_56_0D_0A_1A_0AL)
          .putShort((short) 1)
          .putShort((short) Leaf.BYTES)
          .array();
  private static final int KEPT = 1 << 16;

  private final FileChannel channel;
  private final Path file;
  private final Durable durable;
  private final boolean newDirectory;
  private final ByteArrayOutputStream waiting = new ByteArrayOutputStream(4096);
  private boolean forced = true;

  private LeafFile(FileChannel channel, Path file, Durable durable, boolean newDirectory) {
    this.channel = channel;
    this.file = file;
    this.durable = durable;
    this.newDirectory = newDirectory;
  }

  /** Opens or makes the file. */
  static LeafFile open(Path file, Durable durable) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    if (directory == null) {
      throw new IllegalArgumentException(file + " has no directory");
    }
    boolean isNew = !Files.isDirectory(directory);
    Files.createDirectories(directory);
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    return new LeafFile(channel, file, durable, isNew);
  }

  /** Whether entry {@code index}, from 0, stands there exactly so. */
  boolean holds(long index, byte[] entry) throws IOException {
    ByteBuffer there = ByteBuffer.allocate(Leaf.BYTES);
    long at = HEADER.length + index * Leaf.BYTES;
    while (there.hasRemaining()) {
      if (channel.read(there, at + there.position()) < 0) {
        return false;
      }
    }
    return Arrays.equals(there.array(), entry);
  }

  /** Cuts behind {@code count} entries; the next one is appended there. */
  void cut(long count) throws IOException {
    waiting.reset();
    ByteBuffer head = ByteBuffer.wrap(HEADER);
    while (head.hasRemaining()) {
      channel.write(head, head.position());
    }
    long size = HEADER.length + count * Leaf.BYTES;
    channel.truncate(size);
    channel.position(size);
    forced = false;
  }

  void append(byte[] entry) throws IOException {
    waiting.writeBytes(entry);
    forced = false;
    if (waiting.size() >= KEPT) {
      flush();
    }
  }

  private void flush() throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(waiting.toByteArray());
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    waiting.reset();
  }

  /** Makes everything durable, the directories of a new file included. */
  void force() throws IOException {
    flush();
    if (!forced) {
      channel.force(true);
      Path directory = file.toAbsolutePath().getParent();
      if (directory != null) {
        Durable.force(directory);
        if (newDirectory) {
          durable.forceAbove(directory);
        }
      }
      forced = true;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
