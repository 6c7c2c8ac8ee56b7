package tr.emanet.keep;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;

/** Counts time in a way that setting the clock does not change. Safe for many threads. */
public interface BootClock {

  /**
   * One reading.
   *
   * @param boot which start of the machine it counts from; readings of two starts cannot be
   *     compared
   * @param since time since that start, including sleep
   */
  record Reading(String boot, Duration since) {}

  Reading read();

  /** Linux's own count; where it cannot be read, the count of this process. */
  static BootClock system() {
    String process = "process-" + UUID.randomUUID();
    long start = System.nanoTime();
    return () -> {
      try {
        String boot = text("/proc/sys/kernel/random/boot_id").strip();
        String uptime = text("/proc/uptime");
        double seconds = Double.parseDouble(uptime.substring(0, uptime.indexOf(' ')));
        return new Reading(
            boot.toLowerCase(Locale.ROOT), Duration.ofMillis(Math.round(seconds * 1000)));
      } catch (IOException | NumberFormatException | IndexOutOfBoundsException e) {
        return new Reading(process, Duration.ofNanos(System.nanoTime() - start));
      }
    };
  }

  private static String text(String file) throws IOException {
    return Files.readString(Path.of(file), StandardCharsets.US_ASCII);
  }
}
