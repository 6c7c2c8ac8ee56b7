package tr.emanet.parse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tr.emanet.event.EventRecord;

/** Public vectors of other projects. */
class VectorsTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Lines lines = new Lines();

  @Test
  void recognisesEveryValidMessageOfRfc5424() throws IOException {
    for (String line : Files.readAllLines(SharedData.file("syslog/rfc5424.ndjson"))) {
      JsonNode vector = JSON.readTree(line);
      byte[] input = Base64.getDecoder().decode(vector.get("input_base64").asText());

      EventRecord e = lines.parse(input);

      assertThat(e.raw()).isEqualTo(input);
      if (vector.get("valid").asBoolean()) {
        assertThat(e.text(tr.emanet.event.Field.EMANET_PARSER))
            .as(vector.get("input").asText())
            .startsWith("rfc5424");
      } else {
        assertThat(e.fields()).as(line).containsKey("event.kind");
      }
    }
  }

  @Test
  void findsTheFieldsOfTheValidMessages() throws IOException {
    Map<String, EventRecord> byInput = new HashMap<>();
    for (String line : Files.readAllLines(SharedData.file("syslog/rfc5424.ndjson"))) {
      JsonNode vector = JSON.readTree(line);
      byInput.put(
          vector.get("input").asText(),
          lines.parse(Base64.getDecoder().decode(vector.get("input_base64").asText())));
    }

    assertThat(
            fieldsOf(
                byInput,
                "<187>222 - mymachine.example.com su - ID47 - 'su root' failed for"
                    + " lonvick on /dev/pts/8"))
        .containsEntry("host.name", "mymachine.example.com")
        .containsEntry("process.name", "su")
        .containsEntry("log.syslog.msgid", "ID47")
        .containsEntry("message", "'su root' failed for lonvick on /dev/pts/8")
        .containsEntry("log.level", "error");
    assertThat(
            fieldsOf(
                byInput,
                "<29>2 2016-01-15T01:00:43Z some-host-name SEKRETPROGRAM prg -"
                    + " [meta escape=\"\\]\\\"\\\\\\\\\\]\\\"\"]"))
        .containsEntry("meta.escape", "]\"\\\\]\"");
    assertThat(byInput.keySet()).anyMatch(k -> k.contains("[beta pr="));
    byInput.forEach(
        (input, e) -> {
          if (input.contains("[beta pr=")) {
            assertThat(e.fields())
                .containsEntry("meta.es", "ñ")
                .containsEntry("beta.pr", "₡")
                .containsEntry("message", "𐌼 \"GET\"");
          }
        });
    assertThat(
            fieldsOf(
                byInput,
                "<165>4 2003-10-11T22:14:15.003Z mymachine.it e - 1"
                    + " [ex@32473 iut=\"3\" eventSource=\"A\"] An application event log entry..."))
        .containsEntry("emanet.claimed_timestamp", "2003-10-11T22:14:15.003Z")
        .containsEntry("ex@32473.iut", "3");
  }

  private static Map<String, Object> fieldsOf(Map<String, EventRecord> byInput, String input) {
    return Objects.requireNonNull(byInput.get(input), input).fields();
  }

  @Test
  void makesAnEventOfEveryDeviceMessage() throws IOException {
    Set<String> unknown = new java.util.TreeSet<>();
    int count = 0;
    for (String line : Files.readAllLines(SharedData.file("devices/sc4s.ndjson"))) {
      JsonNode vector = JSON.readTree(line);
      count++;
      if (!lines.parse(vector.get("message").asText()).parsed()) {
        unknown.add(vector.get("sourcetype").asText());
      }
    }

    assertThat(count).isGreaterThan(170);
    assertThat(unknown).as("only lines without any header").hasSizeLessThan(5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sshd-logs",
        "sshd-invalid-bf",
        "bind9-logs",
        "cve_2022_37042",
        "nextcloud-whitelist",
        "apache2-malformed",
        "nginx-http-malformed"
      })
  void findsTheAddressAndUserThatOthersFind(String test) throws IOException {
    JsonNode expected =
        JSON.readTree(SharedData.file("crowdsec/" + test + "/expected.json").toFile());
    List<String> input = Files.readAllLines(SharedData.file("crowdsec/" + test + "/input.log"));
    Map<String, JsonNode> byMessage = new HashMap<>();
    for (JsonNode event : expected.get("events")) {
      byMessage.put(event.path("message").asText(), event);
    }
    int compared = 0;

    for (String line : input) {
      EventRecord e = lines.parse(line);
      JsonNode wanted = byMessage.get(String.valueOf(e.fields().get("message")));
      if (wanted == null) {
        wanted = byMessage.get(line.strip());
      }
      if (wanted == null) {
        continue;
      }
      compared++;
      same(wanted, "source_ip", e, "source.ip", line);
      same(wanted, "target_user", e, "user.name", line);
      same(wanted, "http_verb", e, "http.request.method", line);
      same(wanted, "http_path", e, "url.original", line);
      same(wanted, "http_status", e, "http.response.status_code", line);
    }

    assertThat(compared)
        .as("lines that were compared in " + test)
        .isGreaterThanOrEqualTo(byMessage.size() / 2);
  }

  private static void same(JsonNode wanted, String key, EventRecord e, String field, String line) {
    if (wanted.hasNonNull(key) && !wanted.get(key).asText().isEmpty()) {
      String address = wanted.get(key).asText().replace("::ffff:", "");
      assertThat(String.valueOf(e.fields().get(field))).as(key + " of " + line).isEqualTo(address);
    }
  }
}
