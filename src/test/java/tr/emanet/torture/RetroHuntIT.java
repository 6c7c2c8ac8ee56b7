package tr.emanet.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A line comes first, its indicator later: the alert cites the old line, exactly once, wherever the
 * process was killed in between.
 */
class RetroHuntIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final List<String> QUICK =
      List.of("-XX:TieredStopAtLevel=1", "-Demanet.pipeline.commit-millis=250");

  @TempDir Path directory;

  private static void expectCrash(Emanet service) throws IOException, InterruptedException {
    service.awaitEnd(PATIENCE);
    assertThat(service.exitCode()).as(service.tail()).isEqualTo(137);
  }

  @Test
  void findsTheLineThatCameBeforeItsIndicatorExactlyOnceAcrossKills() throws Exception {
    Path state = directory.resolve("state");
    try (Emanet service = new Emanet(state, directory.resolve("log"), List.of(), QUICK)) {
      service.start("-Demanet.crash.point=hunt.found");
      IndicatorSteps steps = new IndicatorSteps(state, directory);
      steps.send(service, "<30>1 - ns1 app - - - www.KOTU.example istendi");
      steps.send(service, "<30>1 - ns1 app - - - zararsiz.example istendi");
      await().atMost(PATIENCE).until(() -> steps.received() == 2);
      // The answer to the import may go under with the service; the list is in force either way.
      int ignored = steps.importList("kotu.example\n198.51.100.7\n");
      expectCrash(service);
      for (String point : List.of("hunt.stored", "hunt.kept")) {
        service.launch("-Demanet.crash.point=" + point);
        expectCrash(service);
      }
      service.start();
      await().atMost(PATIENCE).until(() -> steps.huntsDone() > 0);
      await().atMost(PATIENCE).until(() -> steps.alerts().size() == 1);

      JsonNode alert = steps.get("/api/v1/alerts/" + steps.alerts().get(0).path("number").asText());
      assertThat(alert.path("hits").asInt()).isEqualTo(1);
      assertThat(alert.path("live_hits").asInt()).isZero();
      JsonNode hit = alert.path("hits_latest").get(0);
      assertThat(hit.path("retro").asBoolean()).isTrue();
      assertThat(hit.path("value").asText()).isEqualTo("www.KOTU.example");
      assertThat(alert.path("facts").path("listed").asText())
          .as("when it was listed")
          .isGreaterThan(alert.path("last_at").asText().substring(0, 4));

      Path printed = directory.resolve("hunt.log");
      assertThat(steps.command(printed, "hunt", "hxxp://zararsiz[.]example", "zararsiz[.]example"))
          .as(Files.readString(printed))
          .isZero();
      List<String> lines = Files.readAllLines(printed);
      assertThat(lines).singleElement().asString().contains("\"value\":\"zararsiz.example\"");
      assertThat(steps.alerts()).hasSize(1);
    }
  }
}
