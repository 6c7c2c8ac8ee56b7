package tr.emanet.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The lock on a state directory: {@code DIR/lock}, held by the service and by {@code journal
 * repair}. The kernel frees it when its process ends, however that happens. The file holds the pid,
 * as text.
 */
public final class StateLock implements Closeable {

  /** What came of the attempt. */
  public sealed interface Outcome {
    /** The lock is ours until it is closed. */
    record Held(StateLock lock) implements Outcome {}

    /**
     * Somebody else has it.
     *
     * @param pid what the lock file says, empty when it says nothing
     */
    record Busy(String pid) implements Outcome {}
  }

  private static final int MAX_PID_BYTES = 20;

  private final FileChannel channel;

  private StateLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Tries to take the lock; does not wait. The directory is created when missing. */
  public static Outcome acquire(Path directory) throws IOException {
    Files.createDirectories(directory);
    FileChannel channel =
        FileChannel.open(
            directory.resolve("lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    boolean held = false;
    try {
      if (tryLock(channel) == null) {
        return new Outcome.Busy(pid(channel));
      }
      channel.truncate(0);
      byte[] pid = (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII);
      channel.write(ByteBuffer.wrap(pid), 0);
      held = true;
      return new Outcome.Held(new StateLock(channel));
    } finally {
      if (!held) {
        channel.close();
      }
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // This very process has it.
      return null;
    }
  }

  private static String pid(FileChannel channel) throws IOException {
    ByteBuffer text = ByteBuffer.allocate(MAX_PID_BYTES);
    channel.read(text, 0);
    return new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII).strip();
  }

  /** Frees the lock; the file stays. */
  @Override
  public void close() throws IOException {
    channel.close();
  }
}
