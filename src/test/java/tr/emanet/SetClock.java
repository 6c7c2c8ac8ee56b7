package tr.emanet;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The service under a clock that a test sets: the same start as {@code emanet serve}, with the time
 * of a file, in milliseconds, added to the machine's. It goes on from there as any clock does.
 */
public final class SetClock {

  /** The system property that names the file. */
  public static final String FILE = "emanet.test.clock";

  private static final long LOOK_NANOS = 100_000_000;

  private final Path file;
  private final AtomicLong looked = new AtomicLong(System.nanoTime());
  private volatile long moved;

  private SetClock(Path file) throws IOException {
    this.file = file;
    this.moved = Long.parseLong(Files.readString(file).strip());
  }

  private Instant now() {
    long before = looked.get();
    long nanos = System.nanoTime();
    if (nanos - before > LOOK_NANOS && looked.compareAndSet(before, nanos)) {
      try {
        moved = Long.parseLong(Files.readString(file).strip());
      } catch (IOException e) {
        throw new IllegalStateException("the clock of the test cannot be read", e);
      }
    }
    return InstantSource.system().instant().plusMillis(moved);
  }

  /** Reads {@code serve --state DIR --no-demo [--set KEY=VALUE]...} and nothing else. */
  public static void main(String... arguments) throws Exception {
    List<String> overrides = new ArrayList<>();
    Path state = Path.of("var");
    for (int i = 1; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "--state" -> state = Path.of(arguments[++i]);
        case "--set" -> overrides.add(arguments[++i]);
        default -> {}
      }
    }
    if (!(ConfigFile.read(null, overrides) instanceof ConfigFile.Outcome.Valid(var settings))) {
      throw new IllegalArgumentException(overrides + " cannot be");
    }
    SetClock clock = new SetClock(Path.of(System.getProperty(FILE)));
    PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    EmanetApplication.Started started =
        EmanetApplication.serve(
            settings, new StateDirectory(state), clock::now, false, err::println);
    if (!(started instanceof EmanetApplication.Started.Ready(String url))) {
      throw new IllegalStateException(String.valueOf(started));
    }
    System.out.println("READY " + url);
    System.out.flush();
    Thread.currentThread().join();
  }
}
