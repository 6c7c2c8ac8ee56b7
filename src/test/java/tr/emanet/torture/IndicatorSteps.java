package tr.emanet.torture;

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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What tests of indicators do with a service on a state directory. */
final class IndicatorSteps {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PATIENCE_SECONDS = 60;

  private final Path state;
  private final Path scratch;

  IndicatorSteps(Path state, Path scratch) {
    this.state = state;
    this.scratch = scratch;
  }

  void send(Emanet service, String line) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(service.address("syslog_tcp"));
      socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }
  }

  /** The answer of the API, with the token of this machine. */
  JsonNode get(String path) throws IOException, InterruptedException {
    JsonNode endpoints = JSON.readTree(Files.readAllBytes(state.resolve("run/endpoints.json")));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(endpoints.path("http").asText() + path))
            .header(
                "Authorization",
                "Bearer " + Files.readString(state.resolve("run/local.token")).strip())
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      if (response.statusCode() != 200) {
        throw new IOException(path + " answers " + response.statusCode());
      }
      return JSON.readTree(response.body());
    }
  }

  JsonNode alerts() throws IOException, InterruptedException {
    return get("/api/v1/alerts").path("alerts");
  }

  /** How many events can be found. */
  int received() throws IOException, InterruptedException {
    return get("/api/v1/events?query=istendi&from=2020-01-01T00:00:00Z&to=2100-01-01T00:00:00Z")
        .path("events")
        .size();
  }

  /** How many hunts for what a feed listed have come to their end. */
  long huntsDone() throws IOException, InterruptedException {
    long done = 0;
    for (JsonNode job : get("/api/v1/hunts").path("retro")) {
      done += job.path("state").asText().equals("done") ? 1 : 0;
    }
    return done;
  }

  /** Imports a plain list; returns the exit code. */
  int importList(String text) throws IOException, InterruptedException {
    Path list = Files.writeString(scratch.resolve("list.txt"), text);
    return command(
        scratch.resolve("import.log"),
        "indicators",
        "import",
        list.toString(),
        "--feed",
        "deneme",
        "--format",
        "plain");
  }

  /** Runs a command on the state directory; returns its exit code. */
  int command(Path said, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(Java.command());
    command.add("-XX:TieredStopAtLevel=1");
    command.add("tr.emanet.cli.Main");
    command.addAll(List.of(arguments));
    command.addAll(List.of("--state", state.toString()));
    Process process =
        new ProcessBuilder(command)
            .directory(Java.root().toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException("the command does not end: " + String.join(" ", arguments));
    }
    return process.exitValue();
  }
}
