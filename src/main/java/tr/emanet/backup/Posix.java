package tr.emanet.backup;

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
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The few calls of the C library that the JDK lacks: extended attributes of every name space (ACLs
 * are among them) without following links, FIFOs and device nodes, times of a symbolic link. Any
 * thread.
 */
public final class Posix {

  private static final int MAX_VALUE = 1 << 16;
  private static final int ENODATA = 61;
  private static final int ENOTSUP = 95;
  private static final int AT_FDCWD = -100;
  private static final int AT_SYMLINK_NOFOLLOW = 0x100;
  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO = STATE.varHandle(PathElement.groupElement("errno"));

  private final MethodHandle list;
  private final MethodHandle get;
  private final MethodHandle set;
  private final MethodHandle node;
  private final MethodHandle times;

  public Posix() {
    MemoryLayout address = ValueLayout.ADDRESS;
    MemoryLayout number = ValueLayout.JAVA_LONG;
    MemoryLayout small = ValueLayout.JAVA_INT;
    list = handle("llistxattr", FunctionDescriptor.of(number, address, address, number));
    get = handle("lgetxattr", FunctionDescriptor.of(number, address, address, address, number));
    set =
        handle("lsetxattr", FunctionDescriptor.of(small, address, address, address, number, small));
    node = handle("mknod", FunctionDescriptor.of(small, address, small, number));
    times = handle("utimensat", FunctionDescriptor.of(small, small, address, address, small));
  }

  // The shapes are those of the C library's headers; native access is enabled for all of us.
  @SuppressWarnings("restricted")
  private static MethodHandle handle(String name, FunctionDescriptor shape) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow(name), shape, Linker.Option.captureCallState("errno"));
  }

  /** The names of the file's extended attributes; none where the file system has none. */
  public List<String> attributeNames(Path file) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      MemorySegment room = arena.allocate(MAX_VALUE);
      long size = (long) list.invokeExact(state, path(file, arena), room, (long) MAX_VALUE);
      if (size < 0) {
        refuse(state, "extended attributes", file, ENOTSUP);
        return List.of();
      }
      List<String> names = new ArrayList<>();
      long at = 0;
      while (at < size) {
        String name = room.getString(at, StandardCharsets.UTF_8);
        names.add(name);
        at += name.getBytes(StandardCharsets.UTF_8).length + 1;
      }
      return names;
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /** The value of an extended attribute; empty when it has gone meanwhile. */
  public byte[] attribute(Path file, String name) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      MemorySegment room = arena.allocate(MAX_VALUE);
      long size =
          (long)
              get.invokeExact(
                  state, path(file, arena), arena.allocateFrom(name), room, (long) MAX_VALUE);
      if (size < 0) {
        refuse(state, "attribute " + name, file, ENODATA);
        return new byte[0];
      }
      return room.asSlice(0, size).toArray(ValueLayout.JAVA_BYTE);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /** Sets an extended attribute. */
  public void setAttribute(Path file, String name, byte[] value) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      MemorySegment bytes = arena.allocateFrom(ValueLayout.JAVA_BYTE, value);
      int result =
          (int)
              set.invokeExact(
                  state,
                  path(file, arena),
                  arena.allocateFrom(name),
                  bytes,
                  (long) value.length,
                  0);
      if (result < 0) {
        refuse(state, "attribute " + name, file, -1);
      }
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /** Makes a FIFO, socket or device node; {@code mode} is POSIX's with the type's bits. */
  public void makeNode(Path file, int mode, long device) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      int result = (int) node.invokeExact(state, path(file, arena), mode, device);
      if (result < 0) {
        refuse(state, "the node", file, -1);
      }
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /** Sets access and modification time, of a symbolic link itself. */
  public void setTime(Path file, Instant time) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      MemorySegment both = arena.allocate(ValueLayout.JAVA_LONG, 4);
      for (int i = 0; i < 2; i++) {
        both.setAtIndex(ValueLayout.JAVA_LONG, i * 2L, time.getEpochSecond());
        both.setAtIndex(ValueLayout.JAVA_LONG, i * 2L + 1, time.getNano());
      }
      int result =
          (int) times.invokeExact(state, AT_FDCWD, path(file, arena), both, AT_SYMLINK_NOFOLLOW);
      if (result < 0) {
        refuse(state, "the time", file, -1);
      }
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  private static MemorySegment path(Path file, Arena arena) {
    byte[] bytes = FileNames.all(file);
    MemorySegment segment = arena.allocate(bytes.length + 1L);
    MemorySegment.copy(bytes, 0, segment, ValueLayout.JAVA_BYTE, 0, bytes.length);
    return segment;
  }

  private static void refuse(MemorySegment state, String what, Path file, int harmless)
      throws IOException {
    int error = (int) ERRNO.get(state, 0L);
    if (error != harmless) {
      throw new IOException(what + " of '" + file + "': error " + error + " of the system");
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
}
