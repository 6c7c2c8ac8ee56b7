package tr.emanet.backup;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A file that is read from its beginning to its end, by {@code open(2)} and {@code read(2)}: for a
 * small file a channel of the JDK costs more than the reading. A symbolic link is refused. One
 * thread at a time; to be closed.
 */
public final class OpenFile implements Closeable {

  private static final int PIECE = 1 << 18;
  private static final int NO_ENTRY = 2;
  private static final int INTERRUPTED = 4;
  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO = STATE.varHandle(PathElement.groupElement("errno"));

  private final Opener opener;
  private final Path path;
  private int descriptor;

  private OpenFile(Opener opener, Path path, int descriptor) {
    this.opener = opener;
    this.path = path;
    this.descriptor = descriptor;
  }

  /** Reads some bytes, at most that many; -1 at the end of the file. */
  public int read(byte[] into, int offset, int length) throws IOException {
    Room room = opener.rooms.get();
    int piece = Math.min(PIECE, length);
    while (true) {
      long found;
      try {
        found = (long) opener.read.invokeExact(room.state, descriptor, room.bytes, (long) piece);
      } catch (Throwable e) {
        throw failed(e);
      }
      if (found > 0) {
        MemorySegment.copy(room.bytes, ValueLayout.JAVA_BYTE, 0, into, offset, (int) found);
        return (int) found;
      }
      if (found == 0) {
        return -1;
      }
      int error = (int) ERRNO.get(room.state, 0L);
      if (error != INTERRUPTED) {
        throw new IOException("'" + path + "' cannot be read: error " + error + " of the system");
      }
    }
  }

  @Override
  public void close() throws IOException {
    if (descriptor >= 0) {
      int open = descriptor;
      descriptor = -1;
      try {
        // The kernel frees it whatever it answers, and of a file that was read it has nothing to
        // say.
        int _ = (int) opener.close.invokeExact(opener.rooms.get().state, open);
      } catch (Throwable e) {
        throw failed(e);
      }
    }
  }

  private static IOException failed(Throwable e) {
    return switch (e) {
      case IOException io -> io;
      case RuntimeException bug -> throw bug;
      case Error bug -> throw bug;
      default -> new IOException("a call of the C library failed", e);
    };
  }

  private record Room(MemorySegment state, MemorySegment path, MemorySegment bytes) {

    Room() {
      Arena arena = Arena.ofAuto();
      this(arena.allocate(STATE), arena.allocate(FileNames.MAX_PATH), arena.allocate(PIECE, 64));
    }
  }

  /** Opens files; keeps room for each thread. Any thread. */
  public static final class Opener {

    private static final int NONBLOCK = 04000;
    private static final int CLOSE_ON_EXEC = 02000000;

    private final MethodHandle open;
    private final MethodHandle read;
    private final MethodHandle close;
    private final int flags;
    private final ThreadLocal<Room> rooms = ThreadLocal.withInitial(Room::new);

    public Opener() {
      MemoryLayout number = ValueLayout.JAVA_INT;
      open =
          handle(
              "open",
              FunctionDescriptor.of(number, ValueLayout.ADDRESS, number),
              Linker.Option.firstVariadicArg(2));
      read =
          handle(
              "read",
              FunctionDescriptor.of(
                  ValueLayout.JAVA_LONG, number, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG));
      close = handle("close", FunctionDescriptor.of(number, number));
      boolean arm = System.getProperty("os.arch", "").equals("aarch64");
      // A FIFO that took the file's place would let us wait for ever.
      flags = NONBLOCK | CLOSE_ON_EXEC | (arm ? 0100000 : 0400000);
    }

    // The shapes are those of the C library's headers; native access is enabled for all of us.
    @SuppressWarnings("restricted")
    private static MethodHandle handle(
        String name, FunctionDescriptor shape, Linker.Option... options) {
      Linker linker = Linker.nativeLinker();
      Linker.Option[] all = java.util.Arrays.copyOf(options, options.length + 1);
      all[options.length] = Linker.Option.captureCallState("errno");
      return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), shape, all);
    }

    /**
     * Opens a file, never a symbolic link.
     *
     * @throws NoSuchFileException when it is gone
     */
    public OpenFile open(Path file) throws IOException {
      Room room = rooms.get();
      FileNames.write(file, room.path);
      int descriptor;
      try {
        descriptor = (int) open.invokeExact(room.state, room.path, flags);
      } catch (Throwable e) {
        throw failed(e);
      }
      if (descriptor < 0) {
        int error = (int) ERRNO.get(room.state, 0L);
        throw error == NO_ENTRY
            ? new NoSuchFileException(file.toString())
            : new IOException("'" + file + "' cannot be opened: error " + error + " of the system");
      }
      return new OpenFile(this, file, descriptor);
    }
  }
}
