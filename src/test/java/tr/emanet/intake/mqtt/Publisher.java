package tr.emanet.intake.mqtt;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** Publishes with QoS 1 and remembers what the broker acknowledged. */
final class Publisher implements AutoCloseable {

  private final MqttClient client;
  private final List<String> acknowledged = new ArrayList<>();

  Publisher(int port) throws MqttException {
    client = new MqttClient("tcp://127.0.0.1:" + port, "test-publisher", new MemoryPersistence());
    client.setTimeToWait(5_000);
    MqttConnectOptions options = new MqttConnectOptions();
    options.setMaxInflight(1000);
    client.connect(options);
  }

  void send(String topic, String payload) throws MqttException {
    client.publish(topic, payload.getBytes(StandardCharsets.UTF_8), 1, false);
    acknowledged.add(payload);
  }

  void send(String topic, byte[] payload) throws MqttException {
    client.publish(topic, payload, 1, false);
  }

  List<String> acknowledged() {
    return List.copyOf(acknowledged);
  }

  @Override
  public void close() throws MqttException {
    // Not forcibly: that waits for its whole time-out.
    client.disconnect(500);
    client.close(true);
  }
}
