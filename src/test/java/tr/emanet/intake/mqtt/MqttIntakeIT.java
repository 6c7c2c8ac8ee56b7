package tr.emanet.intake.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tr.emanet.event.Attributes;
import tr.emanet.event.RecordFlags;
import tr.emanet.intake.Admission;
import tr.emanet.intake.Batches;
import tr.emanet.intake.Certificates;
import tr.emanet.intake.Counters;
import tr.emanet.intake.IntakeConfig;
import tr.emanet.intake.RecordingJournal;
import tr.emanet.intake.RefusalReason;
import tr.emanet.journal.BatchPool;
import tr.emanet.journal.JournalRecord;

@Timeout(120)
final class MqttIntakeIT {

  @TempDir Path folder;

  private final RecordingJournal journal = new RecordingJournal();
  private final BatchPool pool = new BatchPool(32);
  private final Counters counters = new Counters();

  private MqttOptions options(int port, int version, String... topics) {
    return new MqttOptions(
        "mqtt_broker",
        "127.0.0.1",
        port,
        false,
        null,
        version,
        "emanet-test",
        topics.length == 0 ? List.of("#") : List.of(topics),
        "mqtt",
        null,
        10,
        100);
  }

  private MqttIntake start(MqttOptions options) {
    MqttIntake intake = prepared(options);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> intake.status().state().equals("subscribed"));
    return intake;
  }

  private MqttIntake prepared(MqttOptions options) {
    Admission admission =
        new Admission(
            journal,
            IntakeConfig.AdmissionConfig.defaults(),
            InstantSource.system(),
            ZoneId.of("Europe/Istanbul"));
    MqttIntake intake =
        new MqttIntake(
            options,
            new MqttIntake.Services(
                journal, new Batches(pool), admission, InstantSource.system(), new Random(1)),
            batch -> {
              int records = batch.count();
              journal.append("mqtt", batch);
              counters.journaled(records);
              return true;
            },
            counters);
    admission.start();
    intake.start();
    return intake;
  }

  private List<String> visible() {
    return journal.records().stream()
        .filter(r -> (r.flags() & RecordFlags.REDELIVERED) == 0)
        .map(r -> new String(r.bytes(), StandardCharsets.UTF_8))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 3})
  void keepsMessagesWithTheirAttributes(int version) throws IOException, MqttException {
    try (Mosquitto broker = new Mosquitto(folder)) {
      MqttIntake intake = start(options(broker.port(), version, "sensor/+/temp", "alarm/#"));
      try (Publisher publisher = new Publisher(broker.port())) {
        publisher.send("sensor/1/temp", "21,5 °C");
        publisher.send("alarm/kapı", "açık");
        publisher.send("other", "not subscribed");
      }

      await().until(() -> journal.size() == 2);
      intake.stop();

      JournalRecord first = journal.records().getFirst();
      assertThat(journal.texts()).containsExactly("21,5 °C", "açık");
      assertThat(first.attributes().text(Attributes.Key.MQTT_TOPIC)).isEqualTo("sensor/1/temp");
      assertThat(first.attributes().text(Attributes.Key.MQTT_BROKER))
          .isEqualTo("127.0.0.1:" + broker.port());
      assertThat(first.attributes().get(Attributes.Key.MQTT_FLAGS)).containsExactly(1);
      assertThat(first.attributes().get(Attributes.Key.MQTT_PACKET_ID)).hasSize(2);
      assertThat(first.attributes().text(Attributes.Key.MQTT_SESSION)).startsWith("emanet-test@");
      assertThat(counters.received()).isEqualTo(2);
      assertThat(intake.status().settings()).isNotEmpty();
      assertThat(pool.free()).isEqualTo(pool.size());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 3})
  void acknowledgesOnlyWhatIsDurableAndRecognisesItsRepetition(int version)
      throws IOException, MqttException {
    try (Mosquitto broker = new Mosquitto(folder);
        Publisher publisher = new Publisher(broker.port())) {
      MqttIntake intake = start(options(broker.port(), version));
      journal.stall(true);
      for (int i = 0; i < 5; i++) {
        publisher.send("t", "message " + i);
      }
      await().until(() -> counters.received() == 5);

      // The connection breaks before the force: the broker delivers all five again.
      intake.drop();
      await().until(() -> counters.redelivered() == 5);
      journal.stall(false);
      await().until(() -> journal.size() == 10);
      publisher.send("t", "message 5");
      await().until(() -> journal.size() == 11);
      intake.stop();

      assertThat(visible()).containsExactlyElementsOf(publisher.acknowledged());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 3})
  void recognisesRepetitionsAfterARestartFromTheJournalsTail(int version)
      throws IOException, MqttException {
    try (Mosquitto broker = new Mosquitto(folder);
        Publisher publisher = new Publisher(broker.port())) {
      MqttOptions options = options(broker.port(), version);
      MqttIntake first = start(options);
      publisher.send("t", "one");
      await().until(() -> journal.size() == 1);
      journal.stall(true);
      publisher.send("t", "two");
      publisher.send("t", "two");
      await().until(() -> counters.received() == 3);
      first.drop();
      // Journaled, but the acknowledgement could not be sent: as after a kill -9.
      await().until(() -> counters.redelivered() >= 2);
      journal.stall(false);
      first.stop();

      MqttIntake second = start(options);
      publisher.send("t", "three");
      await().until(() -> visible().contains("three"));
      second.stop();

      assertThat(visible()).containsExactly("one", "two", "two", "three");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 3})
  void losesNothingWhenTheBrokerIsRestartedUnderLoad(int version)
      throws IOException, InterruptedException {
    try (Mosquitto broker = new Mosquitto(folder)) {
      MqttIntake intake = start(options(broker.port(), version));
      List<String> acknowledged = new ArrayList<>();
      for (int round = 0; round < 3; round++) {
        int of = round;
        Thread stopper =
            Thread.ofVirtual()
                .start(
                    () -> {
                      int before = journal.size();
                      await()
                          .atMost(Duration.ofSeconds(60))
                          .until(() -> journal.size() > before + 200);
                      broker.stop();
                    });
        acknowledged.addAll(publishUntilBroken(broker.port(), of));
        stopper.join();
        broker.start();
      }
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(visible()).containsAll(acknowledged));
      intake.stop();

      assertThat(visible()).doesNotHaveDuplicates();
      assertThat(acknowledged).hasSizeGreaterThan(300);
    }
  }

  private static List<String> publishUntilBroken(int port, int round) {
    @Nullable Publisher publisher = null;
    try {
      publisher = new Publisher(port);
      for (int i = 0; i < 100_000; i++) {
        publisher.send("load", "round " + round + " id " + i);
      }
      return publisher.acknowledged();
    } catch (MqttException e) {
      return publisher == null ? List.of() : publisher.acknowledged();
    }
  }

  @Test
  void comesBackAndSubscribesAgainAfterTheBrokerWasKilledAndForgotItsSessions()
      throws IOException, MqttException {
    try (Mosquitto broker = new Mosquitto(folder)) {
      MqttIntake intake = start(options(broker.port(), 5));
      broker.kill();
      await().until(() -> !intake.status().state().equals("subscribed"));
      broker.start();
      await().until(() -> intake.status().state().equals("subscribed"));

      try (Publisher publisher = new Publisher(broker.port())) {
        publisher.send("t", "after");
      }

      await().until(() -> visible().contains("after"));
      intake.stop();
      assertThat(counters.refused()).containsKey(RefusalReason.CONNECTION_BROKEN);
    }
  }

  @Test
  void givesUpTheConnectionWhenThePoolStaysEmptyAndComesBackWhenItDrains()
      throws IOException, MqttException {
    try (Mosquitto broker = new Mosquitto(folder);
        Publisher publisher = new Publisher(broker.port())) {
      MqttOptions slow = options(broker.port(), 5);
      MqttOptions options =
          new MqttOptions(
              slow.name(),
              slow.host(),
              slow.port(),
              false,
              null,
              5,
              slow.clientId(),
              slow.topics(),
              slow.stream(),
              null,
              2,
              100);
      MqttIntake intake = start(options);
      journal.stall(true);
      List<String> sent = new ArrayList<>();
      for (int i = 0; !intake.status().state().equals("paused") && i < 2_000; i++) {
        sent.add("id " + i);
        publisher.send("t", sent.getLast());
      }
      // All that was sent may lie in the two batches: it takes one more to find no room.
      await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () -> {
                if (intake.status().state().equals("paused")) {
                  return true;
                }
                sent.add("id " + sent.size());
                publisher.send("t", sent.getLast());
                return false;
              });
      assertThat(counters.refused()).containsKey(RefusalReason.BROKER_BACK_PRESSURE);

      journal.stall(false);
      await().atMost(Duration.ofSeconds(30)).until(() -> visible().size() == sent.size());
      intake.stop();

      assertThat(visible()).containsExactlyInAnyOrderElementsOf(sent);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 3})
  void checksTheCertificateAndTheNameOfTheBroker(int version)
      throws IOException, InterruptedException {
    Path pki = Files.createDirectory(folder.resolve("pki"));
    Certificates made =
        new Certificates(pki).issue("right", "IP:127.0.0.1").issue("wrong", "DNS:other.example");
    for (String name : new String[] {"right", "wrong"}) {
      try (Mosquitto broker =
          new Mosquitto(
              folder,
              "certfile " + made.file(name + ".pem"),
              "keyfile " + made.file(name + ".key"))) {
        MqttOptions plain = options(broker.port(), version);
        MqttIntake trusting = prepared(secured(plain, made.file("ca.pem")));
        MqttIntake distrusting = prepared(secured(plain, null));

        if (name.equals("right")) {
          await().until(() -> trusting.status().state().equals("subscribed"));
        }
        await().until(() -> counters.refused().getOrDefault(RefusalReason.BROKER_TLS, 0L) >= 3);

        assertThat(distrusting.status().state()).isNotEqualTo("subscribed");
        if (name.equals("wrong")) {
          await().until(() -> trusting.status().note().contains("127.0.0.1"));
          assertThat(trusting.status().state()).isNotEqualTo("subscribed");
        }
        trusting.stop();
        distrusting.stop();
      }
    }
  }

  private static MqttOptions secured(MqttOptions o, @Nullable Path caFile) {
    return new MqttOptions(
        o.name(),
        o.host(),
        o.port(),
        true,
        caFile,
        o.version(),
        o.clientId(),
        o.topics(),
        o.stream(),
        null,
        o.keepAliveSeconds(),
        o.receiveMaximum());
  }

  @Test
  void cutsLongPayloadsAndCountsEmptyOnes() throws IOException, MqttException {
    try (Mosquitto broker = new Mosquitto(folder);
        Publisher publisher = new Publisher(broker.port())) {
      MqttIntake intake = start(options(broker.port(), 5));
      publisher.send("t", new byte[0]);
      publisher.send("t", "x".repeat(100_000));
      publisher.send("t", "end");

      await().until(() -> journal.size() == 2);
      intake.stop();

      JournalRecord cut = journal.records().getFirst();
      assertThat(cut.bytes()).hasSize(MqttOptions.MAX_KEPT);
      assertThat(cut.flags()).isEqualTo(RecordFlags.TRUNCATED);
      assertThat(counters.refused()).containsEntry(RefusalReason.EMPTY_FRAME, 1L);
    }
  }
}
