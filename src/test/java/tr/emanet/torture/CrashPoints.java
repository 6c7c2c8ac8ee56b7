package tr.emanet.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The named crash points of the product, read from its sources, so that none is forgotten. */
final class CrashPoints {

  private static final Pattern POINT =
      Pattern.compile("(?:CrashPoint\\.reach|step(?:\\(\\))?\\.accept)\\(\\s*\"([a-z.-]+)\"");

  private CrashPoints() {}

  /** No day ends while lines are loaded: DailyRootsTest fails at these. */
  private static final Set<String> OF_DAYS =
      Set.of("seal.before-root-signature", "seal.stamped-inside");

  /**
   * The names that a load of lines reaches: those of receiving, keeping, indexing and sealing, in
   * alphabetical order, but those of the seal between the others, so that a few rounds meet all
   * kinds. Other features' points have tests that reach them.
   */
  static List<String> ofLines() throws IOException {
    List<String> out =
        new ArrayList<>(
            all().stream()
                .filter(
                    p ->
                        p.startsWith("intake.")
                            || p.startsWith("journal.")
                            || p.startsWith("index."))
                .toList());
    int at = 1;
    for (String point : all()) {
      if (point.startsWith("seal.") && !OF_DAYS.contains(point)) {
        out.add(Math.min(at, out.size()), point);
        at += 3;
      }
    }
    return List.copyOf(out);
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
