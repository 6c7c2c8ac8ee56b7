package tr.emanet.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code packaging/bench}: measures the shipped configuration and its peers, see {@link Options}.
 * One JSON line a figure on standard output, progress on standard error. Exit 0 when everything
 * asked was measured and every check held, 1 otherwise, 2 for a wrong command line.
 */
public final class Bench {

  private final Options options;
  private final Path work;
  private final Figures figures = new Figures(System.out);
  private int failures;

  private Bench(Options options, Path work) {
    this.options = options;
    this.work = work;
  }

  public static void main(String[] args) throws Exception {
    Options options = Options.of(args, Path.of(System.getProperty("java.io.tmpdir")));
    if (options == null) {
      System.err.print(Options.USAGE);
      System.exit(2);
      return;
    }
    Path work = Files.createTempDirectory(options.directory(), "emanet-bench");
    Runtime.getRuntime().addShutdownHook(new Thread(() -> clean(work), "clean"));
    Bench bench = new Bench(options, work);
    bench.run();
    System.exit(bench.failures == 0 ? 0 : 1);
  }

  private static void clean(Path work) {
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroy);
    try {
      Children.delete(work);
    } catch (IOException e) {
      System.err.println("bench: " + work + " could not be removed: " + e.getMessage());
    }
  }

  /** One group of figures. */
  private interface Group {
    void measure() throws IOException, InterruptedException;
  }

  private void group(String name, Group group) throws InterruptedException {
    if (!options.wants(name)) {
      return;
    }
    say("measuring " + name);
    try {
      group.measure();
    } catch (IOException e) {
      failures++;
      figures.skip(name, String.valueOf(e.getMessage()));
    }
  }

  static void say(String text) {
    System.err.println("bench: " + text);
  }

  private void run() throws IOException, InterruptedException {
    say("making the corpus");
    LineStream lines = LineStream.make(work, options.warm(), options.events());
    figures.print(
        "machine",
        Runtime.getRuntime().availableProcessors(),
        "cores",
        "load_before",
        Files.readString(Path.of("/proc/loadavg")).strip(),
        "events",
        lines.events(),
        "mean_bytes",
        (double) lines.rawBytes() / lines.events());
    TcpFigures tcp = new TcpFigures(work, lines, figures, options.rounds());
    PacedFigures paced = new PacedFigures(work, lines, figures, options.seconds());
    group("start", this::start);
    group("rsyslog", () -> peer("rsyslog", lines, Peer::rsyslog));
    group("syslog-ng", () -> syslogNg(lines));
    group("tcp", tcp::searchable);
    group("durable", tcp::durable);
    group("seal", () -> new SealFigures(work, lines, figures, options.rounds()).measure());
    group("udp", paced::udp);
    group("steady", paced::steady);
    group("query", () -> new QueryFigures(work, lines, figures).measure());
    group("hunt", this::hunt);
    if (options.openSearch()) {
      say("measuring OpenSearch");
      new OpenSearchPeer(work, figures).measure(lines);
    }
    ratios();
  }

  /** In a process of its own, as an index of this size has elsewhere. */
  private void hunt() throws IOException, InterruptedException {
    Path directory = work.resolve("hunt");
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx1g",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("java.class.path"),
            HuntBench.class.getName(),
            Long.toString(options.events()),
            directory.toString());
    Process child =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.INHERIT)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    if (child.waitFor() != 0) {
      throw new IOException("the hunt ended with " + child.exitValue());
    }
    Children.delete(directory);
  }

  private void start() throws IOException, InterruptedException {
    double[] plain = starts("-XX:AOTMode=off");
    figures.goal("start_to_listening", Figures.median(plain), "s", 4, false, "rounds", plain);
    double[] quick = starts("");
    figures.print("start_to_listening_quick", Figures.median(quick), "s", "rounds", quick);
  }

  private double[] starts(String jvm) throws IOException, InterruptedException {
    double[] seconds = new double[Math.max(3, options.rounds())];
    for (int i = 0; i < seconds.length; i++) {
      Path state = work.resolve("start" + i);
      try (RunningService service = RunningService.start(state, jvm, List.of())) {
        seconds[i] = service.startSeconds();
      }
      Children.delete(state);
    }
    return seconds;
  }

  /** Starts a fresh peer in a directory. */
  private interface Starter {
    Optional<Peer> start(Path directory) throws IOException, InterruptedException;
  }

  private void peer(String name, LineStream lines, Starter starter)
      throws IOException, InterruptedException {
    List<Peer.Round> rounds = new ArrayList<>();
    for (int i = 0; i < options.rounds(); i++) {
      Path directory = work.resolve(name + i);
      Optional<Peer> started = starter.start(directory);
      if (started.isEmpty()) {
        figures.skip(name + "_json", "not installed");
        return;
      }
      try (Peer peer = started.get()) {
        rounds.add(peer.measure(lines));
      }
      Children.delete(directory);
    }
    double[] rates = rounds.stream().mapToDouble(Peer.Round::perSecond).toArray();
    double[] cpu = rounds.stream().mapToDouble(Peer.Round::cpuMicros).toArray();
    double memory = rounds.stream().mapToDouble(Peer.Round::megabytes).max().orElse(0);
    figures.print(
        name + "_json", Figures.median(rates), "events/s", "rounds", rates, "peak_mb", memory);
    figures.print(name + "_json_cpu", Figures.median(cpu), "us/event");
  }

  private void syslogNg(LineStream lines) throws IOException, InterruptedException {
    Path root = work.resolve("syslog-ng-root");
    try {
      Peer.unpackSyslogNg(root);
    } catch (IOException e) {
      figures.skip("syslog_ng_json", "its packages could not be fetched: " + e.getMessage());
      return;
    }
    peer("syslog_ng", lines, d -> Peer.syslogNg(d, root));
  }

  private void ratios() {
    figures.ratio("tcp_searchable_over_rsyslog_json", "tcp_searchable", "rsyslog_json", 0.5, true);
    figures.ratio(
        "tcp_durable_parsed_over_rsyslog_json", "tcp_durable_parsed", "rsyslog_json", 2, true);
    figures.ratio(
        "tcp_searchable_over_syslog_ng_json", "tcp_searchable", "syslog_ng_json", 1, true);
    figures.ratio(
        "tcp_searchable_over_opensearch_bulk", "tcp_searchable", "opensearch_bulk", 2.5, true);
    figures.ratio(
        "cpu_over_opensearch_bulk", "tcp_searchable_cpu", "opensearch_bulk_cpu", 0.5, false);
  }
}
