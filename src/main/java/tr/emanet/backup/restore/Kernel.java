package tr.emanet.backup.restore;

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
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The system calls of Linux that a restore needs, on x86_64 and aarch64, with names as bytes. One
 * thread at a time; to be closed. A file descriptor may be used by other threads' kernels too.
 *
 * <p>Everything is called through {@code syscall}: the C library knows no {@code openat2}, and one
 * shape of call is easier to check than twenty.
 */
final class Kernel implements AutoCloseable {

  static final int AT_FDCWD = -100;
  static final int PIECE = 1 << 18;

  private static final int EMPTY_PATH = 0x1000;
  private static final int NOFOLLOW = 0x100;
  private static final int PATHS = 1 << 13;
  private static final int VALUES = 1 << 16;
  private static final long CLOEXEC = 02000000;
  private static final long CREATE_EXCLUSIVE = 0100 | 0200;
  private static final long PATH_ONLY = 010000000;
  private static final long WRITE = 1;
  private static final long NONBLOCK = 04000;
  private static final long NO_XDEV = 1;
  private static final long NO_SYMLINKS = 4;
  private static final long BENEATH = 8;
  private static final int RETRIES = 128;
  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO = STATE.varHandle(PathElement.groupElement("errno"));

  private final Calls calls;
  private final MethodHandle syscall;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment state = arena.allocate(STATE);
  private final MemorySegment first = arena.allocate(PATHS);
  private final MemorySegment second = arena.allocate(PATHS);
  private final MemorySegment small = arena.allocate(256, 8);
  private final MemorySegment value = arena.allocate(VALUES);
  private final MemorySegment bytes = arena.allocate(PIECE, 64);

  Kernel() {
    this.calls = Calls.ofThisMachine();
    this.syscall = handle();
  }

  // The shape is that of syscall(2): seven numbers, one number back; native access is enabled.
  @SuppressWarnings("restricted")
  private static MethodHandle handle() {
    ValueLayout.OfLong n = ValueLayout.JAVA_LONG;
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow("syscall"),
        FunctionDescriptor.of(n, n, n, n, n, n, n, n),
        Linker.Option.firstVariadicArg(1),
        Linker.Option.captureCallState("errno"));
  }

  private long raw(int call, long a, long b, long c, long d, long e) {
    try {
      long result = (long) syscall.invokeExact(state, (long) call, a, b, c, d, e, 0L);
      return result < 0 ? -(int) ERRNO.get(state, 0L) : result;
    } catch (RuntimeException | Error bug) {
      throw bug;
    } catch (Throwable impossible) {
      throw new IllegalStateException("a call of the kernel", impossible);
    }
  }

  private long call(String what, int call, long a, long b, long c, long d, long e)
      throws KernelException {
    long result = raw(call, a, b, c, d, e);
    if (result < 0) {
      throw new KernelException(what, (int) -result);
    }
    return result;
  }

  private static long text(MemorySegment room, byte[] text) throws KernelException {
    if (text.length >= PATHS) {
      throw new KernelException("a path of " + text.length + " bytes", 36);
    }
    for (byte b : text) {
      if (b == 0) {
        throw new KernelException("a name with a NUL", KernelException.EINVAL);
      }
    }
    MemorySegment.copy(text, 0, room, ValueLayout.JAVA_BYTE, 0, text.length);
    room.set(ValueLayout.JAVA_BYTE, text.length, (byte) 0);
    return room.address();
  }

  /** Bytes that are one element: whoever makes an entry names it in an open directory. */
  private static long element(MemorySegment room, byte[] name) throws KernelException {
    boolean dots = name.length <= 2;
    for (byte b : name) {
      dots &= b == '.';
      if (b == '/') {
        throw new KernelException("a name with a slash", KernelException.EINVAL);
      }
    }
    if (dots) {
      throw new KernelException("an empty name, '.' or '..'", KernelException.EINVAL);
    }
    return text(room, name);
  }

  private int open(int directory, long path, long flags, int mode, long resolve)
      throws KernelException {
    small.set(ValueLayout.JAVA_LONG, 0, flags | CLOEXEC | calls.noFollow());
    small.set(ValueLayout.JAVA_LONG, 8, mode);
    small.set(ValueLayout.JAVA_LONG, 16, resolve);
    long result = -KernelException.EAGAIN;
    // The kernel says EAGAIN when somebody renames meanwhile and it cannot be sure.
    for (int i = 0; i < RETRIES && result == -KernelException.EAGAIN; i++) {
      result = raw(Calls.OPENAT2, directory, path, small.address(), 24, 0);
    }
    if (result < 0) {
      throw new KernelException("open", (int) -result);
    }
    return (int) result;
  }

  /** Opens a directory that the operator named; its last element is no symbolic link. */
  int root(byte[] path) throws KernelException {
    return open(AT_FDCWD, text(first, path), PATH_ONLY | calls.directory(), 0, 0);
  }

  /** Opens a directory beneath another; a path of several elements, no symbolic link in it. */
  int directory(int root, byte[] path, boolean overMounts) throws KernelException {
    return open(root, text(first, path), PATH_ONLY | calls.directory(), 0, beneath(overMounts));
  }

  private static long beneath(boolean overMounts) {
    return BENEATH | NO_SYMLINKS | (overMounts ? 0 : NO_XDEV);
  }

  /** Makes a file to write, which did not exist; only its owner may open it. */
  int create(int directory, byte[] name) throws KernelException {
    return open(directory, element(first, name), CREATE_EXCLUSIVE | WRITE, 0600, beneath(false));
  }

  /** Opens a file of ours again to write. */
  int write(int directory, byte[] name) throws KernelException {
    return open(directory, element(first, name), WRITE | NONBLOCK, 0, beneath(false));
  }

  /** Opens an existing file to read; never waits for the other end of a FIFO. */
  int read(int directory, byte[] name) throws KernelException {
    return open(directory, element(first, name), NONBLOCK, 0, beneath(false));
  }

  /** A handle on whatever has the name, a symbolic link itself too; nothing is opened. */
  int handle(int directory, byte[] name) throws KernelException {
    return open(
        directory,
        element(first, name),
        PATH_ONLY,
        0,
        // With NO_SYMLINKS a link itself cannot be had; one element cannot lead anywhere else.
        BENEATH);
  }

  void makeDirectory(int directory, byte[] name) throws KernelException {
    call("mkdir", calls.mkdirat(), directory, element(first, name), 0700, 0, 0);
  }

  void makeLink(int directory, byte[] name, byte[] leads) throws KernelException {
    long to = text(second, leads);
    call("symlink", calls.symlinkat(), to, directory, element(first, name), 0, 0);
  }

  /** One more name for a file; of a symbolic link the link itself. */
  void link(int from, byte[] old, int to, byte[] name) throws KernelException {
    long source = element(first, old);
    call("link", calls.linkat(), from, source, to, element(second, name), 0);
  }

  /** {@code mode} has the type's bits; the device number is as the kernel packs it in 32 bits. */
  void makeNode(int directory, byte[] name, int mode, long device) throws KernelException {
    if (device >>> 32 != 0) {
      throw new KernelException("device number " + device, KernelException.EINVAL);
    }
    call("mknod", calls.mknodat(), directory, element(first, name), mode, device, 0);
  }

  /** Removes a name that is no directory. */
  void unlink(int directory, byte[] name) throws KernelException {
    call("unlink", calls.unlinkat(), directory, element(first, name), 0, 0, 0);
  }

  /** Renames within a directory. */
  void rename(int directory, byte[] from, byte[] to, boolean replace) throws KernelException {
    long source = element(first, from);
    long result =
        raw(calls.renameat2(), directory, source, directory, element(second, to), replace ? 0 : 1);
    if (result == -KernelException.EINVAL && !replace) {
      // NFS and some others know no NOREPLACE; a hard link does not replace either.
      link(directory, from, directory, to);
      unlink(directory, from);
    } else if (result < 0) {
      throw new KernelException("rename", (int) -result);
    }
  }

  /** What has the name, not followed; null when nothing has. */
  @Nullable Stat stat(int directory, byte[] name) throws KernelException {
    long path = element(first, name);
    long result = raw(calls.statx(), directory, path, NOFOLLOW, 0x7ff, small.address());
    if (result == -KernelException.ENOENT) {
      return null;
    }
    if (result < 0) {
      throw new KernelException("stat", (int) -result);
    }
    return Stat.of(small);
  }

  Stat stat(int file) throws KernelException {
    long path = text(first, new byte[0]);
    call("stat", calls.statx(), file, path, EMPTY_PATH, 0x7ff, small.address());
    return Stat.of(small);
  }

  void owner(int file, long uid, long gid) throws KernelException {
    long path = text(first, new byte[0]);
    call("chown", calls.fchownat(), file, path, uid, gid, EMPTY_PATH);
  }

  /** Sets the mode; of a handle through the name that the kernel gives it. */
  void mode(int file, int mode, boolean handle) throws KernelException {
    if (handle) {
      call("chmod", calls.fchmodat(), AT_FDCWD, text(first, self(file)), mode, 0, 0);
    } else {
      call("chmod", calls.fchmod(), file, mode, 0, 0, 0);
    }
  }

  /** Sets access and modification time. */
  void time(int file, long seconds, int nanos, boolean handle) throws KernelException {
    for (int i = 0; i < 32; i += 16) {
      small.set(ValueLayout.JAVA_LONG, i, seconds);
      small.set(ValueLayout.JAVA_LONG, i + 8, nanos);
    }
    if (handle) {
      long path = text(first, self(file));
      call("utimes", calls.utimensat(), AT_FDCWD, path, small.address(), 0, 0);
    } else {
      call("utimes", calls.utimensat(), file, 0, small.address(), 0, 0);
    }
  }

  void attribute(int file, byte[] name, byte[] content, boolean handle) throws KernelException {
    if (content.length > VALUES) {
      throw new KernelException("an attribute of " + content.length + " bytes", 7);
    }
    MemorySegment.copy(content, 0, value, ValueLayout.JAVA_BYTE, 0, content.length);
    long key = text(second, name);
    if (handle) {
      long path = text(first, self(file));
      call("setxattr", calls.setxattr(), path, key, value.address(), content.length, 0);
    } else {
      call("setxattr", calls.fsetxattr(), file, key, value.address(), content.length, 0);
    }
  }

  private static byte[] self(int file) {
    return ("/proc/self/fd/" + file).getBytes(StandardCharsets.US_ASCII);
  }

  /** Writes all of the bytes at the position. */
  void write(int file, long position, byte[] from, int offset, int length) throws IOException {
    int done = 0;
    while (done < length) {
      int piece = Math.min(PIECE, length - done);
      MemorySegment.copy(from, offset + done, bytes, ValueLayout.JAVA_BYTE, 0, piece);
      int at = 0;
      while (at < piece) {
        at +=
            (int)
                call(
                    "write",
                    calls.pwrite64(),
                    file,
                    bytes.address() + at,
                    piece - at,
                    position + done + at,
                    0);
      }
      done += piece;
    }
  }

  /** Reads at the position as much as there is, at most that much; 0 at the end. */
  int read(int file, long position, byte[] into, int offset, int length) throws IOException {
    int done = 0;
    while (done < length) {
      int piece = Math.min(PIECE, length - done);
      int got =
          (int) call("read", calls.pread64(), file, bytes.address(), piece, position + done, 0);
      if (got == 0) {
        return done;
      }
      MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, 0, into, offset + done, got);
      done += got;
    }
    return done;
  }

  void truncate(int file, long size) throws KernelException {
    call("truncate", calls.ftruncate(), file, size, 0, 0, 0);
  }

  /** The content of one file is on the disk when this returns. */
  void synchronise(int file) throws KernelException {
    call("fdatasync", calls.fdatasync(), file, 0, 0, 0, 0);
  }

  /** Everything written to the file system of the directory is on the disk when this returns. */
  void synchroniseAll(int directory) throws KernelException {
    int file = open(directory, text(first, new byte[] {'.'}), calls.directory(), 0, beneath(false));
    try {
      call("syncfs", calls.syncfs(), file, 0, 0, 0, 0);
    } finally {
      close(file);
    }
  }

  /** The same for every file system of the machine. */
  void synchroniseMachine() {
    long ignored = raw(calls.sync(), 0, 0, 0, 0, 0);
  }

  boolean isRoot() {
    return raw(calls.geteuid(), 0, 0, 0, 0, 0) == 0;
  }

  /** Closes a descriptor; the kernel frees it whatever it answers. */
  void close(int file) {
    raw(calls.close(), file, 0, 0, 0, 0);
  }

  @Override
  public void close() {
    arena.close();
  }
}
