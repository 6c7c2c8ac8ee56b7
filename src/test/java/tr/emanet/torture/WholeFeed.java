package tr.emanet.torture;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import tr.emanet.demo.usom.UsomSimulator;

/**
 * The USOM/SGB feed at its real size: the whole list, a day's new rows, a day's removals, each
 * counted in the running service. Takes minutes; not part of the normal run.
 */
final class WholeFeed implements AutoCloseable {

  static final int ROWS = 485_000;
  private static final int NEW = 157;
  private static final int REMOVED = 100;
  private static final Duration PATIENCE = Duration.ofMinutes(30);

  private final UsomSimulator simulator;
  private final Emanet service;
  private final int rows;
  private final Consumer<String> out;
  private boolean kept = true;

  /**
   * Starts nothing but the simulator.
   *
   * @param rows of the whole list
   * @param out takes one JSON line a step
   */
  WholeFeed(Path work, int rows, Consumer<String> out) throws IOException {
    this.simulator =
        UsomSimulator.start(UsomSimulator.Options.of(rows, List.of()), InstantSource.system());
    this.service =
        new Emanet(
            work.resolve("state"),
            work.resolve("log"),
            List.of("usom.baseUrl=" + simulator.url(), "usom.secondsBetweenRequests=0.0"),
            List.of());
    this.rows = rows;
    this.out = out;
  }

  /** Runs all steps; whether every count was right. */
  boolean run() throws IOException, InterruptedException {
    long start = service.start();
    out.accept(new Report().put("mode", "feed").put("start_ms", start).toString());
    step("whole list", "", rows, true);
    for (int i = 0; i < NEW; i++) {
      long ignored = simulator.publish("yeni" + i + ".example", "domain", "PH", "SB");
    }
    step("new rows", "", rows + NEW, false);
    List<String> gone = simulator.remove(1_000, REMOVED);
    step("removals", "?full=true", rows + NEW - gone.size(), false);
    return kept;
  }

  private void step(String name, String query, int expected, boolean first)
      throws IOException, InterruptedException {
    long begun = System.nanoTime();
    long revision = service.api().feed("usom").path("revision").asLong();
    if (!first && service.api().post("/api/v1/feeds/usom/sync" + query) != 202) {
      throw new IOException("the service fetches nothing" + service.tail());
    }
    Wait.until(
        name + service.tail(),
        PATIENCE,
        () -> {
          JsonNode feed = service.api().feed("usom");
          return feed.path("revision").asLong() > revision || !feed.path("failure").isNull();
        });
    JsonNode feed = service.api().feed("usom");
    boolean right = feed.path("rows").asInt() == expected && feed.path("failure").isNull();
    kept &= right;
    out.accept(
        new Report()
            .put("step", name)
            .put("ms", (System.nanoTime() - begun) / 1_000_000)
            .put("expected", expected)
            .put("rows", feed.path("rows").asInt())
            .put("failure", feed.path("failure").asText(""))
            .put("requests", simulator.requests())
            .put("kept", right)
            .toString());
  }

  @Override
  public void close() {
    service.close();
    simulator.close();
  }
}
