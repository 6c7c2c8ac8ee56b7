package tr.emanet.backup;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.Path;
import java.time.Instant;

/**
 * What the kernel knows of a file, in one call of {@code statx(2)} that never follows a link: whose
 * structure is the same on every processor. The JDK answers the same with a map of boxed values.
 *
 * @param mode type and permission bits
 * @param inode number of the file in its file system
 * @param fileSystem number of the device it lies on, as {@code st_dev}
 * @param device what a device node stands for, as {@code st_rdev}
 * @param attributes false when it surely has no extended attribute
 */
public record FileStatus(
    int mode,
    int uid,
    int gid,
    long links,
    long inode,
    long fileSystem,
    long device,
    long size,
    Instant modified,
    Instant changed,
    boolean attributes) {

  private static final int NO_ENTRY = 2;

  /** Makes the call; keeps room for each thread. Any thread. */
  public static final class Reader {

    private static final int AT_FDCWD = -100;
    private static final int AT_SYMLINK_NOFOLLOW = 0x100;
    private static final int BASIC = 0x7ff;
    private static final int STATX_BYTES = 256;
    private static final int LIST_BYTES = 1 << 16;
    private static final int ENOTSUP = 95;
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(PathElement.groupElement("errno"));

    private final MethodHandle statx;
    private final MethodHandle list;
    private final ThreadLocal<Room> rooms = ThreadLocal.withInitial(Room::new);

    private record Room(
        MemorySegment state, MemorySegment path, MemorySegment found, MemorySegment names) {

      Room() {
        Arena arena = Arena.ofAuto();
        this(
            arena.allocate(STATE),
            arena.allocate(FileNames.MAX_PATH),
            arena.allocate(STATX_BYTES, 8),
            arena.allocate(LIST_BYTES));
      }
    }

    // The shapes are those of the C library's headers; native access is enabled for all of us.
    @SuppressWarnings("restricted")
    public Reader() {
      Linker linker = Linker.nativeLinker();
      statx =
          linker.downcallHandle(
              linker.defaultLookup().findOrThrow("statx"),
              FunctionDescriptor.of(
                  ValueLayout.JAVA_INT,
                  ValueLayout.JAVA_INT,
                  ValueLayout.ADDRESS,
                  ValueLayout.JAVA_INT,
                  ValueLayout.JAVA_INT,
                  ValueLayout.ADDRESS),
              Linker.Option.captureCallState("errno"));
      list =
          linker.downcallHandle(
              linker.defaultLookup().findOrThrow("llistxattr"),
              FunctionDescriptor.of(
                  ValueLayout.JAVA_LONG,
                  ValueLayout.ADDRESS,
                  ValueLayout.ADDRESS,
                  ValueLayout.JAVA_LONG),
              Linker.Option.captureCallState("errno"));
    }

    /** Reads the status, and whether there are extended attributes when {@code attributes}. */
    public FileStatus read(Path file, boolean attributes) throws IOException {
      Room room = rooms.get();
      FileNames.write(file, room.path);
      try {
        int result =
            (int)
                statx.invokeExact(
                    room.state, AT_FDCWD, room.path, AT_SYMLINK_NOFOLLOW, BASIC, room.found);
        if (result < 0) {
          refuse(room, file, "");
        }
        long size = 0;
        if (attributes) {
          size = (long) list.invokeExact(room.state, room.path, room.names, (long) LIST_BYTES);
          if (size < 0 && (int) ERRNO.get(room.state, 0L) != ENOTSUP) {
            refuse(room, file, "extended attributes of ");
          }
        }
        return of(room.found, size > 0);
      } catch (Throwable e) {
        throw failed(e);
      }
    }

    private static void refuse(Room room, Path file, String what) throws IOException {
      int error = (int) ERRNO.get(room.state, 0L);
      throw error == NO_ENTRY
          ? new java.nio.file.NoSuchFileException(file.toString())
          : new IOException(what + "'" + file + "': error " + error + " of the system");
    }

    // Offsets of struct statx in linux/stat.h.
    private static FileStatus of(MemorySegment s, boolean attributes) {
      return new FileStatus(
          s.get(ValueLayout.JAVA_SHORT, 28) & 0xffff,
          s.get(ValueLayout.JAVA_INT, 20),
          s.get(ValueLayout.JAVA_INT, 24),
          s.get(ValueLayout.JAVA_INT, 16) & 0xffffffffL,
          s.get(ValueLayout.JAVA_LONG, 32),
          number(s.get(ValueLayout.JAVA_INT, 136), s.get(ValueLayout.JAVA_INT, 140)),
          number(s.get(ValueLayout.JAVA_INT, 128), s.get(ValueLayout.JAVA_INT, 132)),
          s.get(ValueLayout.JAVA_LONG, 40),
          time(s, 112),
          time(s, 96),
          attributes);
    }

    private static Instant time(MemorySegment s, long at) {
      return Instant.ofEpochSecond(
          s.get(ValueLayout.JAVA_LONG, at), s.get(ValueLayout.JAVA_INT, at + 8));
    }

    /** The C library's {@code makedev}. */
    private static long number(int major, int minor) {
      return (major & 0xfffL) << 8
          | (minor & 0xffL)
          | (minor & 0xffffff00L) << 12
          | (major & 0xfffff000L) << 32;
    }

    private static IOException failed(Throwable e) {
      return switch (e) {
        case IOException io -> io;
        case RuntimeException bug -> throw bug;
        case Error bug -> throw bug;
        default -> new IOException("a call of the C library failed", e);
      };
    }
  }
}
