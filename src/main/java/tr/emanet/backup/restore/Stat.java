package tr.emanet.backup.restore;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Instant;

/**
 * What the file system says about an entry.
 *
 * @param mode POSIX, with the type's bits
 */
record Stat(
    int mode, long inode, long device, long links, long size, long seconds, int nanos, long uid) {

  private static final int TYPE = 0170000;

  /** Reads {@code struct statx}, which is the same on every machine. */
  static Stat of(MemorySegment statx) {
    return new Stat(
        statx.get(ValueLayout.JAVA_SHORT, 28) & 0xffff,
        statx.get(ValueLayout.JAVA_LONG, 32),
        (long) statx.get(ValueLayout.JAVA_INT, 136) << 32
            | statx.get(ValueLayout.JAVA_INT, 140) & 0xffffffffL,
        statx.get(ValueLayout.JAVA_INT, 16) & 0xffffffffL,
        statx.get(ValueLayout.JAVA_LONG, 40),
        statx.get(ValueLayout.JAVA_LONG, 112),
        statx.get(ValueLayout.JAVA_INT, 120),
        statx.get(ValueLayout.JAVA_INT, 20) & 0xffffffffL);
  }

  boolean isDirectory() {
    return (mode & TYPE) == 0040000;
  }

  /** Whether it was modified then. */
  boolean modified(Instant when) {
    return when.equals(Instant.ofEpochSecond(seconds, nanos));
  }

  boolean isFile() {
    return (mode & TYPE) == 0100000;
  }

  /** For people. */
  String kind() {
    return switch (mode & TYPE) {
      case 0100000 -> "file";
      case 0040000 -> "directory";
      case 0120000 -> "symbolic link";
      case 0010000 -> "FIFO";
      case 0140000 -> "socket";
      default -> "device";
    };
  }
}
