package tr.emanet.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may see and do what with alerts, on the screen and in the API of the running service. */
class AlertRolesIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String OWN = "10.20.1.9";

  @TempDir Path directory;
  private final HttpClient client =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
  private String base = "";

  @Test
  void letsAnalystsActAuditorsReadMaskedAndBackupOperatorsNothing() throws Exception {
    Path state = directory.resolve("state");
    try (Emanet service = new Emanet(state, directory.resolve("log"), List.of(), List.of())) {
      service.start();
      base = "http://127.0.0.1:" + service.port("http");
      importValue(service, state);
      sendLine(service);
      await().atMost(PATIENCE).until(() -> service.api().alerts().size() == 1);
      String number = service.api().alerts().getFirst().path("number").asText();
      String local = Files.readString(state.resolve("run/local.token")).strip();
      String analyst = token(local, "analyst");
      String auditor = token(local, "auditor");
      String backup = token(local, "backup-operator");

      for (String path : List.of("/api/v1/alerts/" + number, "/alerts?open=" + number)) {
        HttpResponse<String> clear = get(analyst, path);
        HttpResponse<String> masked = get(auditor, path);
        assertThat(clear.statusCode()).as(path).isEqualTo(200);
        assertThat(clear.body()).as(path).contains(OWN);
        assertThat(masked.statusCode()).as(path).isEqualTo(200);
        assertThat(masked.body()).as(path).doesNotContain(OWN).contains("kotu.example");
        assertThat(get(backup, path).statusCode()).as(path).isEqualTo(403);
      }
      assertThat(get(auditor, "/alerts?open=" + number).body())
          .doesNotContain("/" + number + "/acknowledge");
      for (String notAllowed : List.of(auditor, backup)) {
        assertThat(act(notAllowed, number, "acknowledge")).isEqualTo(403);
        assertThat(form(notAllowed, "/alerts/" + number + "/acknowledge")).isEqualTo(403);
      }
      assertThat(get(backup, "/api/v1/notifications").statusCode()).isEqualTo(403);
      assertThat(get(auditor, "/api/v1/notifications").statusCode()).isEqualTo(200);
      assertThat(post(analyst, "/api/v1/notifications/test", "").statusCode()).isEqualTo(403);
      assertThat(service.api().alert(number).path("state").asText()).isEqualTo("new");

      assertThat(act(analyst, number, "acknowledge")).isEqualTo(200);
      assertThat(act(analyst, number, "acknowledge")).isEqualTo(409);
      assertThat(service.api().alert(number).path("state").asText()).isEqualTo("acknowledged");
    }
  }

  private HttpResponse<String> get(String token, String path) throws Exception {
    return client.send(request(token, path).GET().build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String token, String path) {
    return HttpRequest.newBuilder(URI.create(base + path))
        .timeout(PATIENCE)
        .header("Authorization", "Bearer " + token);
  }

  private HttpResponse<String> post(String token, String path, String body) throws Exception {
    return client.send(
        request(token, path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private int act(String token, String number, String act) throws Exception {
    return post(token, "/api/v1/alerts/" + number, "{\"act\":\"" + act + "\"}").statusCode();
  }

  private int form(String token, String path) throws Exception {
    HttpRequest request =
        request(token, path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Sec-Fetch-Site", "same-origin")
            .POST(HttpRequest.BodyPublishers.ofString("back=%2Falerts"))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  private String token(String local, String role) throws Exception {
    HttpResponse<String> made =
        post(
            local,
            "/api/v1/tokens",
            "{\"label\":\"deneme\",\"scopes\":[\"" + role + "\"],\"days\":1}");
    assertThat(made.statusCode()).as(made.body()).isIn(200, 201);
    return JSON.readTree(made.body()).path("token").asText();
  }

  private static void importValue(Emanet service, Path state) throws Exception {
    Path spool = Files.createDirectories(state.resolve("spool"));
    Files.writeString(spool.resolve("import-0123456789abcdef"), "kotu.example\n");
    String body = "{\"file\":\"import-0123456789abcdef\",\"format\":\"plain\"}";
    assertThat(service.api().post("/api/v1/feeds/deneme/import", body)).isEqualTo(200);
  }

  private static void sendLine(Emanet service) throws IOException {
    String line = "<30>1 - ns1 app - - - srcip=" + OWN + " sorgu=kotu.example action=deny\n";
    try (Socket socket = new Socket()) {
      socket.connect(service.address("syslog_tcp"));
      socket.getOutputStream().write(line.getBytes(StandardCharsets.UTF_8));
    }
  }
}
