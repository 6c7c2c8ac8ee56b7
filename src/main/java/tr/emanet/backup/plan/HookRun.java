package tr.emanet.backup.plan;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * What a hook did.
 *
 * @param hook its name
 * @param code the exit code; {@link #NO_CODE} when it did not start, was stopped or took too long
 * @param said the first of what it wrote, both streams
 */
public record HookRun(Moment moment, String hook, int code, String said) {

  /** Before the sources are taken, or after everything. */
  public enum Moment {
    BEFORE,
    AFTER
  }

  /** There is no exit code. */
  public static final int NO_CODE = -1;

  static final int MAX_SAID = 4000;
  private static final long LOOK_MILLIS = 100;
  private static final long TERM_SECONDS = 5;

  /** Whether it ended with 0. */
  public boolean well() {
    return code == 0;
  }

  /**
   * Runs a hook to its end.
   *
   * @param about what it may read from its environment beside PATH and LC_ALL
   * @param stopped asked ten times a second; true ends it
   */
  static HookRun of(
      Moment moment, HookSpec hook, Map<String, String> about, BooleanSupplier stopped)
      throws InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(hook.command())
            .directory(Path.of("/").toFile())
            .redirectErrorStream(true)
            .redirectInput(Path.of("/dev/null").toFile());
    builder.environment().clear();
    builder.environment().put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().putAll(about);
    Process child;
    try {
      child = builder.start();
    } catch (IOException e) {
      return new HookRun(moment, hook.name(), NO_CODE, "it cannot be started: " + e.getMessage());
    }
    @SuppressWarnings("JdkObsolete") // one thread writes while others read
    StringBuffer said = new StringBuffer();
    Thread reader = Thread.ofPlatform().daemon().name("hook-said").start(() -> read(child, said));
    long end = System.nanoTime() + hook.limit().toNanos();
    try {
      while (!child.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        if (stopped.getAsBoolean()) {
          return new HookRun(moment, hook.name(), NO_CODE, said + "(it was stopped)");
        }
        if (System.nanoTime() > end) {
          return new HookRun(
              moment,
              hook.name(),
              NO_CODE,
              said + "(it was ended after " + hook.seconds() + " seconds)");
        }
      }
      // A child of it may hold the pipe open for ever.
      reader.join(TimeUnit.SECONDS.toMillis(TERM_SECONDS));
      return new HookRun(moment, hook.name(), child.exitValue(), said.toString().strip());
    } finally {
      end(child);
    }
  }

  private static void end(Process child) throws InterruptedException {
    child.descendants().forEach(ProcessHandle::destroy);
    if (child.isAlive()) {
      child.destroy();
      if (!child.waitFor(TERM_SECONDS, TimeUnit.SECONDS)) {
        child.destroyForcibly();
      }
    }
  }

  private static void read(Process child, StringBuffer said) {
    byte[] room = new byte[1024];
    try (InputStream in = child.getInputStream()) {
      int n = in.read(room);
      while (n >= 0) {
        if (said.length() < MAX_SAID) {
          said.append(new String(room, 0, n, StandardCharsets.UTF_8).replace('\0', ' '));
        }
        n = in.read(room);
      }
    } catch (IOException e) {
      said.append(" (its output ended early)");
    }
  }
}
