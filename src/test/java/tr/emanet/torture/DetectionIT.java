package tr.emanet.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.demo.usom.UsomFault;
import tr.emanet.demo.usom.UsomSimulator;
import tr.emanet.web.Language;
import tr.emanet.web.TextCatalog;
import tr.emanet.web.Texts;

/**
 * From the feed to the alert in the running service: the whole list and its delta, a thousand lines
 * with seven planted values, a feed that breaks, and values that are taken from the list.
 */
class DetectionIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration PROMISED = Duration.ofSeconds(5);
  private static final int ROWS = 1_000;

  /** Values to plant: class of the list, and the line in which they stand. */
  private static final Map<String, String[]> PLANTED = new LinkedHashMap<>();

  static {
    PLANTED.put(
        "apt.example", new String[] {"domain", "AC", "ns1 app - - - m.apt.example istendi"});
    PLANTED.put("bot.example", new String[] {"domain", "BC", "ns1 app - - - BOT.EXAMPLE. istendi"});
    PLANTED.put(
        "198.51.100.77", new String[] {"ip", "MC", "fw1 fw - - - dstip=198.51.100.77 action=deny"});
    PLANTED.put(
        "olta.example", new String[] {"domain", "PH", "mx1 mail - - - link http://olta.example/x"});
    PLANTED.put(
        "dosya.example/a.exe",
        new String[] {"url", "MF", "www1 web - - - http://dosya.example/a.exe?k=1"});
    PLANTED.put("kit.example", new String[] {"domain", "EK", "ns1 app - - - kit.example istendi"});
    PLANTED.put(
        "maden.example", new String[] {"domain", "MM", "ns1 app - - - maden.example istendi"});
  }

  @TempDir Path directory;

  @Test
  void findsThePlantedValuesAmongAThousandLinesAndSaysWhenTheFeedBreaks() throws Exception {
    try (UsomSimulator simulator =
            UsomSimulator.start(UsomSimulator.Options.of(ROWS, List.of()), InstantSource.system());
        Emanet service =
            new Emanet(
                directory.resolve("state"),
                directory.resolve("log"),
                List.of("usom.baseUrl=" + simulator.url(), "usom.secondsBetweenRequests=0.0"),
                List.of())) {
      service.start();
      rows(service, ROWS);

      PLANTED.forEach((value, kind) -> simulator.publish(value, kind[0], kind[1], "SB"));
      sync(service, "");
      rows(service, ROWS + PLANTED.size());
      sendAThousandLines(service);
      await().atMost(PATIENCE).until(() -> service.api().alerts().size() == PLANTED.size());
      await().atMost(PATIENCE).until(() -> !service.api().events("a-thousand-lines").isEmpty());
      everyAlertExplainsItself(service);
      saysWhatTheCodesMean(service);

      simulator.misbehave(UsomFault.HTML);
      sync(service, "?full=true");
      await().atMost(PATIENCE).until(() -> service.api().alerts().size() == PLANTED.size() + 1);
      JsonNode broken = service.api().alerts().getFirst();
      assertThat(broken.path("kind").asText()).isEqualTo("feed");
      assertThat(broken.path("key").asText()).isEqualTo("usom:html");
      assertThat(broken.path("state").asText()).isEqualTo("new");
      assertThat(service.api().page("/alerts?open=" + broken.path("number").asText(), "tr"))
          .contains("USOM/SGB beslemesi bozuk:", "liste yerine web sayfası geldi")
          .doesNotContain("/hunt?");
      rows(service, ROWS + PLANTED.size());

      simulator.misbehave();
      int removed = simulator.remove(0, 10).size();
      sync(service, "?full=true");
      rows(service, ROWS + PLANTED.size() - removed);
      sendAThousandLines(service);
      await().atMost(PATIENCE).until(() -> service.api().events("a-thousand-lines").size() >= 2);
      await().atMost(PATIENCE).until(() -> feedState(service).equals("closed"));
      assertThat(service.api().alerts()).hasSize(PLANTED.size() + 1);
      assertThat(planted(service)).allMatch(alert -> alert.path("hits").asInt() == 1);
    }
  }

  private static String feedState(Emanet service) throws IOException, InterruptedException {
    return service.api().alerts().stream()
        .filter(alert -> alert.path("kind").asText().equals("feed"))
        .findFirst()
        .orElseThrow()
        .path("state")
        .asText();
  }

  private static void rows(Emanet service, int expected) {
    await()
        .atMost(PATIENCE)
        .until(() -> service.api().feed("usom").path("rows").asInt() == expected);
  }

  private static void sync(Emanet service, String query) throws IOException, InterruptedException {
    assertThat(service.api().post("/api/v1/feeds/usom/sync" + query)).isEqualTo(202);
  }

  private static void sendAThousandLines(Emanet service) throws IOException {
    StringBuilder lines = new StringBuilder();
    List<String[]> planted = List.copyOf(PLANTED.values());
    for (int i = 0; i < 1_000 - planted.size() - 1; i++) {
      lines.append("<30>1 - pc").append(i % 50).append(" app - - - istek ").append(i);
      lines.append(" www.iyi").append(i).append(".example 192.0.2.").append(i % 250).append('\n');
      if (i % 140 == 70 && i / 140 < planted.size()) {
        lines.append("<30>1 - ").append(planted.get(i / 140)[2]).append('\n');
      }
    }
    lines.append("<30>1 - son app - - - a-thousand-lines\n");
    try (Socket socket = new Socket()) {
      socket.connect(service.address("syslog_tcp"));
      socket.getOutputStream().write(lines.toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  private static List<JsonNode> planted(Emanet service) throws IOException, InterruptedException {
    return service.api().alerts().stream()
        .filter(alert -> alert.path("kind").asText().equals("indicator"))
        .toList();
  }

  /** Line, indicator, meaning of the code in both languages, and how soon. */
  private static void everyAlertExplainsItself(Emanet service)
      throws IOException, InterruptedException {
    TextCatalog texts = new TextCatalog(List.of("web", "alert"), java.time.ZoneOffset.UTC);
    List<JsonNode> events = service.api().events("");
    for (JsonNode one : planted(service)) {
      JsonNode alert = service.api().alert(one.path("number").asText());
      String value = alert.path("facts").path("indicator").asText();
      String[] kind = PLANTED.get(value);
      assertThat(kind).as(value).isNotNull();
      assertThat(alert.path("hits").asInt()).as(value).isEqualTo(1);
      JsonNode hit = alert.path("hits_latest").get(0);
      JsonNode event =
          events.stream()
              .filter(e -> e.path("emanet.position").equals(hit.path("position")))
              .findFirst()
              .orElseThrow();
      assertThat(event.toString()).as(value).contains(hit.path("value").asText());
      assertThat(Duration.between(ingested(event), Instant.parse(one.path("seen_at").asText())))
          .isLessThan(PROMISED);
      for (Language language : Language.values()) {
        Texts words = texts.in(language);
        assertThat(words.has("alert.class." + alert.path("facts").path("class").asText())).isTrue();
      }
    }
  }

  private static void saysWhatTheCodesMean(Emanet service)
      throws IOException, InterruptedException {
    for (JsonNode one : planted(service)) {
      if (one.path("facts").path("class").asText().equals("PH")) {
        String path = "/alerts?open=" + one.path("number").asText();
        assertThat(service.api().page(path, "tr")).contains("Oltalama (PH)");
        assertThat(service.api().page(path, "en")).contains("Phishing (PH)");
      }
    }
  }

  private static Instant ingested(JsonNode event) {
    return Instant.parse(event.path("event.ingested").asText());
  }
}
