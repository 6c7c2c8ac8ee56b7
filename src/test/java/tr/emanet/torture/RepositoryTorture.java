package tr.emanet.torture;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import tr.emanet.backup.restic.FaultRounds;

/**
 * What {@code packaging/torture repository [ROUNDS [SEED]]} runs: rounds of faults at single writes
 * and removals of a repository (500 unless named), and one true kill for every 25 of them.
 */
final class RepositoryTorture {

  private RepositoryTorture() {}

  /** Exit code 0: sound after every round; 1: not, or the harness failed; 2: wrong use. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    int rounds;
    long seed;
    try {
      rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 500;
      seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : System.nanoTime();
    } catch (NumberFormatException e) {
      System.err.println("usage: packaging/torture repository [ROUNDS [SEED]]");
      System.exit(2);
      return;
    }
    out.println("seed " + seed);
    Path work = Files.createTempDirectory("emanet-torture-repository-");
    int hit = 0;
    String summary;
    try (FaultRounds faults = new FaultRounds(Files.createDirectory(work.resolve("f")), seed)) {
      for (int i = 0; i < rounds; i++) {
        hit += faults.round() ? 1 : 0;
        if (i % 50 == 49 || i == rounds - 1) {
          stock(faults, work, i);
        }
      }
      summary = faults.summary();
    }
    RepositoryKills kills = new RepositoryKills(Files.createDirectory(work.resolve("k")), seed);
    for (int i = 0; i < rounds / 25; i++) {
      kills.round();
    }
    out.println(
        String.format(
            Locale.ROOT,
            "{\"kind\":\"repository\",\"rounds\":%d,\"faults\":%d,\"work\":\"%s\",\"kills\":%d,"
                + "\"sound\":true}",
            rounds,
            hit,
            summary,
            kills.killed()));
    Rebuild.delete(work);
  }

  private static void stock(FaultRounds faults, Path work, int round)
      throws IOException, InterruptedException {
    Path restic = Path.of("/usr/bin/restic");
    if (!Files.isExecutable(restic)) {
      System.err.println("restic is not installed: its own check is left out");
      return;
    }
    Path store = faults.writeOut("store" + round);
    Path password = Files.write(work.resolve("password"), FaultRounds.password());
    ProcessBuilder builder =
        new ProcessBuilder(
                List.of(
                    restic.toString(),
                    "--no-cache",
                    "-r",
                    store.toString(),
                    "check",
                    "--read-data"))
            .redirectErrorStream(true)
            .redirectOutput(work.resolve("restic.log").toFile());
    builder.environment().put("RESTIC_PASSWORD_FILE", password.toString());
    Process process = builder.start();
    if (!process.waitFor(5, TimeUnit.MINUTES) || process.exitValue() != 0) {
      throw new IllegalStateException(Files.readString(work.resolve("restic.log")));
    }
    Rebuild.delete(store);
  }
}
