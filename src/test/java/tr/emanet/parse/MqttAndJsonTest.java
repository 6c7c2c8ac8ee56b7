package tr.emanet.parse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import tr.emanet.event.Attributes;
import tr.emanet.event.EventRecord;
import tr.emanet.event.RecordFlags;

class MqttAndJsonTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Attributes TOPIC =
      Attributes.builder()
          .put(Attributes.Key.MQTT_BROKER, "127.0.0.1:1883")
          .put(Attributes.Key.MQTT_TOPIC, "su/depo-3/seviye")
          .build();

  private final Lines lines = new Lines();

  @Test
  void readsAPlainNumberAsASensorReading() {
    EventRecord e = lines.parse("21.5".getBytes(StandardCharsets.UTF_8), TOPIC, 0);

    assertThat(e.fields())
        .containsEntry("mqtt.topic", "su/depo-3/seviye")
        .containsEntry("sensor.name", "depo-3/seviye")
        .containsEntry("sensor.value", "21.5")
        .containsEntry("observer.type", "sensor")
        .containsEntry("emanet.parser", "mqtt");
  }

  @Test
  void readsAJsonObjectOfASensor() {
    EventRecord e =
        lines.parse(
            "{\"ts\":1791792855,\"temperature\":21.5,\"humidity\":40,\"yer\":{\"kat\":\"bodrum \\u015f\"}}"
                .getBytes(StandardCharsets.UTF_8),
            TOPIC,
            0);

    assertThat(EcsJson.iso(e.timestampMillis())).isEqualTo("2026-10-12T08:14:15.000Z");
    assertThat(e.fields())
        .containsEntry("sensor.value", "21.5")
        .containsEntry("temperature", "21.5")
        .containsEntry("humidity", "40")
        .containsEntry("yer.kat", "bodrum ş")
        .containsEntry("emanet.parser", "mqtt/json");
  }

  @Test
  void readsSyslogThatCameOverMqtt() {
    EventRecord e =
        lines.parse(
            "<13>Oct 12 11:14:15 host app: text".getBytes(StandardCharsets.UTF_8), TOPIC, 0);

    assertThat(e.fields())
        .containsEntry("host.name", "host")
        .containsEntry("mqtt.topic", "su/depo-3/seviye")
        .containsEntry("emanet.parser", "rfc3164");
  }

  @Test
  void keepsAnUnescapedMessageSearchable() {
    EventRecord e = lines.parse("<13>{\"message\":\"ba\\u015far\\u0131s\\u0131z\"}");

    assertThat(e.fields()).containsEntry("message", "başarısız");
    assertThat(lines.event().extras()).isEqualTo(1);
    assertThat(lines.event().extraValue(0)).isEqualTo("başarısız");
  }

  @Test
  void stopsAtThirtyTwoLevels() {
    EventRecord e = lines.parse("<13>" + "{\"a\":".repeat(40) + "1" + "}".repeat(40));

    assertThat(e.parsed()).isTrue();
    assertThat(lines.event().extras()).isZero();
  }

  @Test
  void writesAnEventAsFlatEcs() throws IOException {
    EventRecord e =
        lines.parse(
            "<38>Oct 12 11:14:15 h sshd[1]: Failed password for şule from 203.0.113.9 port 4 ssh2"
                .getBytes(Charset.forName("windows-1254")),
            TOPIC,
            RecordFlags.TRUNCATED);

    JsonNode json = JSON.readTree(EcsJson.line(e));

    assertThat(json.get("@timestamp").asText()).isEqualTo("2026-10-12T08:14:15.000Z");
    assertThat(json.get("event.ingested").asText()).isEqualTo("2026-10-12T09:00:00.000Z");
    assertThat(json.get("user.name").asText()).isEqualTo("şule");
    assertThat(json.get("source.port").isNumber()).isTrue();
    assertThat(json.get("event.original").asText()).contains("Failed password for şule from");
    assertThat(json.has("emanet.raw_base64")).isFalse();
    assertThat(json.get("emanet.flags").asText()).isEqualTo("windows-1254 truncated");
    assertThat(json.get("emanet.position").asText()).isEqualTo("test:1");
    assertThat(json.get("emanet.transport.mqtt_broker").asText()).isEqualTo("127.0.0.1:1883");
  }

  @Test
  void addsTheBytesWhenTheTextDoesNotGiveThemBack() throws IOException {
    byte[] raw = {'<', '1', '>', 'x', (byte) 0x81, (byte) 0xFF};

    JsonNode json = JSON.readTree(EcsJson.line(lines.parse(raw)));

    assertThat(Base64.getDecoder().decode(json.get("emanet.raw_base64").asText())).isEqualTo(raw);
  }
}
