package tr.emanet.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.house.FreePort;

/** The sensors of the demo against a real mosquitto; skipped where there is none. */
class DemoMqttIT {

  private static final Path MOSQUITTO = Path.of("/usr/sbin/mosquitto");

  @TempDir private Path folder = Path.of(".");
  private final List<String> topics = new CopyOnWriteArrayList<>();
  private final List<Process> started = new CopyOnWriteArrayList<>();

  @AfterEach
  void stopTheBroker() throws InterruptedException {
    for (Process process : started) {
      process.destroy();
      process.waitFor();
    }
  }

  @Test
  void publishesReadingsAndFindsTheBrokerAgainAfterItsRestart() throws Exception {
    assumeTrue(Files.isExecutable(MOSQUITTO), "no mosquitto at " + MOSQUITTO);
    int port = FreePort.choose();
    Process broker = broker(port);
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);

    try (DemoSender sender =
        new DemoSender(new DemoEndpoints(null, null, address), InstantSource.system(), 1, 100, 0)) {
      MqttClient first = subscriber(port);
      sender.start();
      await().until(() -> topics.size() > 3);
      first.disconnectForcibly(100, 100);
      first.close(true);
      broker.destroy();
      broker.waitFor();
      topics.clear();
      broker(port);
      MqttClient second = subscriber(port);
      await().until(() -> topics.size() > 3);
      second.disconnectForcibly(100, 100);
      second.close(true);
    }

    assertThat(topics).allMatch(t -> t.matches("(bina|su)/.*/(sicaklik|kapi|debi)"));
  }

  private MqttClient subscriber(int port) throws Exception {
    MqttClient client = new MqttClient("tcp://127.0.0.1:" + port, "probe", new MemoryPersistence());
    client.connect();
    client.subscribe(
        new MqttSubscription[] {new MqttSubscription("#", 1)},
        new org.eclipse.paho.mqttv5.client.IMqttMessageListener[] {
          (String topic, MqttMessage message) -> topics.add(topic)
        });
    return client;
  }

  private Process broker(int port) throws IOException {
    Path config = folder.resolve("mosquitto.conf");
    Files.writeString(
        config, "listener " + port + " 127.0.0.1\nallow_anonymous true\n", StandardCharsets.UTF_8);
    Process process =
        new ProcessBuilder(MOSQUITTO.toString(), "-c", config.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("mosquitto.log").toFile())
            .start();
    started.add(process);
    await().until(() -> answers(port));
    return process;
  }

  private static boolean answers(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }
}
