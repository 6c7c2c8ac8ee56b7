package tr.emanet.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tr.emanet.demo.usom.UsomFault;
import tr.emanet.demo.usom.UsomSimulator;

/** {@code emanet usom-simulator}: the USOM/SGB API with made-up data, on loopback. */
@Command(
    name = "usom-simulator",
    description = "Answers as the USOM/SGB API does, with made-up rows, until it is stopped.")
final class UsomSimulatorCommand implements Callable<Integer> {

  private static final int MAX_ROWS = 10_000_000;

  @Option(
      names = "--rows",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Addresses to list (default: ${DEFAULT-VALUE})")
  private int rows;

  @Option(
      names = "--port",
      paramLabel = "P",
      defaultValue = "0",
      description = "Port on loopback; 0 takes any (default: ${DEFAULT-VALUE})")
  private int port;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "The same seed lists the same rows (default: ${DEFAULT-VALUE})")
  private long seed;

  @Option(
      names = "--fault",
      paramLabel = "NAME",
      split = ",",
      description =
          "last-page-repeats, per-page-429-html, unknown-type-empty, empty-page, shifting-rows,"
              + " removals, throttle, flaky, mixed-dates, html; may be repeated")
  private List<String> faults = new ArrayList<>();

  private final PrintStream out;

  UsomSimulatorCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() throws CommandFailed, IOException, InterruptedException {
    if (rows < 0 || rows > MAX_ROWS || port < 0 || port > 65_535) {
      throw new CommandFailed(
          ExitCode.USAGE, "--rows takes 0 to " + MAX_ROWS + ", --port 0 to 65535");
    }
    Set<UsomFault> wanted = EnumSet.noneOf(UsomFault.class);
    for (String name : faults) {
      wanted.add(UsomFault.of(name).orElseThrow(() -> unknown(name)));
    }
    UsomSimulator.Options options =
        new UsomSimulator.Options(rows, port, seed, wanted, Duration.ofSeconds(14));
    try (UsomSimulator simulator = UsomSimulator.start(options, InstantSource.system())) {
      out.println("READY " + simulator.url());
      out.flush();
      // The simulator lives in its own threads; a signal ends the process.
      Thread.currentThread().join();
    }
    return ExitCode.OK;
  }

  private static CommandFailed unknown(String name) {
    return new CommandFailed(
        ExitCode.USAGE,
        "no fault is called '"
            + name
            + "'; known: "
            + Stream.of(UsomFault.values()).map(UsomFault::text).collect(Collectors.joining(", ")));
  }
}
