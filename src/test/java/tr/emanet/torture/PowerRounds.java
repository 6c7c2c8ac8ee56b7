package tr.emanet.torture;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Cuts the power below the state directory under load. The broker and the books lie elsewhere and
 * live on: what the broker acknowledged must be found after the restart, whether the service had it
 * already or gets it from the broker again.
 *
 * <p>The process is stopped before the cut, and killed after it. As with a real power failure it
 * then cannot act on a {@code force()} that the dying file system answered wrongly. The cut is the
 * shutdown call of a file system on a loop device: what was not forced is gone, but neither a
 * disk's own cache nor torn sectors are imitated.
 */
final class PowerRounds implements AutoCloseable {

  private static final long DISK_BYTES = 1L << 30;
  private static final int LOAD_MILLIS = 1_500;

  private final SplittableRandom random;
  private final String run;
  private final LoopDisk disk;
  private final Broker broker;
  private final Emanet emanet;
  private final Bookkeeping books;
  private final Consumer<Report> out;
  private long slowestStart;
  private int rounds;

  /**
   * Makes the disk and starts the broker.
   *
   * @param work an empty directory on an ordinary file system
   * @param flags for the JVM of every start
   */
  PowerRounds(Path work, long seed, List<String> flags, Bookkeeping books, Consumer<Report> out)
      throws IOException, InterruptedException {
    this.random = new SplittableRandom(seed);
    this.run = Long.toString(seed & 0xffff, 36);
    this.disk = LoopDisk.create(work, DISK_BYTES);
    this.broker = startBroker(work, disk);
    this.emanet =
        new Emanet(
            disk.mount().resolve("state"),
            work.resolve("service.log"),
            List.of(
                "journal.closeBelowMegabytes=16",
                "intake.mqtt.enabled=true",
                "intake.mqtt.port=" + broker.port()),
            flags);
    this.books = books;
    this.out = out;
  }

  private static Broker startBroker(Path work, LoopDisk disk)
      throws IOException, InterruptedException {
    try {
      return Broker.start(work.resolve("broker"));
    } catch (IOException e) {
      disk.close();
      throw e;
    }
  }

  Bookkeeping books() {
    return books;
  }

  long slowestStart() {
    return slowestStart;
  }

  /** One round: start, compare what was before, load, cut, mount again. */
  void round() throws IOException, InterruptedException {
    rounds++;
    Report report = new Report().put("mode", "power").put("round", rounds);
    long millis = emanet.start();
    slowestStart = Math.max(slowestStart, millis);
    report.put("restart_ms", millis);
    Verdict before = books.settle(emanet, broker.port(), false);
    Ledger ledger = new Ledger(Line.token(run, rounds));
    try (Load.Running running =
        Load.SMALL.start(emanet, broker.port(), ledger, random.nextLong())) {
      int cutAfter = random.nextInt(50, LOAD_MILLIS);
      TimeUnit.MILLISECONDS.sleep(cutAfter);
      emanet.freeze();
      // What counts is what was acknowledged before the cut. Later ones wait in the broker.
      books.add(ledger);
      report.put("acked_before_cut", ledger.snapshot().acknowledged());
      disk.cut();
      emanet.kill();
      report.put("cut_after_ms", cutAfter);
      running.stop(random.nextInt(100));
    }
    disk.remount();
    report.put("journal", JournalCheck.verify(emanet.state(), true));
    out.accept(report.put(before));
  }

  /**
   * The disk fails while the service runs on: it must notice by itself and end.
   *
   * @return its exit code
   */
  int failTheDiskUnderTheService() throws IOException, InterruptedException {
    rounds++;
    emanet.start();
    Verdict before = books.settle(emanet, broker.port(), false);
    Ledger ledger = new Ledger(Line.token(run, rounds));
    try (Load.Running running =
        Load.SMALL.start(emanet, broker.port(), ledger, random.nextLong())) {
      TimeUnit.MILLISECONDS.sleep(LOAD_MILLIS / 2);
      disk.cut();
      emanet.awaitEnd(Duration.ofSeconds(20));
      running.stop(0);
    }
    int code = emanet.exitCode();
    disk.remount();
    out.accept(new Report().put("mode", "disk").put("round", rounds).put("exit", code).put(before));
    return code;
  }

  /** Compares everything, and the view with one built again from the journal. */
  Verdict finish() throws IOException, InterruptedException {
    emanet.start();
    Verdict last = books.settle(emanet, broker.port(), false);
    out.accept(new Report().put("mode", "power").put("round", "after the last cut").put(last));
    return Rebuild.compare(emanet, books, out);
  }

  @Override
  public void close() throws IOException {
    emanet.close();
    broker.close();
    disk.close();
  }
}
