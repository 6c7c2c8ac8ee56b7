package tr.emanet.intake.mqtt;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one subscription needs to know.
 *
 * @param name endpoint name, such as {@code mqtt_broker}
 * @param caFile PEM certificates to trust instead of the JVM's, or null
 * @param version 5, or 3 for 3.1.1
 * @param credentialsFile first line user, second line password, or null
 * @param stream where the journal keeps it; read once to recognise redeliveries
 */
public record MqttOptions(
    String name,
    String host,
    int port,
    boolean tls,
    @Nullable Path caFile,
    int version,
    String clientId,
    List<String> topics,
    String stream,
    @Nullable Path credentialsFile,
    int keepAliveSeconds,
    int receiveMaximum) {

  /** Longest payload kept, in bytes; longer ones are cut and flagged. */
  static final int MAX_KEPT = 64 * 1024;

  /** Longest packet the broker is asked to deliver (MQTT 5), in bytes. */
  static final int MAX_PACKET = 260 * 1024;

  static final int MAX_TOPIC_BYTES = 1024;

  public MqttOptions {
    topics = List.copyOf(topics);
  }

  /** Broker as it is stored with each record. */
  String broker() {
    return host + ":" + port;
  }

  /** Address in the form Paho wants. */
  String uri() {
    return (tls ? "ssl://" : "tcp://") + host + ":" + port;
  }
}
