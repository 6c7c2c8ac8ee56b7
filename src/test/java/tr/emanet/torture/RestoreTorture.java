package tr.emanet.torture;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * What {@code packaging/torture restore [ROUNDS [SEED]]} runs: 500 restores unless named otherwise;
 * every second one is killed by SIGKILL, once or twice, the others meet a full disk.
 */
final class RestoreTorture {

  private RestoreTorture() {}

  /** Exit code 0: all came back after every round; 1: not, or the harness failed; 2: wrong use. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    int rounds;
    long seed;
    try {
      rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 500;
      seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : System.nanoTime();
    } catch (NumberFormatException e) {
      System.err.println("usage: packaging/torture restore [ROUNDS [SEED]]");
      System.exit(2);
      return;
    }
    out.println("seed " + seed);
    Path work = Files.createTempDirectory("emanet-torture-restore-");
    RestoreRounds all = new RestoreRounds(work, seed);
    boolean disks = true;
    for (int i = 0; i < rounds; i++) {
      if (disks && i % 2 == 1) {
        Optional<String> skipped = all.fullDisk();
        skipped.ifPresent(System.err::println);
        disks = skipped.isEmpty();
      } else {
        all.kill();
      }
    }
    out.println(
        String.format(
            Locale.ROOT,
            "{\"kind\":\"restore\",\"rounds\":%d,\"kills\":%d,\"full\":%d,\"whole\":true}",
            rounds,
            all.killed(),
            all.full()));
    Rebuild.delete(work);
  }
}
