package tr.emanet.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An indicator is imported, a line names it, and an alert stands; a kill neither loses nor adds.
 */
class LiveIndicatorsIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path directory;

  @Test
  void alertsOnALineThatNamesAnIndicatorExactlyOnceAcrossAKill() throws Exception {
    Path state = directory.resolve("state");
    try (Emanet service = new Emanet(state, directory.resolve("log"), List.of(), List.of())) {
      service.start();
      IndicatorSteps steps = new IndicatorSteps(state, directory);
      assertThat(steps.importList("kotu.example\n198.51.100.7\n")).isZero();

      steps.send(service, "<30>1 - ns1 app - - - www.KOTU.example istendi");
      await().atMost(PATIENCE).until(() -> steps.alerts().size() == 1);
      service.kill();
      service.start();
      steps.send(service, "<30>1 - fw1 fw - - - srcip=10.20.1.9 dstip=198.51.100.7 action=accept");
      await().atMost(PATIENCE).until(() -> steps.alerts().size() == 2);

      JsonNode alerts = steps.alerts();
      assertThat(alerts.findValuesAsText("hits")).containsExactly("1", "1");
      assertThat(alerts.findValuesAsText("key"))
          .containsExactlyInAnyOrder("deneme:domain:kotu.example", "deneme:address:198.51.100.7");
      assertThat(alerts.get(0).path("asset").asText()).isEqualTo("10.20.1.9");
      assertThat(alerts.get(0).path("facts").path("outcome").asText()).isEqualTo("allowed");
      assertThat(alerts.get(1).path("facts").path("type").asText()).isEqualTo("domain");
    }
  }
}
