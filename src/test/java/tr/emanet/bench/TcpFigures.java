package tr.emanet.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * TCP at full speed. <i>Searchable</i> ends when the service counts every event in an answer; <i>in
 * the journal</i> when its status says that every record was forced to disk, the index working
 * beside it. <i>Durable and parsed</i> leaves the index out: {@link ReceivePath}.
 */
final class TcpFigures {

  private static final Duration PATIENCE = Duration.ofMinutes(30);
  private static final int LOOK_UPS = 1000;

  private final Path work;
  private final LineStream lines;
  private final Figures figures;
  private final int rounds;

  TcpFigures(Path work, LineStream lines, Figures figures, int rounds) {
    this.work = work;
    this.lines = lines;
    this.figures = figures;
    this.rounds = rounds;
  }

  private record Round(
      double searchable, double journaled, double cpuMicros, double megabytes, double stored) {}

  void searchable() throws IOException, InterruptedException {
    List<Round> done = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      Path state = work.resolve("tcp" + i);
      done.add(round(state, i == rounds - 1));
      Children.delete(state);
      Bench.say("round " + (i + 1) + ": " + done.get(i));
    }
    double[] rates = done.stream().mapToDouble(Round::searchable).toArray();
    figures.print("tcp_searchable", Figures.median(rates), "events/s", "rounds", rates);
    double[] cpu = done.stream().mapToDouble(Round::cpuMicros).toArray();
    figures.print("tcp_searchable_cpu", Figures.median(cpu), "us/event", "rounds", cpu);
    double[] journal = done.stream().mapToDouble(Round::journaled).toArray();
    figures.print(
        "tcp_journaled_while_indexing", Figures.median(journal), "events/s", "rounds", journal);
    figures.print(
        "tcp_peak_memory", done.stream().mapToDouble(Round::megabytes).max().orElse(0), "MB");
    figures.goal(
        "store_over_raw", done.get(rounds - 1).stored(), "x", 0.40, false, "stretch", 0.25);
  }

  private Round round(Path state, boolean last) throws IOException, InterruptedException {
    double searchable;
    double journaled;
    double cpu;
    double memory;
    try (RunningService service = RunningService.start(state, "", List.of())) {
      service.ask(lines);
      int port = service.port("syslog_tcp");
      lines.sendWarm("tcp", port);
      awaitIndexed(service, lines.warm());
      double used = Children.cpuSeconds(service.pid());
      long total = lines.warm() + lines.events();
      try (LineStream.Sender sender = lines.sender("tcp", port, 0)) {
        long begun = System.nanoTime();
        sender.go();
        journaled = (awaitReceived(service, total) - begun) / 1e9;
        awaitIndexed(service, total);
        while (service.count("") < total) {
          if (System.nanoTime() - begun > PATIENCE.toNanos()) {
            throw new IOException("only " + service.count("") + " of " + total + " are searchable");
          }
          Thread.sleep(100);
        }
        searchable = (System.nanoTime() - begun) / 1e9;
      }
      cpu = Children.cpuSeconds(service.pid()) - used;
      memory = Children.megabytes(service.pid(), "VmHWM");
      check(service, total, last);
    }
    long stored = Children.size(state.resolve("journal")) + Children.size(state.resolve("index"));
    return new Round(
        lines.events() / searchable,
        lines.events() / journaled,
        cpu * 1e6 / lines.events(),
        memory,
        (double) stored / lines.bytes());
  }

  private static long awaitReceived(RunningService service, long total)
      throws IOException, InterruptedException {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < until) {
      if (service.balance().received() >= total) {
        return System.nanoTime();
      }
      Thread.sleep(250);
    }
    throw new IOException("not everything was received: " + service.balance());
  }

  static void awaitIndexed(RunningService service, long total)
      throws IOException, InterruptedException {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < until) {
      RunningService.Balance now = service.balance();
      if (now.received() >= total && now.waiting() == 0) {
        return;
      }
      Thread.sleep(250);
    }
    throw new IOException("not everything was indexed: " + service.balance());
  }

  /** The count, and random events by a word that only they have. */
  private void check(RunningService service, long total, boolean lookUps)
      throws IOException, InterruptedException {
    long counted = service.count("");
    if (counted != total) {
      throw new IOException("counted " + counted + " events, sent " + total);
    }
    if (!lookUps) {
      return;
    }
    Random random = new Random(7);
    int found = 0;
    for (int i = 0; i < LOOK_UPS; i++) {
      String word = Corpus.uniqueWord(random.nextLong(total) / Corpus.ID_EVERY * Corpus.ID_EVERY);
      var events = service.newest(word, 3).path("events");
      if (events.size() == 1 && events.get(0).toString().contains(word)) {
        found++;
      }
    }
    figures.goal("look_ups_found", found, "of 1000", LOOK_UPS, true);
    if (found != LOOK_UPS) {
      throw new IOException("only " + found + " of " + LOOK_UPS + " look-ups found their event");
    }
  }

  void durable() throws IOException, InterruptedException {
    double[] rates = new double[rounds];
    double[] cpu = new double[rounds];
    for (int i = 0; i < rounds; i++) {
      Path directory = work.resolve("receive" + i);
      try (ReceivePath.Child child = ReceivePath.Child.start(directory)) {
        lines.sendWarm("tcp", child.port());
        child.await(lines.warm(), PATIENCE);
        double used = Children.cpuSeconds(child.pid());
        try (LineStream.Sender sender = lines.sender("tcp", child.port(), 0)) {
          long begun = System.nanoTime();
          sender.go();
          child.await(lines.warm() + lines.events(), PATIENCE);
          rates[i] = lines.events() * 1e9 / (System.nanoTime() - begun);
        }
        cpu[i] = (Children.cpuSeconds(child.pid()) - used) * 1e6 / lines.events();
      }
      Children.delete(directory);
    }
    figures.print("tcp_durable_parsed", Figures.median(rates), "events/s", "rounds", rates);
    figures.print("tcp_durable_parsed_cpu", Figures.median(cpu), "us/event", "rounds", cpu);
  }
}
