package tr.emanet.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Keeps a test's report lines: for its assertions, and as a file below {@code target}. */
final class Notes implements Consumer<Report> {

  private final List<String> lines = new ArrayList<>();
  private final long seed = Long.getLong("torture.seed", System.nanoTime());

  /** Everything random follows from it; {@code -Dtorture.seed=S} repeats a test with another's. */
  long seed() {
    return seed;
  }

  @Override
  public void accept(Report report) {
    lines.add(report.toString());
  }

  /** Writes {@code target/torture/NAME.jsonl}. */
  void keep(String name) throws IOException {
    Path folder = Files.createDirectories(Java.root().resolve("target/torture"));
    Files.write(folder.resolve(name + ".jsonl"), lines);
  }

  @Override
  public String toString() {
    return "seed " + seed + "\n" + String.join("\n", lines);
  }
}
