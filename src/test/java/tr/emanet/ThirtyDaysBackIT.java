package tr.emanet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.alert.Alert;
import tr.emanet.alert.Facts;
import tr.emanet.alert.Hit;
import tr.emanet.alert.Policies;
import tr.emanet.alert.Policy;
import tr.emanet.event.Attributes;
import tr.emanet.event.Position;
import tr.emanet.event.SourceAddress;
import tr.emanet.indicator.NeverBlock;
import tr.emanet.indicator.hunt.RetroHunt;
import tr.emanet.job.Jobs;
import tr.emanet.journal.Batch;
import tr.emanet.journal.BatchPool;
import tr.emanet.search.lucene.LuceneHunt;

/**
 * A line of thirty days ago, and the indicator that is listed today: journal, index, live path and
 * hunt as the service has them, with a clock of our own.
 */
class ThirtyDaysBackIT {

  private static final Duration BACK = Duration.ofDays(30);
  private static final Instant THEN = LiveBench.START.minus(BACK);

  @TempDir Path directory;

  @Test
  void citesTheOldLineAndTheTimeOfListing() throws Exception {
    Settings settings = ((ConfigFile.Outcome.Valid) ConfigFile.read(null, List.of())).settings();
    StateDirectory state = new StateDirectory(directory.resolve("state"));
    state.create();
    try (LiveBench given =
        new LiveBench(state.root(), Policies.fixed(Policy.SHIPPED), THEN.minusSeconds(60))) {
      try (Spine spine = Spine.open(settings, state, given.live, given::now, new SecureRandom())) {
        receive(
            spine,
            "<30>Oct 23 11:00:00 pc1 app: srcip=10.0.0.5 temiz.example",
            "<30>Oct 23 11:00:00 ns1 app: srcip=10.0.0.5 m.eski.example istendi",
            "<30>Oct 23 11:00:00 pc2 app: srcip=10.0.0.6 baska.example");
        await().until(() -> spine.pipeline().status().processed() == 3);
      }
      assertThat(given.commit()).isEmpty();
      given.pass(BACK.plusSeconds(60));

      given.list("usom", "SB", "eski.example");
      try (Spine spine = Spine.open(settings, state, given.live, given::now, new SecureRandom());
          Jobs jobs = new Jobs(given.database, given::now, 100)) {
        await().until(() -> spine.pipeline().caughtUp());
        assertThat(spine.pipeline().status().replayed()).isZero();
        RetroHunt hunt =
            new RetroHunt(
                new RetroHunt.Parts(
                    given.database,
                    jobs,
                    new NeverBlock(List.of()),
                    given.alerts,
                    given.maker,
                    given::now),
                new LuceneHunt(spine.index(), spine.journal(), spine.parsers()));
        hunt.queue();
        jobs.start();
        await().until(() -> jobs.unfinished(RetroHunt.KIND).isEmpty());

        Alert alert = given.commit().getFirst();
        Hit hit = given.hit(alert);
        assertThat(given.commit()).hasSize(1);
        assertThat(alert.hits()).isEqualTo(1);
        assertThat(alert.retroOnly()).isTrue();
        assertThat(alert.asset()).isEqualTo("10.0.0.5");
        assertThat(hit.position()).isEqualTo(new Position("syslog", 2));
        assertThat(hit.value()).isEqualTo("m.eski.example");
        assertThat(Duration.between(hit.at(), LiveBench.START)).isEqualTo(BACK);
        assertThat(alert.fact(Facts.LISTED)).isEqualTo(LiveBench.START.toString());
        assertThat(alert.fact(Facts.ACTIVE)).isEqualTo("false");
        assertThat(spine.journal().find(hit.position()).orElseThrow().bytes())
            .asString(StandardCharsets.UTF_8)
            .contains("m.eski.example");
      }
    }
  }

  private static void receive(Spine spine, String... lines) throws Exception {
    Batch batch = new BatchPool(1).take();
    InetAddress sender = InetAddress.getByName("10.0.0.254");
    for (String line : lines) {
      byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
      boolean added =
          batch.add(
              bytes,
              0,
              bytes.length,
              THEN.toEpochMilli() * 1000,
              SourceAddress.of("syslog_tcp", sender, 514),
              Attributes.NONE,
              0);
      assertThat(added).isTrue();
    }
    spine.journal().append("syslog", batch);
  }
}
