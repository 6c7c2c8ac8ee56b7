package tr.emanet.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The publishers and their books against a broker and a subscriber that stands in for Emanet. */
class MqttLoadIT {

  @TempDir private Path directory;

  @BeforeEach
  void needsABroker() {
    Optional<String> reason = Broker.unavailable();
    assumeTrue(reason.isEmpty(), reason.orElse(""));
  }

  @Test
  void acknowledgedLinesReachASubscriberThatIsAwayForAWhile() throws Exception {
    Ledger ledger = new Ledger("rxx1");
    List<Line> stored = new CopyOnWriteArrayList<>();
    try (Broker broker = Broker.start(directory);
        Subscriber subscriber = new Subscriber(broker.port(), stored, Integer.MAX_VALUE)) {
      subscriber.connect();
      subscriber.client.disconnectForcibly(0, 100, false);
      try (MqttLoad load = MqttLoad.start(broker.port(), 2, 500, ledger)) {
        await().until(() -> ledger.acknowledged() > 200);
        load.stop();
      }

      subscriber.connect();

      await().atMost(Duration.ofSeconds(10)).until(() -> stored.size() >= ledger.sentBy("m"));
      Verdict verdict = ledger.compare(stored, 0, true);
      assertThat(verdict.examples()).isEmpty();
      assertThat(verdict.acknowledged()).isEqualTo(ledger.sentBy("m"));
    }
  }

  @Test
  void noticesASubscriberThatForgets() throws Exception {
    Ledger ledger = new Ledger("rxx1");
    List<Line> stored = new CopyOnWriteArrayList<>();
    try (Broker broker = Broker.start(directory);
        Subscriber subscriber = new Subscriber(broker.port(), stored, 50)) {
      subscriber.connect();
      try (MqttLoad load = MqttLoad.start(broker.port(), 1, 500, ledger)) {
        await().until(() -> ledger.acknowledged() > 200);
        load.stop();
      }

      await().until(() -> subscriber.seen.get() >= ledger.sentBy("m"));
      assertThat(ledger.compare(stored, 0, false).lost()).isGreaterThanOrEqualTo(4);
    }
  }

  @Test
  void noticesThatNobodySubscribed() throws Exception {
    Ledger ledger = new Ledger("rxx1");
    try (Broker broker = Broker.start(directory)) {

      MqttLoad.publishOne(broker.port(), ledger, "m0", 1);

      assertThat(ledger.compare(List.of(), 0, false).unheard()).isEqualTo(1);
    }
  }

  @Test
  void goesOnWithNewNumbersWhenTheBrokerRestarts() throws Exception {
    Ledger ledger = new Ledger("rxx1");
    List<Line> stored = new CopyOnWriteArrayList<>();
    try (Broker broker = Broker.start(directory);
        Subscriber subscriber = new Subscriber(broker.port(), stored, Integer.MAX_VALUE)) {
      subscriber.connect();
      subscriber.client.disconnectForcibly(0, 100, false);
      try (MqttLoad load = MqttLoad.start(broker.port(), 2, 500, ledger)) {
        await().until(() -> ledger.acknowledged() > 100);
        broker.terminate();
        broker.start();
        int before = ledger.acknowledged();
        await().until(() -> ledger.acknowledged() > before + 100);
        load.stop();
      }

      subscriber.connect();

      await().atMost(Duration.ofSeconds(10)).until(() -> stored.size() >= ledger.acknowledged());
      assertThat(ledger.compare(stored, 0, false).examples()).isEmpty();
    }
  }

  /** Keeps a session and what arrives, except every n-th line. */
  private static final class Subscriber implements AutoCloseable {

    private final MqttClient client;
    private final List<Line> stored;
    private final int forgetEvery;
    private final AtomicInteger seen = new AtomicInteger();

    private Subscriber(int port, List<Line> stored, int forgetEvery) throws Exception {
      this.client = new MqttClient("tcp://127.0.0.1:" + port, "stand-in", new MemoryPersistence());
      this.stored = stored;
      this.forgetEvery = forgetEvery;
    }

    private void connect() throws Exception {
      MqttConnectOptions options = new MqttConnectOptions();
      options.setCleanSession(false);
      client.setCallback(null);
      client.connect(options);
      client.subscribe(
          "torture/#",
          1,
          (topic, message) -> {
            String text = new String(message.getPayload(), StandardCharsets.UTF_8);
            if (seen.incrementAndGet() % forgetEvery != 0) {
              Line.in(text).ifPresent(stored::add);
            }
          });
    }

    @Override
    public void close() throws MqttException {
      client.disconnectForcibly(0, 100, false);
      client.close(true);
    }
  }
}
