package tr.emanet.torture;

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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What a client with the local token can ask. Thread-safe. */
final class Api {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final int PAGE = 1_000;

  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final String base;
  private final String token;
  private final String window;

  /**
   * Reads the token.
   *
   * @param base URL without path
   * @param tokenFile {@code run/local.token} of the state directory
   * @param around the middle of the time that every question is about: the same for all starts, so
   *     that buckets can be compared
   */
  Api(String base, Path tokenFile, Instant around) throws IOException {
    this.base = base;
    this.token = Files.readString(tokenFile).strip();
    this.window =
        "&from="
            + encode(around.minus(Duration.ofDays(2)).toString())
            + "&to="
            + encode(around.plus(Duration.ofDays(2)).toString());
  }

  /** URL without path. */
  String base() {
    return base;
  }

  /** What opens everything that the local command line may do. */
  String token() {
    return token;
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    return JSON.readTree(bytes(path));
  }

  private byte[] bytes(String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(ANSWER)
            .header("Authorization", "Bearer " + token)
            .header("Accept", "application/json, application/x-ndjson, application/problem+json")
            .build();
    HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    if (response.statusCode() != 200) {
      throw new IOException(
          path
              + " answered "
              + response.statusCode()
              + ": "
              + new String(response.body(), StandardCharsets.UTF_8));
    }
    return response.body();
  }

  /** Every alert, whatever its state, the last seen first. */
  List<JsonNode> alerts() throws IOException, InterruptedException {
    List<JsonNode> out = new ArrayList<>();
    get("/api/v1/alerts?state=all&limit=500").path("alerts").forEach(out::add);
    return out;
  }

  /** Whatever else the API answers. */
  JsonNode read(String path) throws IOException, InterruptedException {
    return get(path);
  }

  /** One alert with its hits. */
  JsonNode alert(String number) throws IOException, InterruptedException {
    return get("/api/v1/alerts/" + number);
  }

  /** How a feed stands; missing node for an unknown one. */
  JsonNode feed(String name) throws IOException, InterruptedException {
    for (JsonNode feed : get("/api/v1/feeds").path("feeds")) {
      if (feed.path("name").asText().equals(name)) {
        return feed;
      }
    }
    return JSON.missingNode();
  }

  /** A page of the screens in a language. */
  String page(String path, String language) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(ANSWER)
            .header("Authorization", "Bearer " + token)
            .header("Accept-Language", language)
            .build();
    HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException(path + " answered " + response.statusCode());
    }
    return response.body();
  }

  /** Posts without a body; returns the status. */
  int post(String path) throws IOException, InterruptedException {
    return post(path, "");
  }

  /** Posts JSON; returns the status. */
  int post(String path, String body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(ANSWER)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  /** How the seal stands. */
  JsonNode seal() throws IOException, InterruptedException {
    return get("/api/v1/seal");
  }

  /** The counters and states of the service. */
  JsonNode status() throws IOException, InterruptedException {
    return get("/api/v1/status");
  }

  /** Every event that a query finds, in the order of the service, newest first. */
  List<JsonNode> events(String query) throws IOException, InterruptedException {
    List<JsonNode> out = new ArrayList<>();
    String after = "";
    do {
      JsonNode page =
          get("/api/v1/events?query=" + encode(query) + window + "&limit=" + PAGE + after);
      if (!page.path("events").isArray()) {
        throw new IOException("a page without events: " + page);
      }
      page.path("events").forEach(out::add);
      JsonNode next = page.path("next");
      after = next.isTextual() ? "&after=" + encode(next.asText()) : "";
    } while (!after.isEmpty());
    return out;
  }

  /** Every event that a query finds, by the export without a cap. */
  List<JsonNode> export(String query) throws IOException, InterruptedException {
    byte[] lines = bytes("/api/v1/export?format=ndjson&query=" + encode(query) + window);
    List<JsonNode> out = new ArrayList<>();
    for (String line : new String(lines, StandardCharsets.UTF_8).split("\n", -1)) {
      if (!line.isEmpty()) {
        out.add(JSON.readTree(line));
      }
    }
    return out;
  }

  /** The histogram of a query over all time that matters here, as the service prints it. */
  JsonNode histogram(String query) throws IOException, InterruptedException {
    return get("/api/v1/histogram?query=" + encode(query) + window);
  }
}
