package tr.emanet.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The named crash points of the product, read from its sources, so that none is forgotten. */
final class CrashPoints {

  private static final Pattern POINT = Pattern.compile("CrashPoint\\.reach\\(\\s*\"([a-z.-]+)\"");

  private CrashPoints() {}

  /**
   * The names that a load of lines reaches, in alphabetical order: those of receiving, keeping and
   * indexing. Other features' points have tests that reach them.
   */
  static List<String> ofLines() throws IOException {
    return all().stream()
        .filter(p -> p.startsWith("intake.") || p.startsWith("journal.") || p.startsWith("index."))
        .toList();
  }

  /** All names in alphabetical order. */
  static List<String> all() throws IOException {
    TreeSet<String> out = new TreeSet<>();
    try (Stream<Path> files = Files.walk(Java.root().resolve("src/main/java"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        POINT.matcher(Files.readString(file)).results().forEach(m -> out.add(m.group(1)));
      }
    }
    if (out.isEmpty()) {
      throw new IOException("no crash points below " + Java.root() + "/src/main/java");
    }
    return List.copyOf(out);
  }
}
