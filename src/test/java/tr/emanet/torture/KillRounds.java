package tr.emanet.torture;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import tr.emanet.crash.CrashPoint;

/**
 * Kills the service under load, at random moments, at named crash points and while it starts; its
 * broker lives on. One state directory for all rounds, so that damage adds up.
 */
final class KillRounds implements AutoCloseable {

  private static final int LOAD_MILLIS = 1_200;
  private static final int START_MILLIS = 2_500;

  private final SplittableRandom random;
  private final String run;
  private final Emanet emanet;
  private final Bookkeeping books;
  private final Load load;
  private final Consumer<Report> out;
  private final List<String> points;
  private final int first;
  private long slowestStart;
  private int kills;
  private int rounds;
  private int turns;

  /**
   * Prepares.
   *
   * @param work an empty directory for state and log
   * @param seed everything random follows from it
   * @param flags for the JVM of every start
   * @param points crash points to take turns with; empty: only random moments
   */
  KillRounds(
      Path work,
      long seed,
      List<String> flags,
      List<String> points,
      Bookkeeping books,
      Consumer<Report> out)
      throws IOException {
    this.random = new SplittableRandom(seed);
    this.run = Long.toString(seed & 0xffff, 36);
    this.emanet =
        new Emanet(
            work.resolve("state"),
            work.resolve("service.log"),
            List.of("journal.closeBelowMegabytes=64"),
            flags(flags));
    this.books = books;
    this.load = Load.SMALL;
    this.out = out;
    this.points = List.copyOf(points);
    this.first = points.isEmpty() ? 0 : random.nextInt(points.size());
  }

  /** Small segments and frequent commits, so that every round meets some of both. */
  private static List<String> flags(List<String> more) {
    List<String> all = new ArrayList<>(more);
    all.add("-Demanet.journal.segment-bytes=8192");
    all.add("-Demanet.pipeline.commit-millis=250");
    return all;
  }

  Bookkeeping books() {
    return books;
  }

  long slowestStart() {
    return slowestStart;
  }

  int kills() {
    return kills;
  }

  /** One round: start, compare what was before, load, kill, look at the journal. */
  void round() throws IOException, InterruptedException {
    rounds++;
    // Four of five rounds die at a point, in turn, beginning anywhere: a few runs meet them all.
    String point =
        points.isEmpty() || rounds % 5 == 0 ? "" : points.get((first + turns++) % points.size());
    strikeAt(point, random.nextInt(seldom(point), often(point)));
  }

  /** The first commits belong to the start, which has rounds of its own. */
  private static int seldom(String point) {
    return point.startsWith("index") ? 3 : 1;
  }

  /** How often, about, a short round reaches a point. */
  private static int often(String point) {
    if (point.equals("journal.segment-rolled")) {
      // The load of one round fills a segment once, and seldom twice.
      return 2;
    }
    if (point.startsWith("seal.")) {
      // A checkpoint at the start, one or two under load as segments end, one at the stop.
      return point.equals("seal.written") || point.equals("seal.renamed") ? 7 : 4;
    }
    if (point.startsWith("journal.segment")) {
      return 3;
    }
    return point.startsWith("index") ? 6 : 12;
  }

  /** A round whose kill is at a crash point, reached for the n-th time; empty: at any moment. */
  void round(String point, int times) throws IOException, InterruptedException {
    rounds++;
    strikeAt(point, times);
  }

  private void strikeAt(String point, int times) throws IOException, InterruptedException {
    Report report = new Report().put("mode", "kill").put("round", rounds);
    if (!point.isEmpty()) {
      report.put("point", point).put("after", times);
    } else if (random.nextInt(4) == 0) {
      int millis = random.nextInt(START_MILLIS);
      killWhileStarting(millis);
      report.put("killed_while_starting_ms", millis);
    }
    long start = System.nanoTime();
    emanet.launch("-Demanet.crash.point=" + point, "-Demanet.crash.after=" + Math.max(1, times));
    Verdict before = Verdict.NOTHING;
    if (emanet.awaitReady()) {
      long millis = (System.nanoTime() - start) / 1_000_000;
      slowestStart = Math.max(slowestStart, millis);
      report.put("restart_ms", millis);
      if (point.isEmpty()) {
        long settling = System.nanoTime();
        before = books.settle(emanet, emanet.port("mqtt_broker"), false);
        SealCheck.noFindings(emanet);
        report.put("settle_ms", (System.nanoTime() - settling) / 1_000_000);
      }
      strike(point, report);
    } else {
      report.put("died", "before it was ready").put("exit", emanet.exitCode());
      expectCrash(point);
    }
    report.put("round_ms", (System.nanoTime() - start) / 1_000_000);
    out.accept(report.put(before));
  }

  private void killWhileStarting(int millis) throws IOException, InterruptedException {
    emanet.launch();
    TimeUnit.MILLISECONDS.sleep(millis);
    emanet.kill();
    kills++;
  }

  private void strike(String point, Report report) throws IOException, InterruptedException {
    Ledger ledger = new Ledger(Line.token(run, rounds));
    int broker = emanet.port("mqtt_broker");
    try (Load.Running running = load.start(emanet, broker, ledger, random.nextLong())) {
      if (point.isEmpty()) {
        int millis = random.nextInt(50, LOAD_MILLIS);
        TimeUnit.MILLISECONDS.sleep(millis);
        emanet.kill();
        kills++;
        report.put("killed_after_ms", millis);
      } else if (Wait.within(Duration.ofMillis(LOAD_MILLIS), () -> !emanet.alive())) {
        expectCrash(point);
        report.put("died", "under load");
      } else {
        // Commits of the index come every half minute, or when it stops.
        int code = emanet.terminate();
        report
            .put("died", code == CrashPoint.EXIT_CODE ? "while stopping" : "never")
            .put("exit", code);
        kills += code == CrashPoint.EXIT_CODE ? 1 : 0;
        running.abandon();
      }
      running.stop(random.nextInt(200));
    } catch (ConnectException e) {
      // Messages that the broker had kept from the round before can reach the point first.
      if (point.isEmpty() || !Wait.within(Duration.ofSeconds(5), () -> !emanet.alive())) {
        throw e;
      }
      expectCrash(point);
      report.put("died", "before the load");
    }
    books.add(ledger);
    report.put("journal", JournalCheck.verify(emanet.state(), true));
  }

  private void expectCrash(String point) throws IOException {
    if (emanet.exitCode() != CrashPoint.EXIT_CODE) {
      throw new IOException(
          "the service ended with " + emanet.exitCode() + " at " + point + emanet.tail());
    }
    kills++;
  }

  /** Starts the service undisturbed, compares what is open, stops it. */
  Verdict settle() throws IOException, InterruptedException {
    emanet.start();
    Verdict found = books.settle(emanet, emanet.port("mqtt_broker"), false);
    out.accept(new Report().put("mode", "kill").put("round", "settled").put(found));
    emanet.terminate();
    return found;
  }

  /**
   * Ends the exercise: compares everything, loads once more without a kill, and compares the view
   * with one built again from the journal.
   *
   * @return all rounds together
   */
  Verdict finish() throws IOException, InterruptedException {
    emanet.start();
    int broker = emanet.port("mqtt_broker");
    Verdict last = books.settle(emanet, broker, false);
    out.accept(new Report().put("mode", "kill").put("round", "after the last kill").put(last));
    Ledger undisturbed = new Ledger(Line.token(run, 0));
    try (Load.Running running = load.start(emanet, broker, undisturbed, random.nextLong())) {
      running.stop(LOAD_MILLIS / 2);
    }
    books.add(undisturbed);
    Verdict whole = books.settle(emanet, broker, true);
    Balance balance = Balance.settled(emanet.api());
    out.accept(
        new Report()
            .put("mode", "kill")
            .put("round", "undisturbed")
            .put("balance", balance)
            .put(whole));
    SealCheck.noFindings(emanet);
    Verdict all = Rebuild.compare(emanet, books, out);
    if (emanet.alive()) {
      emanet.terminate();
    }
    out.accept(
        new Report()
            .put("mode", "kill")
            .put("round", "seal")
            .put("seal", SealCheck.verify(emanet.state())));
    return all;
  }

  @Override
  public void close() {
    emanet.close();
  }
}
