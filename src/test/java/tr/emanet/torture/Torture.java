package tr.emanet.torture;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;

/** What {@code packaging/torture} runs: any number of rounds of each kind. */
final class Torture {

  private static final Set<String> KINDS = Set.of("kill", "power", "broker", "feed", "all");

  private final PrintStream out;
  private final int rounds;
  private final long seed;

  /** What must be taken away when the harness itself is interrupted. */
  private final ConcurrentLinkedDeque<AutoCloseable> open = new ConcurrentLinkedDeque<>();

  private Torture(PrintStream out, int rounds, long seed) {
    this.out = out;
    this.rounds = rounds;
    this.seed = seed;
  }

  /** Exit code 0: every promise was kept; 1: not, or the harness failed; 2: wrong use. */
  public static void main(String[] arguments) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    int rounds = 20;
    long seed = System.nanoTime();
    String kind = "all";
    try {
      for (int i = 0; i < arguments.length; i++) {
        switch (arguments[i]) {
          case "--rounds" -> rounds = Integer.parseInt(arguments[++i]);
          case "--seed" -> seed = Long.parseLong(arguments[++i]);
          default -> kind = arguments[i];
        }
      }
      if (!KINDS.contains(kind) || rounds < 1) {
        throw new IllegalArgumentException(kind);
      }
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      System.err.println(
          "usage: packaging/torture [--rounds N] [--seed S] [kill|power|broker|feed|all]");
      System.exit(2);
    }
    Torture torture = new Torture(out, rounds, seed);
    Runtime.getRuntime().addShutdownHook(new Thread(torture::cleanUp, "clean-up"));
    System.exit(torture.run(kind) ? 0 : 1);
  }

  private void cleanUp() {
    for (AutoCloseable one : open) {
      try {
        one.close();
      } catch (Exception e) {
        System.err.println("not cleaned up: " + e.getMessage());
      }
    }
  }

  private boolean run(String kind) {
    System.err.println("seed " + seed);
    boolean kept = true;
    for (String one : kind.equals("all") ? List.of("kill", "power", "broker") : List.of(kind)) {
      try {
        kept &= runOne(one);
      } catch (IOException e) {
        System.err.println(one + ": " + e.getMessage());
        kept = false;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return kept;
  }

  private boolean runOne(String kind) throws IOException, InterruptedException {
    Path work = Files.createTempDirectory("emanet-torture-");
    AutoCloseable directory = () -> Rebuild.delete(work);
    open.addLast(directory);
    boolean kept =
        switch (kind) {
          case "kill" -> kill(work);
          case "power" -> power(work);
          case "feed" -> feed(work);
          default -> broker(work);
        };
    open.remove(directory);
    if (kept) {
      Rebuild.delete(work);
    } else {
      System.err.println("state and log are kept in " + work);
    }
    return kept;
  }

  private boolean kill(Path work) throws IOException, InterruptedException {
    List<String> points = new ArrayList<>(CrashPoints.ofLines());
    try (KillRounds exercise =
        new KillRounds(work, seed, List.of(), points, new Bookkeeping(), out::println)) {
      open.push(exercise);
      for (int i = 0; i < rounds; i++) {
        exercise.round();
      }
      Verdict all = exercise.finish();
      return summary(
          "kill",
          exercise.kills(),
          all.kept() ? exercise.books().sum() : all,
          exercise.slowestStart());
    } finally {
      open.poll();
    }
  }

  private boolean power(Path work) throws IOException, InterruptedException {
    Optional<String> reason = LoopDisk.unavailable(work);
    if (reason.isPresent()) {
      System.err.println("power: skipped: " + reason.get());
      return true;
    }
    try (PowerRounds exercise =
        new PowerRounds(work, seed, List.of(), new Bookkeeping(), out::println)) {
      open.push(exercise);
      for (int i = 0; i < rounds; i++) {
        exercise.round();
      }
      Verdict all = exercise.finish();
      return summary(
          "power", rounds, all.kept() ? exercise.books().sum() : all, exercise.slowestStart());
    } finally {
      open.poll();
    }
  }

  private boolean broker(Path work) throws IOException, InterruptedException {
    try (BrokerRounds exercise = new BrokerRounds(work, seed, new Bookkeeping(), out::println)) {
      open.push(exercise);
      for (int i = 0; i < rounds; i++) {
        Verdict verdict = i % 5 == 4 ? exercise.kill() : exercise.restart();
        if (!verdict.kept()) {
          break;
        }
      }
      return summary("broker", rounds, exercise.books().sum(), 0);
    } finally {
      open.poll();
    }
  }

  private boolean feed(Path work) throws IOException, InterruptedException {
    try (WholeFeed exercise = new WholeFeed(work, WholeFeed.ROWS, out::println)) {
      open.push(exercise);
      return exercise.run();
    } finally {
      open.poll();
    }
  }

  private boolean summary(String kind, int blows, Verdict all, long slowestStart) {
    out.println(
        new Report()
            .put("summary", kind)
            .put("seed", seed)
            .put("rounds", rounds)
            .put("blows", blows)
            .put("slowest_restart_ms", slowestStart)
            .put("kept", all.kept())
            .put(all));
    return all.kept();
  }
}
