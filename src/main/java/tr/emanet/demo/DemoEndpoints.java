package tr.emanet.demo;

import java.net.InetSocketAddress;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the samples go; null: that way is not used.
 *
 * @param syslogUdp listener for datagrams
 * @param syslogTcp listener for lines
 * @param mqttBroker plain MQTT 5 broker
 */
public record DemoEndpoints(
    @Nullable InetSocketAddress syslogUdp,
    @Nullable InetSocketAddress syslogTcp,
    @Nullable InetSocketAddress mqttBroker) {

  /**
   * Reads the map of names to {@code host:port} that a running service publishes: {@code
   * syslog_udp}, {@code syslog_tcp}, {@code mqtt_broker}; others are passed over.
   *
   * @throws IllegalArgumentException when a value is not host:port
   */
  public static DemoEndpoints of(Map<String, String> endpoints) {
    return new DemoEndpoints(
        address(endpoints.get("syslog_udp")),
        address(endpoints.get("syslog_tcp")),
        address(endpoints.get("mqtt_broker")));
  }

  private static @Nullable InetSocketAddress address(@Nullable String text) {
    if (text == null) {
      return null;
    }
    int colon = text.lastIndexOf(':');
    try {
      if (colon < 1) {
        throw new NumberFormatException("no port");
      }
      String host = text.substring(0, colon).replace("[", "").replace("]", "");
      return new InetSocketAddress(host, Integer.parseInt(text.substring(colon + 1)));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("endpoint '" + text + "' is not host:port", e);
    }
  }
}
