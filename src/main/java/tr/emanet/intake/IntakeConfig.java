package tr.emanet.intake;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Section {@code intake} of the configuration. Everything has a safe default: loopback only, no
 * MQTT. The values reach route files as placeholders such as <code>{{syslog.udp.port}}</code>.
 *
 * @param routes folder with {@code *.camel.yaml}, default {@code routes}
 * @param zone calendar days of {@code dayShare}, default Europe/Istanbul
 * @param syslog syslog listeners
 * @param mqtt subscription at one broker
 * @param admission limits by source
 */
public record IntakeConfig(
    Path routes, String zone, SyslogConfig syslog, MqttConfig mqtt, AdmissionConfig admission) {

  public IntakeConfig(
      @Nullable Path routes,
      @Nullable String zone,
      @Nullable SyslogConfig syslog,
      @Nullable MqttConfig mqtt,
      @Nullable AdmissionConfig admission) {
    this.routes = routes == null ? Path.of("routes") : routes;
    this.zone = zone == null ? "Europe/Istanbul" : zone;
    this.syslog = syslog == null ? SyslogConfig.defaults() : syslog;
    this.mqtt = mqtt == null ? MqttConfig.defaults() : mqtt;
    this.admission = admission == null ? AdmissionConfig.defaults() : admission;
  }

  /** Loopback, default ports, no MQTT. */
  public static IntakeConfig defaults() {
    return new IntakeConfig(null, null, null, null, null);
  }

  /** What route files may refer to as <code>{{name}}</code>. Never holds a secret. */
  public Map<String, String> placeholders() {
    Map<String, String> out = new LinkedHashMap<>();
    out.put("syslog.bind", syslog.bind());
    out.put("syslog.stream", syslog.stream());
    out.put("syslog.udp.enabled", Boolean.toString(syslog.udp().enabled()));
    out.put("syslog.udp.port", Integer.toString(syslog.udp().port()));
    out.put("syslog.udp.receiveBuffer", Integer.toString(syslog.receiveBufferBytes()));
    out.put("syslog.tcp.enabled", Boolean.toString(syslog.tcp().enabled()));
    out.put("syslog.tcp.port", Integer.toString(syslog.tcp().port()));
    out.put("syslog.tls.enabled", Boolean.toString(syslog.tls().enabled()));
    out.put("syslog.tls.port", Integer.toString(syslog.tls().port()));
    out.put("syslog.tls.clientAuth", syslog.clientAuth());
    out.put("syslog.maxConnections", Integer.toString(syslog.maxConnections()));
    out.put("syslog.maxConnectionsPerSource", Integer.toString(syslog.maxConnectionsPerSource()));
    out.put("syslog.idleSeconds", Integer.toString(syslog.idleSeconds()));
    out.put("syslog.frameSeconds", Integer.toString(syslog.frameSeconds()));
    out.put("mqtt.enabled", Boolean.toString(mqtt.enabled()));
    out.put("mqtt.host", mqtt.host());
    out.put("mqtt.port", Integer.toString(mqtt.port()));
    out.put("mqtt.tls", Boolean.toString(mqtt.tls()));
    out.put("mqtt.version", Integer.toString(mqtt.version()));
    out.put("mqtt.clientId", mqtt.clientId());
    out.put("mqtt.topics", String.join(",", mqtt.topics()));
    out.put("mqtt.stream", mqtt.stream());
    out.put("mqtt.caFile", text(mqtt.caFile()));
    out.put("mqtt.credentialsFile", text(mqtt.credentialsFile()));
    out.put("mqtt.keepAliveSeconds", Integer.toString(mqtt.keepAliveSeconds()));
    out.put("mqtt.receiveMaximum", Integer.toString(mqtt.receiveMaximum()));
    return out;
  }

  /**
   * Syslog over UDP, TCP and TLS.
   *
   * @param bind address to listen on, default 127.0.0.1; off loopback only when set
   * @param stream retention class, default {@code syslog}
   * @param udp default on, port 1514; port 0 takes a free one
   * @param tcp default on, port 1514
   * @param tls default off, port 6514
   * @param clientAuth certificates of TLS clients: {@code none}, {@code optional} (default), {@code
   *     required}
   * @param receiveBufferBytes asked of the kernel for UDP, 4 to 16 MiB, default 8 MiB
   * @param maxConnections each of TCP and TLS, default 10,000, lowered to half of the process's
   *     files
   * @param maxConnectionsPerSource default 2,000
   * @param idleSeconds a silent connection is closed after this, default 600
   * @param frameSeconds a begun frame must end within this, default 30
   */
  public record SyslogConfig(
      String bind,
      String stream,
      PortConfig udp,
      PortConfig tcp,
      PortConfig tls,
      String clientAuth,
      int receiveBufferBytes,
      int maxConnections,
      int maxConnectionsPerSource,
      int idleSeconds,
      int frameSeconds) {

    public SyslogConfig(
        @Nullable String bind,
        @Nullable String stream,
        @Nullable PortConfig udp,
        @Nullable PortConfig tcp,
        @Nullable PortConfig tls,
        @Nullable String clientAuth,
        int receiveBufferBytes,
        int maxConnections,
        int maxConnectionsPerSource,
        int idleSeconds,
        int frameSeconds) {
      this.bind = bind == null ? "127.0.0.1" : bind;
      this.stream = stream == null ? "syslog" : stream;
      this.udp = udp == null ? new PortConfig(true, 1514) : udp;
      this.tcp = tcp == null ? new PortConfig(true, 1514) : tcp;
      this.tls = tls == null ? new PortConfig(false, 6514) : tls;
      this.clientAuth = clientAuth == null ? "optional" : clientAuth;
      this.receiveBufferBytes = orElse(receiveBufferBytes, 8 << 20);
      this.maxConnections = orElse(maxConnections, 10_000);
      this.maxConnectionsPerSource = orElse(maxConnectionsPerSource, 2_000);
      this.idleSeconds = orElse(idleSeconds, 600);
      this.frameSeconds = orElse(frameSeconds, 30);
    }

    public static SyslogConfig defaults() {
      return of("127.0.0.1", 1514, 1514, 6514, false);
    }

    /** Default limits with these ports; 0 takes a free one. */
    public static SyslogConfig of(String bind, int udp, int tcp, int tls, boolean withTls) {
      PortConfig tlsPort = new PortConfig(withTls, tls);
      return new SyslogConfig(
          bind,
          null,
          new PortConfig(true, udp),
          new PortConfig(true, tcp),
          tlsPort,
          null,
          0,
          0,
          0,
          0,
          0);
    }
  }

  /**
   * One port.
   *
   * @param port 0 takes a free one and keeps it while the process lives
   */
  public record PortConfig(boolean enabled, int port) {}

  /**
   * Subscription at one broker.
   *
   * @param enabled default false
   * @param host default 127.0.0.1
   * @param port default 1883
   * @param tls default false; needed off loopback when credentials are sent
   * @param caFile PEM certificates to trust instead of the JVM's, or null
   * @param version 5 (default) or 3 for 3.1.1
   * @param clientId names the session at the broker; default {@code emanet}, never share it
   * @param topics filters, default {@code #}; at most 64
   * @param stream retention class, default {@code mqtt}
   * @param credentialsFile first line user, second line password; null for none
   * @param keepAliveSeconds default 30
   * @param receiveMaximum messages without acknowledgement, default 1,000
   */
  public record MqttConfig(
      boolean enabled,
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

    public MqttConfig(
        boolean enabled,
        @Nullable String host,
        int port,
        boolean tls,
        @Nullable Path caFile,
        int version,
        @Nullable String clientId,
        @Nullable List<String> topics,
        @Nullable String stream,
        @Nullable Path credentialsFile,
        int keepAliveSeconds,
        int receiveMaximum) {
      this.enabled = enabled;
      this.host = host == null ? "127.0.0.1" : host;
      this.port = orElse(port, 1883);
      this.tls = tls;
      this.caFile = caFile;
      this.version = orElse(version, 5);
      this.clientId = clientId == null ? "emanet" : clientId;
      this.topics = topics == null ? List.of("#") : List.copyOf(topics);
      this.stream = stream == null ? "mqtt" : stream;
      this.credentialsFile = credentialsFile;
      this.keepAliveSeconds = orElse(keepAliveSeconds, 30);
      this.receiveMaximum = orElse(receiveMaximum, 1_000);
    }

    public static MqttConfig defaults() {
      return new MqttConfig(false, null, 0, false, null, 0, null, null, null, null, 0, 0);
    }

    /** Plain, at this broker, everything else as by default. */
    public static MqttConfig at(String host, int port) {
      return new MqttConfig(true, host, port, false, null, 0, null, null, null, null, 0, 0);
    }
  }

  /**
   * Limits by transport source. They hold for senders that did not prove who they are.
   *
   * @param recordsPerSecond of one source, default 1,000,000: no listener reads faster, so it is a
   *     fuse
   * @param crowdRecordsPerSecond of all sources together that find no place in the table, default
   *     20,000
   * @param newSourcesPerSecond that may enter the table, default 1,000
   * @param sources size of the table, default 4,096
   * @param dayShare largest part of the day's free disk one source may fill, default 0.75; 1 is no
   *     limit
   */
  public record AdmissionConfig(
      int recordsPerSecond,
      int crowdRecordsPerSecond,
      int newSourcesPerSecond,
      int sources,
      double dayShare) {

    public AdmissionConfig {
      recordsPerSecond = orElse(recordsPerSecond, 1_000_000);
      crowdRecordsPerSecond = orElse(crowdRecordsPerSecond, 20_000);
      newSourcesPerSecond = orElse(newSourcesPerSecond, 1_000);
      sources = orElse(sources, 4_096);
      dayShare = dayShare <= 0 ? 0.75 : Math.min(1, dayShare);
    }

    public static AdmissionConfig defaults() {
      return new AdmissionConfig(0, 0, 0, 0, 0);
    }
  }

  private static String text(@Nullable Path file) {
    return file == null ? "" : file.toString();
  }

  private static int orElse(int value, int otherwise) {
    return value <= 0 ? otherwise : value;
  }
}
