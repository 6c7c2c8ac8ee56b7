package tr.emanet.crypto;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * No core dumps of this process (setrlimit(2) with RLIMIT_CORE 0, soft and hard): they would hold
 * keys. Not prctl(PR_SET_DUMPABLE), which would give {@code /proc/self} to root, and lock names the
 * owner of a process by it.
 */
public final class CoreDumps {

  private static final int RLIMIT_CORE = 4;
  private static final Pattern OFF = Pattern.compile("Max core file size +0 +0 +bytes");

  private CoreDumps() {}

  /**
   * Turns them off for the life of the process; children inherit it.
   *
   * @throws IOException when the kernel refuses
   */
  // The shape is that of the C library's header; native access is enabled for all of us.
  @SuppressWarnings("restricted")
  public static void off() throws IOException {
    if (offAlready()) {
      return;
    }
    Linker linker = Linker.nativeLinker();
    MethodHandle call =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("setrlimit"),
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment none = arena.allocate(ValueLayout.JAVA_LONG, 2);
      if ((int) call.invokeExact(RLIMIT_CORE, none) != 0) {
        throw new IOException("core dumps cannot be turned off; run 'ulimit -c 0' before");
      }
    } catch (IOException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("setrlimit", e);
    }
  }

  /** The scripts have done it; reading that is a tenth of the time that binding a call takes. */
  private static boolean offAlready() throws IOException {
    Path limits = Path.of("/proc/self/limits");
    return Files.isReadable(limits)
        && Files.readAllLines(limits, StandardCharsets.US_ASCII).stream()
            .anyMatch(line -> OFF.matcher(line).lookingAt());
  }
}
