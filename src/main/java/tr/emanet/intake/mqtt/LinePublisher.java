package tr.emanet.intake.mqtt;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.jspecify.annotations.Nullable;

/**
 * Publishes single lines with QoS 1 to a broker, one connection each: for a few lines an hour.
 * Immutable.
 */
public final class LinePublisher {

  private static final int SECONDS = 15;

  private final String uri;
  private final String topic;
  private final @Nullable Path credentials;

  /**
   * @param uri such as {@code tcp://broker.example:1883} or {@code ssl://broker.example:8883}
   * @param topic a topic without wildcards
   * @param credentials file, first line user, second line password; null: no log-in
   */
  public LinePublisher(String uri, String topic, @Nullable Path credentials) {
    this.credentials = credentials;
    this.uri = uri;
    this.topic = topic;
  }

  /** Returns when the broker has acknowledged the line. */
  public void publish(String line) throws IOException {
    String id = "emanet-" + UUID.randomUUID().toString().substring(0, 8);
    try {
      MqttClient client = new MqttClient(uri, id, new MemoryPersistence());
      try {
        client.setTimeToWait(SECONDS * 1000L);
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setConnectionTimeout(SECONDS);
        options.setAutomaticReconnect(false);
        logIn(options);
        client.connect(options);
        client.publish(topic, line.getBytes(StandardCharsets.UTF_8), 1, false);
        client.disconnect();
      } finally {
        client.close();
      }
    } catch (MqttException e) {
      throw new IOException("broker " + uri + ": " + e.getMessage(), e);
    }
  }

  /** Read anew each time, so that another password counts from the next line on. */
  private void logIn(MqttConnectionOptions options) throws IOException {
    if (credentials == null) {
      return;
    }
    Credentials found = Credentials.read(credentials);
    options.setUserName(found.user());
    options.setPassword(found.password().getBytes(StandardCharsets.UTF_8));
  }
}
