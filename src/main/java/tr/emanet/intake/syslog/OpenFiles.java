package tr.emanet.intake.syslog;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** How many files this process may open, from {@code /proc/self/limits} (proc(5)). */
final class OpenFiles {

  private static final int UNKNOWN = 1 << 20;

  private OpenFiles() {}

  /** The soft limit, which the JVM has raised to the hard one at its start. */
  static int limit() {
    try {
      for (String line :
          Files.readAllLines(Path.of("/proc/self/limits"), StandardCharsets.ISO_8859_1)) {
        if (line.startsWith("Max open files")) {
          String soft = line.substring("Max open files".length()).trim().split(" +", 2)[0];
          return soft.equals("unlimited") ? UNKNOWN : (int) Math.min(UNKNOWN, Long.parseLong(soft));
        }
      }
      return UNKNOWN;
    } catch (IOException | NumberFormatException e) {
      return UNKNOWN;
    }
  }
}
