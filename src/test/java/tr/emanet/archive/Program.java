package tr.emanet.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The one-file verifier, run in this process. */
final class Program {

  /** What a run said. */
  record Said(int code, List<String> lines) {

    Stream<String> wrong() {
      return lines.stream().filter(line -> line.startsWith("WRONG "));
    }

    boolean names(String text) {
      return wrong().anyMatch(line -> line.contains(text));
    }

    String text() {
      return String.join("\n", lines);
    }
  }

  private final Verifier verifier;

  Program() throws IOException {
    verifier = Verifier.compile();
  }

  /** Copies the source to a directory. */
  static Path source(Path directory) throws IOException {
    return Files.write(directory.resolve("Verify.java"), Verifier.source());
  }

  Said run(Object... arguments) {
    Verifier.Outcome outcome =
        verifier.run(
            Stream.of(arguments).map(Object::toString).toList(), (done, total, file) -> {});
    return new Said(outcome.code(), outcome.lines());
  }
}
