package tr.emanet.intake.route;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tr.emanet.intake.Ticks;
import tr.emanet.intake.mqtt.MqttOptions;
import tr.emanet.intake.syslog.SyslogOptions;
import tr.emanet.intake.syslog.SyslogOptions.ClientAuth;
import tr.emanet.intake.syslog.SyslogOptions.Transport;

/** The options of our endpoints: one description for the dry run and for the components. */
final class EndpointOptions {

  static final Pattern STREAM = Pattern.compile("[a-z0-9-]{1,32}");
  static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,31}");
  static final Pattern HOST = Pattern.compile("[0-9A-Za-z.:_-]{1,253}");

  static final Pattern CLIENT = Pattern.compile("[0-9A-Za-z_.-]{1,64}");
  static final Pattern TOPICS = Pattern.compile("[^\\p{Cntrl}]{1,4096}");
  static final Pattern FILE = Pattern.compile("[^\\p{Cntrl}]{0,1024}");

  private EndpointOptions() {}

  /** {@code emanet-syslog:udp|tcp|tls?...}. */
  static SyslogOptions syslog(
      String path, Map<String, String> values, BiConsumer<String, String> problems) {
    OptionReader in = new OptionReader(values, problems);
    Transport transport =
        switch (path) {
          case "udp" -> Transport.UDP;
          case "tcp" -> Transport.TCP;
          case "tls" -> Transport.TLS;
          default -> {
            problems.accept("emanet-syslog has no transport '" + path + "'", "use udp, tcp or tls");
            yield Transport.UDP;
          }
        };
    String kind = transport.name().toLowerCase(Locale.ROOT);
    SyslogOptions options =
        new SyslogOptions(
            in.text("name", "syslog_" + kind, NAME),
            transport,
            in.text("bind", "127.0.0.1", HOST),
            in.integer("port", transport == Transport.TLS ? 6514 : 1514, 0, 65_535),
            in.integer(
                "maxFrame", SyslogOptions.MAX_FRAME_BYTES, 480, SyslogOptions.MAX_FRAME_BYTES),
            transport == Transport.UDP ? in.integer("receiveBuffer", 8 << 20, 65_536, 64 << 20) : 0,
            transport == Transport.UDP ? 0 : in.integer("maxConnections", 10_000, 1, 100_000),
            transport == Transport.UDP
                ? 0
                : in.integer("maxConnectionsPerSource", 2_000, 1, 100_000),
            seconds(in, transport, "idleSeconds", 600, 86_400),
            seconds(in, transport, "frameSeconds", 30, 3_600),
            transport == Transport.TLS
                ? Duration.ofSeconds(in.integer("handshakeSeconds", 10, 1, 120))
                : Duration.ZERO,
            transport == Transport.TLS
                ? ClientAuth.valueOf(
                    in.choice("clientAuth", "optional", List.of("none", "optional", "required"))
                        .toUpperCase(Locale.ROOT))
                : ClientAuth.NONE);
    in.refuseOthers();
    return options;
  }

  private static Duration seconds(
      OptionReader in, Transport transport, String name, int otherwise, int max) {
    return transport == Transport.UDP
        ? Duration.ZERO
        : Duration.ofSeconds(in.integer(name, otherwise, 1, max));
  }

  /** {@code timer:<name>?seconds=...}; answers the seconds between two ticks. */
  static int timer(String path, Map<String, String> values, BiConsumer<String, String> problems) {
    OptionReader in = new OptionReader(values, problems);
    if (!STREAM.matcher(path).matches()) {
      problems.accept("'" + path + "' is no name of a timer", "write timer:<name>");
    }
    int seconds = in.integer("seconds", 30, 1, 300);
    in.refuseOthers();
    return seconds;
  }

  /** {@code tick:<runner>}; answers the runner. */
  static String tick(String path, Map<String, String> values, BiConsumer<String, String> problems) {
    if (!path.equals(Ticks.FEEDS)) {
      problems.accept("there is no runner '" + path + "'", "write tick:" + Ticks.FEEDS);
    }
    new OptionReader(values, problems).refuseOthers();
    return path;
  }

  /** {@code emanet-mqtt:<host>?...}. */
  static MqttOptions mqtt(
      String path, Map<String, String> values, BiConsumer<String, String> problems) {
    OptionReader in = new OptionReader(values, problems);
    if (!HOST.matcher(path).matches()) {
      problems.accept("'" + path + "' is not a host name", "write emanet-mqtt:<host>");
    }
    List<String> topics = List.of(in.text("topics", "#", TOPICS).split(",", -1));
    if (topics.size() > 64 || topics.stream().anyMatch(String::isBlank)) {
      problems.accept("option 'topics' holds no list of filters", "use 1 to 64, parted by commas");
    }
    MqttOptions options =
        new MqttOptions(
            in.text("name", "mqtt_broker", NAME),
            path,
            in.integer("port", 1883, 1, 65_535),
            in.flag("tls", false),
            file(in.text("caFile", "", FILE)),
            in.choice("version", "5", List.of("5", "3")).equals("5") ? 5 : 3,
            in.text("clientId", "emanet", CLIENT),
            topics,
            in.text("stream", "mqtt", STREAM),
            file(in.text("credentialsFile", "", FILE)),
            in.integer("keepAliveSeconds", 30, 2, 3_600),
            in.integer("receiveMaximum", 1_000, 1, 10_000));
    in.refuseOthers();
    return options;
  }

  private static @Nullable Path file(String name) {
    return name.isEmpty() ? null : Path.of(name);
  }

  /** {@code journal:<stream>}. */
  static String journal(
      String path, Map<String, String> values, BiConsumer<String, String> problems) {
    if (!STREAM.matcher(path).matches()) {
      problems.accept(
          "'" + path + "' is not a stream name", "use 1 to 32 of a-z, 0-9 and - after journal:");
    }
    new OptionReader(values, problems).refuseOthers();
    return path;
  }
}
