package tr.emanet;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tr.emanet.alert.Alert;
import tr.emanet.alert.Facts;
import tr.emanet.alert.Policies;
import tr.emanet.alert.Policy;
import tr.emanet.indicator.IndicatorStore;
import tr.emanet.indicator.NeverBlock;
import tr.emanet.indicator.RevisionRules;
import tr.emanet.indicator.feed.Bounds;
import tr.emanet.indicator.feed.Download;
import tr.emanet.indicator.usom.UsomConfig;
import tr.emanet.indicator.usom.UsomStore;
import tr.emanet.indicator.usom.UsomSync;

/** What no server should do: the good list stays in force, and one alert names the reason. */
class FeedFaultsIT {

  private static final String ADDRESSES = "/api/address/index";
  private static final WireMockServer SERVER =
      new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));

  @TempDir Path state;
  private LiveBench given;
  private FeedAlarms alarms;
  private Duration patience = Duration.ofSeconds(30);

  @BeforeAll
  static void start() {
    SERVER.start();
  }

  @AfterAll
  static void stop() {
    SERVER.stop();
  }

  @BeforeEach
  void open() throws Exception {
    given = new LiveBench(state, Policies.fixed(Policy.SHIPPED));
    alarms = given.alarms(Map.of(UsomSync.FEED, Duration.ofHours(1)));
    SERVER.resetAll();
    SERVER.stubFor(any(anyUrl()).willReturn(json(page())));
    sync();
    assertThat(inForce()).containsExactly("a.example", "b.example", "c.example");
    assertThat(feedAlerts()).isEmpty();
  }

  @AfterEach
  void close() {
    alarms.close();
    given.close();
  }

  private static String row(int id, String value) {
    return "{\"id\":"
        + id
        + ",\"url\":\""
        + value
        + "\",\"type\":\"domain\",\"desc\":\"PH\",\"source\":\"SB\",\"date\":\"2026-07-29"
        + " 16:13:35\",\"criticality_level\":4,\"connectiontype\":\"PH\"}";
  }

  private static String page(String... rows) {
    List<String> all =
        rows.length > 0
            ? List.of(rows)
            : List.of(row(6, "a.example"), row(4, "b.example"), row(2, "c.example"));
    return "{\"totalCount\":"
        + all.size()
        + ",\"count\":"
        + all.size()
        + ",\"models\":["
        + String.join(",", all)
        + "],\"page\":0,\"pageCount\":1}";
  }

  private static ResponseDefinitionBuilder json(String body) {
    return aResponse().withHeader("Content-Type", "application/json").withBody(body);
  }

  private void sync() throws InterruptedException {
    Bounds bounds = new Bounds(1 << 20, patience, 8 << 20, Duration.ofMinutes(30));
    UsomSync sync =
        new UsomSync(
            new UsomConfig("http://127.0.0.1:" + SERVER.port(), "/api", "", "", 0),
            () ->
                new Download(
                    new Download.Access(null, null, Duration.ZERO, bounds, Map.of()),
                    time -> {},
                    new Random(1)),
            given.revisions,
            RevisionRules.DEFAULT,
            new UsomStore(given.database),
            given::now);
    UsomSync.Outcome ignored = sync.run(true);
  }

  private Set<String> inForce() {
    Set<String> out = new TreeSet<>();
    new IndicatorStore(given.database)
        .inForce(
            new NeverBlock(List.of()),
            given.now(),
            indicator -> out.add(indicator.value().orElseThrow().text()));
    return out;
  }

  private List<Alert> feedAlerts() throws Exception {
    return given.commit().stream().filter(a -> a.asset().equals(UsomSync.FEED)).toList();
  }

  private static ResponseDefinitionBuilder answer(String fault) throws IOException {
    return switch (fault) {
      case "reset" -> aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER);
      case "reset-in-body" -> aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK);
      case "random-bytes" -> aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE);
      case "no-answer" -> aResponse().withFault(Fault.EMPTY_RESPONSE);
      case "dribble" -> json(page()).withChunkedDribbleDelay(20, 4_000);
      case "slow" -> json(page()).withFixedDelay(2_000);
      case "gzip-bomb" ->
          aResponse()
              .withHeader("Content-Type", "application/json")
              .withHeader("Content-Encoding", "gzip")
              .withBody(bomb());
      case "not-gzip" -> json(page()).withHeader("Content-Encoding", "gzip");
      case "huge" -> json("{\"padding\":\"" + "x".repeat(2 << 20) + "\"}");
      case "to-loopback" ->
          aResponse()
              .withStatus(302)
              .withHeader("Location", "http://127.0.0.1:" + SERVER.port() + "/secret");
      case "to-elsewhere" ->
          aResponse().withStatus(301).withHeader("Location", "http://169.254.169.254/latest");
      case "web-page" ->
          aResponse().withHeader("Content-Type", "text/html").withBody("<html></html>");
      case "web-page-as-json" -> json("<!doctype html>");
      case "pdf" -> aResponse().withHeader("Content-Type", "application/pdf").withBody("%PDF-1.7");
      case "truncated" -> json(page().substring(0, 150));
      case "claims-10-million" -> json(page().replace("Count\":3", "Count\":10000000"));
      case "duplicate-ids" -> json(page(row(2, "a.example"), row(2, "z.example")));
      case "wrong-types" -> json(page().replace("\"domain\"", "17"));
      case "id-is-a-list" -> json(page().replace("\"id\":6", "\"id\":[6]"));
      case "empty" ->
          json("{\"totalCount\":0,\"count\":0,\"models\":[],\"page\":0,\"pageCount\":0}");
      case "forbidden" -> aResponse().withStatus(403);
      case "throttled" -> aResponse().withStatus(429).withHeader("Retry-After", "1");
      case "broken-server" -> aResponse().withStatus(503);
      default -> throw new IllegalArgumentException(fault);
    };
  }

  private static byte[] bomb() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(packed)) {
      byte[] blanks = " ".repeat(1 << 20).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
      for (int i = 0; i < 16; i++) {
        gzip.write(blanks);
      }
    }
    return packed.toByteArray();
  }

  @ParameterizedTest
  @CsvSource({
    "reset, unreachable, failed",
    "reset-in-body, unreachable, failed",
    "random-bytes, unreachable, failed",
    "no-answer, unreachable, failed",
    "dribble, timeout, failed",
    "slow, timeout, failed",
    "gzip-bomb, answer-too-large, broken",
    "not-gzip, shape, broken",
    "huge, answer-too-large, broken",
    "to-loopback, redirect, broken",
    "to-elsewhere, redirect, broken",
    "web-page, html, broken",
    "web-page-as-json, html, broken",
    "pdf, shape, broken",
    "truncated, shape, broken",
    "claims-10-million, too-many-rows, broken",
    "duplicate-ids, duplicate-ids, broken",
    "wrong-types, shape, broken",
    "id-is-a-list, shape, broken",
    "empty, empty, broken",
    "forbidden, refused-by-server, broken",
    "throttled, throttled, failed",
    "broken-server, server-error, failed"
  })
  void keepsTheGoodListAndRaisesOneAlertThatNamesTheReason(
      String fault, String reason, String condition) throws Exception {
    SERVER.stubFor(get(urlPathEqualTo(ADDRESSES)).willReturn(answer(fault)));

    given.pass(Duration.ofHours(2));
    patience = reason.equals("timeout") ? Duration.ofMillis(150) : patience;
    sync();
    sync();

    assertThat(inForce()).containsExactly("a.example", "b.example", "c.example");
    assertThat(feedAlerts()).hasSize(1);
    Alert alert = feedAlerts().getFirst();
    assertThat(alert.key()).isEqualTo("usom:" + reason);
    assertThat(alert.fact(Facts.CONDITION)).isEqualTo(condition);
    assertThat(alert.fact(Facts.LAST_GOOD)).isEqualTo(LiveBench.START.toString());
    assertThat(alert.hits()).isEqualTo(2);
    SERVER.verify(0, getRequestedFor(urlEqualTo("/secret")));

    patience = Duration.ofSeconds(30);
    SERVER.stubFor(get(urlPathEqualTo(ADDRESSES)).willReturn(json(page())));
    sync();
    assertThat(feedAlerts()).isEmpty();
  }

  @Test
  void changesTheAlertWhenTheReasonChanges() throws Exception {
    SERVER.stubFor(get(urlPathEqualTo(ADDRESSES)).willReturn(answer("web-page")));
    sync();
    SERVER.stubFor(get(urlPathEqualTo(ADDRESSES)).willReturn(answer("forbidden")));
    sync();

    assertThat(feedAlerts()).extracting(Alert::key).containsExactly("usom:refused-by-server");
  }
}
