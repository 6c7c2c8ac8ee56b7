package tr.emanet.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The shipped service as a child: {@code packaging/run --no-demo --state DIR}. */
final class RunningService implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration START = Duration.ofMinutes(2);
  private static final Duration ANSWER = Duration.ofSeconds(60);

  private final Process process;
  private final Path state;
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
  private final double startSeconds;
  private final JsonNode endpoints;
  private final String token;
  private String window = "";

  private RunningService(Process process, Path state, double startSeconds) throws IOException {
    this.process = process;
    this.state = state;
    this.startSeconds = startSeconds;
    this.endpoints = JSON.readTree(Files.readAllBytes(state.resolve("run/endpoints.json")));
    this.token = Files.readString(state.resolve("run/local.token")).strip();
    if (endpoints.path("pid").asLong() != process.pid()) {
      throw new IOException("endpoints.json names another process");
    }
  }

  /**
   * Starts it and waits until it accepts events.
   *
   * @param jvm what {@code EMANET_JVM} adds, empty for the shipped flags
   */
  static RunningService start(Path state, String jvm, List<String> settings)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("packaging/run", "--no-demo", "--state", state.toString()));
    for (String setting : settings) {
      command.add("--set");
      command.add(setting);
    }
    Path log = state.resolveSibling(state.getFileName() + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(log.toFile())
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().put("EMANET_JVM", jvm);
    long begun = System.nanoTime();
    Process process = builder.start();
    Path endpoints = state.resolve("run/endpoints.json");
    while (!Files.exists(endpoints)) {
      if (!process.isAlive() || System.nanoTime() - begun > START.toNanos()) {
        Children.stop(process);
        throw new IOException("the service did not start: " + Files.readString(log));
      }
      Thread.sleep(5);
    }
    return new RunningService(process, state, (System.nanoTime() - begun) / 1e9);
  }

  double startSeconds() {
    return startSeconds;
  }

  long pid() {
    return process.pid();
  }

  Path state() {
    return state;
  }

  int port(String endpoint) {
    String address = endpoints.path(endpoint).asText();
    return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
  }

  /** The span of time that every question is about. */
  void ask(LineStream lines) {
    window =
        "&from="
            + encode(lines.start().minusSeconds(60).toString())
            + "&to="
            + encode(java.time.Instant.now().plusSeconds(3600).toString());
  }

  /** What became of the records so far. */
  record Balance(long received, long indexed, long waiting, long dropped) {}

  Balance balance() throws IOException, InterruptedException {
    JsonNode balance = get("/api/v1/status").path("balance");
    return new Balance(
        sum(balance.path("received")),
        sum(balance.path("parsed")) + sum(balance.path("unparsed")),
        sum(balance.path("waiting")),
        sum(balance.path("dropped")));
  }

  private static long sum(JsonNode value) {
    if (value.isNumber()) {
      return value.asLong();
    }
    long sum = 0;
    for (JsonNode part : value) {
      sum += sum(part);
    }
    return sum;
  }

  /** How many events a query finds. */
  long count(String query) throws IOException, InterruptedException {
    return histogram(query).path("total").asLong();
  }

  JsonNode histogram(String query) throws IOException, InterruptedException {
    return get("/api/v1/histogram?query=" + encode(query) + window);
  }

  JsonNode newest(String query, int limit) throws IOException, InterruptedException {
    return get("/api/v1/events?query=" + encode(query) + "&limit=" + limit + window);
  }

  JsonNode top(String field, String query) throws IOException, InterruptedException {
    return get("/api/v1/top?field=" + field + "&limit=10&query=" + encode(query) + window);
  }

  JsonNode get(String path) throws IOException, InterruptedException {
    return send(path, request(path));
  }

  /** Posts JSON, or nothing. */
  JsonNode post(String path, String body) throws IOException, InterruptedException {
    return send(
        path,
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(endpoints.path("http").asText() + path))
        .timeout(ANSWER)
        .header("Authorization", "Bearer " + token);
  }

  private JsonNode send(String path, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    if (response.statusCode() / 100 != 2) {
      throw new IOException(
          path
              + " answered "
              + response.statusCode()
              + ": "
              + new String(response.body(), StandardCharsets.UTF_8));
    }
    return JSON.readTree(response.body());
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    Children.stop(process);
    client.close();
  }
}
