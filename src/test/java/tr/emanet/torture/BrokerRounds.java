package tr.emanet.torture;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Ends the broker under load and starts it again; the service runs on.
 *
 * <p>SIGTERM: mosquitto writes its persistence file, so whatever it acknowledged must arrive.
 * SIGKILL: mosquitto loses everything since its last save ({@code autosave_interval}, 30 minutes
 * unless configured), sessions included. That loss is the broker's; of the service we then only
 * want that it subscribes again by itself and that everything acknowledged from then on arrives. An
 * older save may also make the broker hand out again, as new messages, what the service has already
 * acknowledged; nobody can tell these from new ones, so they are reported and not judged.
 */
final class BrokerRounds implements AutoCloseable {

  private static final Duration BACK = Duration.ofSeconds(60);
  private static final int LOAD_MILLIS = 1_200;

  private final SplittableRandom random;
  private final String run;
  private final Broker broker;
  private final Emanet emanet;
  private final Bookkeeping books;
  private final Consumer<Report> out;
  private int rounds;

  /** Starts broker and service, both below {@code work}, an empty directory. */
  BrokerRounds(Path work, long seed, Bookkeeping books, Consumer<Report> out)
      throws IOException, InterruptedException {
    this.random = new SplittableRandom(seed);
    this.run = Long.toString(seed & 0xffff, 36);
    this.broker = Broker.start(work.resolve("broker"));
    this.emanet =
        new Emanet(
            work.resolve("state"),
            work.resolve("service.log"),
            List.of(
                "journal.closeBelowMegabytes=64",
                "intake.mqtt.enabled=true",
                "intake.mqtt.port=" + broker.port()),
            List.of());
    this.books = books;
    this.out = out;
    try {
      emanet.start();
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  /** A round with SIGTERM; returns what it found. */
  Verdict restart() throws IOException, InterruptedException {
    rounds++;
    Ledger ledger = new Ledger(Line.token(run, rounds));
    try (Load.Running running =
        Load.SMALL.start(emanet, broker.port(), ledger, random.nextLong())) {
      TimeUnit.MILLISECONDS.sleep(random.nextInt(50, LOAD_MILLIS));
      broker.terminate();
      TimeUnit.MILLISECONDS.sleep(random.nextInt(500));
      broker.start();
      running.stop(LOAD_MILLIS / 2);
    }
    books.add(ledger);
    Verdict verdict = books.settle(emanet, broker.port(), true);
    out.accept(new Report().put("mode", "broker-term").put("round", rounds).put(verdict));
    return verdict;
  }

  /** A round with SIGKILL; returns what was found of the lines after the service was back. */
  Verdict kill() throws IOException, InterruptedException {
    rounds++;
    Ledger during = new Ledger(Line.token(run, rounds));
    try (MqttLoad load = MqttLoad.start(broker.port(), 2, 400, during)) {
      TimeUnit.MILLISECONDS.sleep(random.nextInt(50, LOAD_MILLIS));
      broker.kill();
      load.stop();
    }
    broker.start();
    Wait.until("the service subscribes again" + emanet.tail(), BACK, this::subscribed);
    rounds++;
    Ledger after = new Ledger(Line.token(run, rounds));
    try (Load.Running running = Load.SMALL.start(emanet, broker.port(), after, random.nextLong())) {
      running.stop(LOAD_MILLIS / 2);
    }
    books.add(after);
    Verdict verdict = books.settle(emanet, broker.port(), true);
    Verdict brokers = Bookkeeping.compare(during, emanet.api().events(during.token()), false);
    out.accept(
        new Report()
            .put("mode", "broker-kill")
            .put("round", rounds)
            .put("lost_by_the_broker", brokers.lost())
            .put("acked_by_the_broker_that_died", brokers.acknowledged())
            .put("repeated_by_the_broker", brokers.duplicates())
            .put(verdict));
    return verdict;
  }

  private boolean subscribed() throws IOException, InterruptedException {
    Ledger probe = new Ledger(Line.token(run, rounds) + "probe");
    MqttLoad.publishOne(broker.port(), probe, "m8", 1);
    return probe.acknowledged() == 1;
  }

  Bookkeeping books() {
    return books;
  }

  /** Stops the service in order; returns its exit code. */
  int stop() throws IOException, InterruptedException {
    return emanet.terminate();
  }

  @Override
  public void close() {
    emanet.close();
    broker.close();
  }
}
