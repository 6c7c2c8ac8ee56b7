package tr.emanet.backup.restic;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What an entry of a directory is; the words are restic's. */
public enum NodeType {
  FILE(0),
  DIR(1L << 31),
  SYMLINK(1L << 27),
  DEV(1L << 26),
  CHARDEV(1L << 26 | 1L << 21),
  FIFO(1L << 25),
  SOCKET(1L << 24);

  private static final long SETUID = 1L << 23;
  private static final long SETGID = 1L << 22;
  private static final long STICKY = 1L << 20;

  private final long bits;

  NodeType(long bits) {
    this.bits = bits;
  }

  /** As restic writes it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static @Nullable NodeType of(String word) {
    for (NodeType type : values()) {
      if (type.word().equals(word)) {
        return type;
      }
    }
    return null;
  }

  /** The type of a POSIX mode, null when it is none of them. */
  static @Nullable NodeType ofMode(int mode) {
    return switch (mode & 0170000) {
      case 0100000 -> FILE;
      case 0040000 -> DIR;
      case 0120000 -> SYMLINK;
      case 0060000 -> DEV;
      case 0020000 -> CHARDEV;
      case 0010000 -> FIFO;
      case 0140000 -> SOCKET;
      default -> null;
    };
  }

  /** Go's mode bits of a POSIX mode of this type. */
  long toGo(int mode) {
    return bits
        | mode & 0777
        | ((mode & 04000) != 0 ? SETUID : 0)
        | ((mode & 02000) != 0 ? SETGID : 0)
        | ((mode & 01000) != 0 ? STICKY : 0);
  }

  /** The POSIX permission bits of Go's. */
  public static int toPosix(long mode) {
    return (int) (mode & 0777)
        | ((mode & SETUID) != 0 ? 04000 : 0)
        | ((mode & SETGID) != 0 ? 02000 : 0)
        | ((mode & STICKY) != 0 ? 01000 : 0);
  }
}
