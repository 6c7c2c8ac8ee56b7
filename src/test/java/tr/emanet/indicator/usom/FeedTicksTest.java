package tr.emanet.indicator.usom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.demo.usom.UsomSimulator;
import tr.emanet.indicator.feed.FeedSchedule;

/** Feeds are fetched when somebody ticks, and it is said when nobody does. */
class FeedTicksTest {

  @TempDir Path state = Path.of("");

  private static FeedSchedule schedule(FeedBench bench, String url) {
    return new FeedSchedule(
        bench.sync(url),
        List.of(),
        () -> {
          throw new IllegalStateException("no other feed");
        },
        bench.revisions,
        bench::now);
  }

  @Test
  void fetchesOnATickAndSaysSinceWhenNobodyTicked() throws Exception {
    try (FeedBench bench = new FeedBench(state);
        UsomSimulator simulator = bench.simulator(20);
        FeedSchedule schedule = schedule(bench, simulator.url())) {
      Instant opened = bench.now();
      schedule.start();
      assertThat(schedule.notTickedSince()).isEmpty();
      bench.pass(Duration.ofMinutes(7));
      assertThat(schedule.notTickedSince()).contains(opened);

      schedule.tick();

      await().until(() -> bench.listed() == 20);
      assertThat(schedule.notTickedSince()).isEmpty();
    }
  }

  @Test
  void nobodyMissesTicksWhileNoFeedIsConfigured() throws Exception {
    try (FeedBench bench = new FeedBench(state);
        FeedSchedule schedule = schedule(bench, "")) {
      bench.pass(Duration.ofDays(2));

      assertThat(schedule.notTickedSince()).isEmpty();
    }
  }
}
