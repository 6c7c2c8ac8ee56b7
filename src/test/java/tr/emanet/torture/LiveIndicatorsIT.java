package tr.emanet.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An indicator is imported, a line names it, and an alert stands; a kill neither loses nor adds.
 */
class LiveIndicatorsIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path directory;

  @Test
  void alertsOnALineThatNamesAnIndicatorExactlyOnceAcrossAKill() throws Exception {
    Path state = directory.resolve("state");
    try (HttpClient client = HttpClient.newHttpClient();
        Emanet service = new Emanet(state, directory.resolve("log"), List.of(), List.of())) {
      service.start();
      Path list = Files.writeString(directory.resolve("list.txt"), "kotu.example\n198.51.100.7\n");
      importList(state, list);

      send(service, "<30>Nov 22 17:27:17 ns1 app: www.KOTU.example istendi");
      await().atMost(PATIENCE).until(() -> alerts(client, state).size() == 1);
      service.kill();
      service.start();
      send(service, "<30>Nov 22 17:27:18 fw1 fw: srcip=10.20.1.9 dstip=198.51.100.7 action=accept");
      await().atMost(PATIENCE).until(() -> alerts(client, state).size() == 2);

      JsonNode alerts = alerts(client, state);
      assertThat(alerts.findValuesAsText("hits")).containsExactly("1", "1");
      assertThat(alerts.findValuesAsText("key"))
          .containsExactlyInAnyOrder("deneme:domain:kotu.example", "deneme:address:198.51.100.7");
      assertThat(alerts.get(0).path("asset").asText()).isEqualTo("10.20.1.9");
      assertThat(alerts.get(0).path("facts").path("outcome").asText()).isEqualTo("allowed");
      assertThat(alerts.get(1).path("facts").path("type").asText()).isEqualTo("domain");
    }
  }

  private static void send(Emanet service, String line) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(service.address("syslog_tcp"));
      socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }
  }

  private static JsonNode alerts(HttpClient client, Path state)
      throws IOException, InterruptedException {
    JsonNode endpoints = JSON.readTree(Files.readAllBytes(state.resolve("run/endpoints.json")));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(endpoints.path("http").asText() + "/api/v1/alerts"))
            .header(
                "Authorization",
                "Bearer " + Files.readString(state.resolve("run/local.token")).strip())
            .build();
    HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    assertThat(response.statusCode()).isEqualTo(200);
    return JSON.readTree(response.body()).path("alerts");
  }

  private void importList(Path state, Path list) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(Java.command());
    command.add("-XX:TieredStopAtLevel=1");
    command.addAll(
        List.of(
            "tr.emanet.cli.Main",
            "indicators",
            "import",
            list.toString(),
            "--feed",
            "deneme",
            "--format",
            "plain",
            "--state",
            state.toString()));
    Path said = directory.resolve("import.log");
    Process process =
        new ProcessBuilder(command)
            .directory(Java.root().toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(said)).isZero();
  }
}
