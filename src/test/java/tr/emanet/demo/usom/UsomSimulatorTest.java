package tr.emanet.demo.usom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsomSimulatorTest {

  private static final Instant NOW = Instant.parse("2026-07-29T16:13:35.809423Z");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final List<UsomSimulator> running = new ArrayList<>();

  @AfterEach
  void stop() {
    running.forEach(UsomSimulator::close);
    client.close();
  }

  private UsomSimulator start(int rows, UsomFault... faults) throws IOException {
    UsomSimulator simulator =
        UsomSimulator.start(
            new UsomSimulator.Options(rows, 0, 1, Set.of(faults), Duration.ofMillis(50)),
            () -> NOW);
    running.add(simulator);
    return simulator;
  }

  private HttpResponse<byte[]> get(UsomSimulator simulator, String path)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(simulator.url() + path)).build(),
        HttpResponse.BodyHandlers.ofByteArray());
  }

  private JsonNode json(UsomSimulator simulator, String path)
      throws IOException, InterruptedException {
    return JSON.readTree(get(simulator, path).body());
  }

  @Test
  void answersInTheShapeOfTheApi() throws Exception {
    UsomSimulator simulator = start(1000);

    JsonNode answer = json(simulator, "/api/address/index");

    List<String> names = new ArrayList<>();
    answer.fieldNames().forEachRemaining(names::add);
    assertThat(names).containsExactly("totalCount", "count", "models", "page", "pageCount");
    assertThat(answer.path("totalCount").asInt()).isEqualTo(1000);
    assertThat(answer.path("count").asInt()).isEqualTo(20);
    assertThat(answer.path("page").asInt()).isZero();
    assertThat(answer.path("pageCount").asInt()).isEqualTo(50);
    List<String> fields = new ArrayList<>();
    answer.path("models").path(0).fieldNames().forEachRemaining(fields::add);
    assertThat(fields)
        .containsExactly(
            "id", "url", "type", "desc", "source", "date", "criticality_level", "connectiontype");
  }

  @Test
  void countsPagesFromOneAndRepeatsTheLast() throws Exception {
    UsomSimulator simulator = start(1000);

    JsonNode zero = json(simulator, "/api/address/index?page=0&per-page=300");
    JsonNode one = json(simulator, "/api/address/index?page=1&per-page=300");
    JsonNode last = json(simulator, "/api/address/index?page=4&per-page=300");
    JsonNode beyond = json(simulator, "/api/address/index?page=99&per-page=300");

    assertThat(zero).isEqualTo(one);
    assertThat(last.path("models")).hasSize(100);
    assertThat(beyond).isEqualTo(last);
  }

  @Test
  void refusesTooManyRowsOnAPageAndKnowsNoOtherType() throws Exception {
    UsomSimulator simulator = start(10);

    HttpResponse<byte[]> tooMany = get(simulator, "/api/address/index?per-page=10000");
    JsonNode unknown = json(simulator, "/api/address/index?type=telefon");

    assertThat(tooMany.statusCode()).isEqualTo(429);
    assertThat(tooMany.headers().firstValue("Content-Type")).contains("text/html; charset=UTF-8");
    assertThat(unknown).hasToString("{\"models\":[],\"count\":0}");
  }

  @ParameterizedTest
  @ValueSource(ints = {1_000, 100_000})
  void listsEvenIdsNewestFirstWithEveryOddForm(int rows) throws Exception {
    UsomSimulator simulator = start(rows);
    Set<String> values = new HashSet<>();
    Set<Long> ids = new HashSet<>();
    long before = Long.MAX_VALUE;
    boolean inverted = false;
    String date = "9";

    for (int page = 1; page <= (rows + 9998) / 9999; page++) {
      for (JsonNode row :
          json(simulator, "/api/address/index?per-page=9999&page=" + page).path("models")) {
        long id = row.path("id").asLong();
        assertThat(id).isEven().isLessThan(before);
        before = id;
        ids.add(id);
        values.add(row.path("url").asText());
        inverted |= row.path("date").asText().compareTo(date) > 0;
        date = row.path("date").asText();
        assertThat(date).matches("[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:]{8}(\\.[0-9]{2,6})?");
      }
    }

    assertThat(ids).hasSize(rows);
    assertThat(inverted).isTrue();
    for (String[] quirk : SyntheticRows.QUIRKS) {
      assertThat(values).contains(quirk[1]);
    }
  }

  @Test
  void packsAnswersForWhoAsks() throws Exception {
    UsomSimulator simulator = start(500);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(simulator.url() + "/api/address/index?per-page=500"))
            .header("Accept-Encoding", "gzip")
            .build();

    HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());

    assertThat(answer.headers().firstValue("Content-Encoding")).contains("gzip");
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
      assertThat(JSON.readTree(in).path("models")).hasSize(500);
    }
  }

  @Test
  void filtersByDateTypeAndText() throws Exception {
    UsomSimulator simulator = start(1000);
    simulator.publish("Kotu.example", "domain", "BC", "SB");

    JsonNode recent = json(simulator, "/api/address/index?date_gte=2026-07-29%2016:10:00");
    JsonNode addresses = json(simulator, "/api/address/index?type=ip&per-page=1000");

    assertThat(recent.path("models").path(0).path("url").asText()).isEqualTo("Kotu.example");
    assertThat(recent.path("models").path(0).path("date").asText())
        .isEqualTo("2026-07-29 16:13:35.809423");
    assertThat(recent.path("totalCount").asInt()).isLessThan(5);
    assertThat(addresses.path("models")).isNotEmpty();
    for (JsonNode row : addresses.path("models")) {
      assertThat(row.path("type").asText()).isEqualTo("ip");
    }
  }

  @Test
  void hasTheThreeCodeTablesAndBothKindsOfNotices() throws Exception {
    UsomSimulator simulator = start(1);

    assertThat(json(simulator, "/api/address-description/index").path("models")).hasSize(7);
    assertThat(json(simulator, "/api/address-source/index").path("models")).hasSize(5);
    assertThat(json(simulator, "/api/address-connection-type/index").path("models")).hasSize(8);
    JsonNode notice =
        json(simulator, "/api/incident/index?language=tr&per-page=50").path("models").path(0);
    assertThat(notice.path("desc").asText()).contains("&uuml;", "CVE-2026-");
    assertThat(notice.path("slug").asText()).matches("tr-26-[0-9]{4}");
    assertThat(json(simulator, "/api/announcement/index").path("totalCount").asInt()).isEqualTo(20);
  }

  @Test
  void misbehavesByName() throws Exception {
    UsomSimulator simulator = start(30_000);

    simulator.misbehave(UsomFault.LAST_PAGE_REPEATS);
    assertThat(json(simulator, "/api/address/index?per-page=9999").path("pageCount").asInt())
        .isEqualTo(6);
    simulator.misbehave(UsomFault.EMPTY_PAGE);
    assertThat(json(simulator, "/api/address/index?per-page=9999&page=2"))
        .hasToString("{\"models\":[]}");
    assertThat(json(simulator, "/api/address/index?per-page=1111&page=11").path("models"))
        .hasSize(1111);
    simulator.misbehave(UsomFault.UNKNOWN_TYPE_EMPTY);
    assertThat(json(simulator, "/api/address/index?type=domain").path("models")).isEmpty();
    simulator.misbehave(UsomFault.PER_PAGE_429_HTML);
    assertThat(get(simulator, "/api/address/index?per-page=9999").statusCode()).isEqualTo(429);
    assertThat(get(simulator, "/api/address/index?per-page=1111").statusCode()).isEqualTo(200);
    simulator.misbehave(UsomFault.HTML);
    assertThat(new String(get(simulator, "/api/incident/index").body(), StandardCharsets.UTF_8))
        .startsWith("<!doctype html>");
    simulator.misbehave(UsomFault.SHIFTING_ROWS);
    json(simulator, "/api/address/index?per-page=9999&page=2");
    assertThat(simulator.size()).isEqualTo(30_003);
    simulator.misbehave(UsomFault.REMOVALS);
    json(simulator, "/api/address/index?per-page=9999&page=2");
    json(simulator, "/api/address/index?per-page=9999&page=2");
    assertThat(simulator.size()).isEqualTo(29_998);
  }

  @Test
  void throttlesAndBreaksOffByName() throws Exception {
    UsomSimulator simulator = start(100, UsomFault.THROTTLE);
    Set<String> answers = new HashSet<>();
    for (int i = 0; i < 4; i++) {
      HttpResponse<byte[]> answer = get(simulator, "/api/address/index");
      answers.add(
          answer.statusCode() + " " + answer.headers().firstValue("Retry-After").orElse(""));
    }

    assertThat(answers).containsExactlyInAnyOrder("429 ", "200 ", "429 1");

    UsomSimulator flaky = start(100, UsomFault.FLAKY);
    assertThat(get(flaky, "/api/address/index").statusCode()).isEqualTo(503);
    assertThatThrownBy(() -> get(flaky, "/api/address/index")).isInstanceOf(IOException.class);
    assertThat(get(flaky, "/api/address/index").statusCode()).isEqualTo(200);
  }
}
