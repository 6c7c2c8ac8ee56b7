package tr.emanet.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the JVM watches to make its cache for quick commands: {@code Rehearsal WORK SOURCE} backs a
 * directory up twice into a repository below WORK, checks and restores it, in one process.
 */
final class Rehearsal {

  private Rehearsal() {}

  /** Ends with 1 when a step failed: its cache would lack what the steps after it need. */
  public static void main(String... arguments) throws IOException {
    CommandLogging.on();
    Path work = Path.of(arguments[0]);
    Path password = Files.writeString(work.resolve("password"), "rehearsal");
    String repository = work.resolve("repository").toString();
    String key = "--password-file=" + password;
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    String[][] steps = {
      {"repo", "init", key, repository},
      {"backup", "run", key, "--repo=" + repository, arguments[1]},
      {"backup", "run", key, "--repo=" + repository, arguments[1]},
      {"repo", "snapshots", key, repository},
      {"repo", "check", key, repository},
      {"repo", "check", "--read-data", key, repository},
      {"restore", key, "--repo=" + repository, "--target=" + work.resolve("restored"), "latest"}
    };
    int code = 0;
    for (String[] step : steps) {
      code = Math.max(code, Main.run(out, out, step));
    }
    System.exit(code == 0 ? 0 : 1);
  }
}
