package tr.emanet.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import tr.emanet.archive.Verifier;

/**
 * What sealing costs: {@link ReceivePath} at full speed, rounds without and with the seal in turn;
 * and how fast {@code Verify.java} reads what the last sealed round has left, on one core.
 */
final class SealFigures {

  private static final Duration PATIENCE = Duration.ofMinutes(30);
  private static final long ENOUGH_BYTES = 2_000_000_000;

  private final Path work;
  private final LineStream lines;
  private final Figures figures;
  private final int rounds;

  SealFigures(Path work, LineStream lines, Figures figures, int rounds) {
    this.work = work;
    this.lines = lines;
    this.figures = figures;
    this.rounds = rounds;
  }

  void measure() throws IOException, InterruptedException {
    double[] plain = new double[rounds];
    double[] sealed = new double[rounds];
    double[] ratios = new double[rounds];
    double[] work = new double[rounds];
    for (int i = 0; i < rounds; i++) {
      Path directory = this.work.resolve("seal" + i);
      // Who goes first has the colder disk and the cooler processor: they take turns.
      boolean plainFirst = i % 2 == 0;
      Pace first = pace(directory.resolve(plainFirst ? "plain" : "sealed"), !plainFirst);
      Pace second = pace(directory.resolve(plainFirst ? "sealed" : "plain"), plainFirst);
      Pace without = plainFirst ? first : second;
      Pace with = plainFirst ? second : first;
      plain[i] = without.rate();
      sealed[i] = with.rate();
      ratios[i] = with.rate() / without.rate();
      work[i] = with.cpuMicros() / without.cpuMicros();
      if (i == rounds - 1) {
        verify(directory.resolve("sealed"));
      }
      Children.delete(directory);
    }
    figures.print("durable_parsed_unsealed", Figures.median(plain), "events/s", "rounds", plain);
    figures.print("durable_parsed_sealed", Figures.median(sealed), "events/s", "rounds", sealed);
    figures.goal("sealed_over_unsealed", Figures.median(ratios), "x", 0.95, true, "rounds", ratios);
    // Less noisy than the rates, which the disk and the neighbours decide.
    figures.print("sealed_over_unsealed_cpu", Figures.median(work), "x", "rounds", work);
  }

  /** Events a second, and processor time an event. */
  private record Pace(double rate, double cpuMicros) {}

  private Pace pace(Path directory, boolean sealed) throws IOException, InterruptedException {
    try (ReceivePath.Child child =
        sealed
            ? ReceivePath.Child.start(directory, "sealed")
            : ReceivePath.Child.start(directory)) {
      lines.sendWarm("tcp", child.port());
      child.await(lines.warm(), PATIENCE);
      double rate;
      double cpu = child.cpuSeconds();
      try (LineStream.Sender sender = lines.sender("tcp", child.port(), 0)) {
        long begun = System.nanoTime();
        sender.go();
        child.await(lines.warm() + lines.events(), PATIENCE);
        rate = lines.events() * 1e9 / (System.nanoTime() - begun);
      }
      Pace pace = new Pace(rate, (child.cpuSeconds() - cpu) * 1e6 / lines.events());
      child.end();
      Bench.say(
          (sealed ? "sealed " : "unsealed ")
              + Math.round(rate)
              + "/s, "
              + Math.round(pace.cpuMicros() * 100) / 100.0
              + " us of processor time");
      return pace;
    }
  }

  /** The second pass of at least two gigabytes counts; the files are in the page cache. */
  private void verify(Path state) throws IOException {
    Verifier verifier = Verifier.compile();
    List<String> arguments = List.of(state.toString(), "--state");
    long bytes = Children.size(state.resolve("journal")) + Children.size(state.resolve("seals"));
    long passes = 1 + ENOUGH_BYTES / bytes;
    var threads = ManagementFactory.getThreadMXBean();
    long wall = 0;
    long cpu = 0;
    for (long i = 0; i <= passes; i++) {
      long begun = System.nanoTime();
      long used = threads.getCurrentThreadCpuTime();
      Verifier.Outcome outcome = verifier.run(arguments, (done, all, file) -> {});
      if (outcome.code() != 0) {
        throw new IOException("the verifier says " + outcome.wrong());
      }
      if (i > 0) {
        wall += System.nanoTime() - begun;
        cpu += threads.getCurrentThreadCpuTime() - used;
      }
    }
    figures.goal(
        "verify_per_core",
        passes * bytes / 1e6 / (cpu / 1e9),
        "MB/s",
        400,
        true,
        "wall_mb_per_s",
        passes * bytes / 1e6 / (wall / 1e9),
        "archive_bytes",
        bytes);
  }
}
