package tr.emanet.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Latency over up to five million events: through the API, then in process on the same index. */
final class QueryFigures {

  private static final long EVENTS = 5_000_000;
  private static final int ASKED = 60;
  private static final int WARM = 15;
  static final List<String> NEWEST =
      List.of(
          "",
          "failed",
          "accept",
          "named",
          "event.outcome:failure",
          "host.name:dc04",
          "user.name:emine.ozturk",
          "destination.port:443",
          "\"Failed password\"");

  private final Path work;
  private final LineStream lines;
  private final Figures figures;

  QueryFigures(Path work, LineStream lines, Figures figures) {
    this.work = work;
    this.lines = lines;
    this.figures = figures;
  }

  /** One question. */
  interface Ask {
    Object ask() throws Exception;
  }

  /** p95 in milliseconds of a question asked again and again. */
  static double p95(Ask ask) throws IOException {
    double[] millis = new double[ASKED];
    try {
      for (int i = -WARM; i < ASKED; i++) {
        long begun = System.nanoTime();
        Object ignored = ask.ask();
        if (i >= 0) {
          millis[i] = (System.nanoTime() - begun) / 1e6;
        }
      }
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    }
    return Figures.quantile(0.95, millis);
  }

  void measure() throws IOException, InterruptedException {
    Path state = work.resolve("query");
    long events = Math.min(EVENTS, lines.events());
    long end = lines.offset(events);
    try (RunningService service = RunningService.start(state, "", List.of())) {
      service.ask(lines);
      try (LineStream.Sender sender =
          lines.sender("tcp", service.port("syslog_tcp"), lines.warmBytes(), end, 0)) {
        sender.go();
        LineStream.Sent ignored = sender.await(Duration.ofMinutes(20));
      }
      TcpFigures.awaitIndexed(service, events);
      long counted = service.count("");
      if (counted != events) {
        throw new IOException("counted " + counted + " of " + events);
      }
      List<Object> each = new ArrayList<>();
      double worst = 0;
      for (String query : NEWEST) {
        double p95 = p95(() -> full(service.newest(query, 50), query));
        worst = Math.max(worst, p95);
        each.add(query.isEmpty() ? "(all)" : query);
        each.add(p95);
      }
      figures.goal("api_newest_50_p95", worst, "ms", 40, false, each.toArray());
      figures.goal(
          "api_histogram_p95",
          p95(() -> service.histogram("")),
          "ms",
          50,
          false,
          "failed",
          p95(() -> service.histogram("failed")));
      figures.goal(
          "api_top_10_p95",
          p95(() -> service.top("host.name", "")),
          "ms",
          20,
          false,
          "user.name",
          p95(() -> service.top("user.name", "")),
          "source.ip",
          p95(() -> service.top("source.ip", "")));
      figures.print("api_cidr_p95", p95(() -> service.histogram("source.ip:10.20.0.0/22")), "ms");
      figures.print("api_leading_wildcard_p95", p95(() -> service.newest("*tfaiy*", 50)), "ms");
    }
    inProcess(state);
    Children.delete(state);
  }

  private static JsonNode full(JsonNode page, String query) throws IOException {
    if (page.path("events").size() != 50) {
      throw new IOException(page.path("events").size() + " events for " + query);
    }
    return page;
  }

  private void inProcess(Path state) throws IOException, InterruptedException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx1g",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "--add-modules",
            "jdk.incubator.vector",
            "-cp",
            System.getProperty("java.class.path"),
            SearchLatency.class.getName(),
            state.toString());
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (java.io.BufferedReader out =
        new java.io.BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        String[] parts = line.split("\t", -1);
        if (parts.length >= 3 && parts[0].equals("figure")) {
          figures.goal(
              parts[1],
              Double.parseDouble(parts[2]),
              "ms",
              Double.parseDouble(parts[3]),
              false,
              "each",
              parts.length > 4 ? parts[4] : "");
        }
      }
      Children.await(process, Duration.ofMinutes(5), "the index was asked in process");
    } finally {
      Children.stop(process);
    }
  }
}
