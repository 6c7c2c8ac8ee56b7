package tr.emanet;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tr.emanet.alert.NotifyConfig;
import tr.emanet.indicator.NeverBlock;
import tr.emanet.indicator.feed.FeedSpec;
import tr.emanet.indicator.list.ListSpec;
import tr.emanet.indicator.usom.UsomConfig;
import tr.emanet.keep.RetentionRules;
import tr.emanet.parse.ConfiguredSources;
import tr.emanet.parse.SourceConfig;

/**
 * The whole configuration; {@code emanet.yml} beside this class describes each key and holds its
 * default. Immutable.
 */
public record Settings(
    String institution,
    String zone,
    String profile,
    Http http,
    Journal journal,
    Index index,
    Search search,
    Broker broker,
    Intake intake,
    Sources sources,
    UsomConfig usom,
    Indicators indicators,
    SealSettings seal,
    BackupSettings backup,
    @JsonProperty("notify") NotifyConfig notification) {

  /** The web interface. */
  public record Http(String bind, int port, boolean tls) {}

  /** The evidence. */
  public record Journal(long closeBelowMegabytes, int retentionDays, List<StreamDays> streams) {
    public Journal {
      streams = List.copyOf(streams);
    }
  }

  /** A stream that is kept for another time than the rest. */
  public record StreamDays(String stream, int days) {}

  /** The Lucene view. */
  public record Index(long ramMegabytes, int keepDays, long maxGigabytes) {}

  /** Masking of personal data. */
  public record Search(List<String> ownNetworks) {
    public Search {
      ownNetworks = List.copyOf(ownNetworks);
    }
  }

  /** The broker of the embedded default. */
  public record Broker(boolean embedded) {}

  /** Listeners. */
  public record Intake(String routes, Syslog syslog, Mqtt mqtt, Admission admission) {}

  /** Syslog over UDP, TCP and TLS; port 0 means: choose once, then keep. */
  public record Syslog(
      String bind,
      int udpPort,
      int tcpPort,
      int tlsPort,
      String clientAuth,
      String clientCaFile,
      int receiveBufferBytes,
      int maxConnections,
      int maxConnectionsPerSource,
      int idleSeconds,
      int frameSeconds) {}

  /** A broker of your own. */
  public record Mqtt(
      boolean enabled,
      String host,
      int port,
      boolean tls,
      String caFile,
      int version,
      String clientId,
      List<String> topics,
      String credentialsFile,
      int keepAliveSeconds,
      int receiveMaximum) {
    public Mqtt {
      topics = List.copyOf(topics);
    }
  }

  /** Limits for senders that did not prove who they are. */
  public record Admission(
      int recordsPerSecond,
      int crowdRecordsPerSecond,
      int newSourcesPerSecond,
      int sources,
      double dayShare) {}

  /** How senders write their lines; an empty zone is the one of the whole configuration. */
  public record Sources(
      String zone,
      String charset,
      List<String> importListeners,
      List<SourceConfig.Network> networks) {
    public Sources {
      importListeners = List.copyOf(importListeners);
      networks = List.copyOf(networks);
    }
  }

  /** What feeds may put in force, feeds other than USOM/SGB, and lists for firewalls. */
  public record Indicators(
      List<String> neverBlock, double approvalShare, List<FeedSpec> feeds, List<ListSpec> lists) {
    public Indicators {
      lists = List.copyOf(lists);
      neverBlock = List.copyOf(neverBlock);
      feeds = List.copyOf(feeds);
    }
  }

  /** A rule that a value breaks: the dotted key, what is wrong and what to do. */
  public record Breach(String key, String problem) {}

  /** Checks every rule that types alone do not express; all breaches at once. */
  List<Breach> breaches() {
    List<Breach> out = new ArrayList<>();
    try {
      ZoneId ignored = ZoneId.of(zone);
    } catch (DateTimeException e) {
      out.add(new Breach("zone", "'" + zone + "' is no time zone; write one as Europe/Istanbul"));
    }
    oneOf(out, "profile", profile, Set.of("standard", "small"));
    oneOf(
        out,
        "intake.syslog.clientAuth",
        intake.syslog.clientAuth,
        Set.of("none", "optional", "required"));
    if (intake.syslog.clientAuth.equals("required") && intake.syslog.clientCaFile.isEmpty()) {
      out.add(
          new Breach(
              "intake.syslog.clientAuth",
              "required needs the authority of the clients; set intake.syslog.clientCaFile"));
    }
    if (!intake.syslog.clientCaFile.isEmpty()
        && !Files.isReadable(Path.of(intake.syslog.clientCaFile))) {
      out.add(
          new Breach(
              "intake.syslog.clientCaFile",
              "'" + intake.syslog.clientCaFile + "' cannot be read; name a PEM file"));
    }
    port(out, "http.port", http.port);
    port(out, "intake.syslog.udpPort", intake.syslog.udpPort);
    port(out, "intake.syslog.tcpPort", intake.syslog.tcpPort);
    port(out, "intake.syslog.tlsPort", intake.syslog.tlsPort);
    port(out, "intake.mqtt.port", intake.mqtt.port);
    address(out, "intake.syslog.bind", intake.syslog.bind);
    if (address(out, "http.bind", http.bind) && !loopback() && !http.tls) {
      out.add(
          new Breach(
              "http.tls",
              "off loopback the UI speaks TLS only; set http.tls: true or bind 127.0.0.1"));
    }
    int floor = RetentionRules.FLOOR;
    between(out, "journal.retentionDays", journal.retentionDays, floor, 36_500);
    for (StreamDays one : journal.streams) {
      between(out, "journal.streams " + one.stream, one.days, floor, 36_500);
    }
    between(out, "journal.closeBelowMegabytes", journal.closeBelowMegabytes, 0, 1L << 32);
    between(out, "index.keepDays", index.keepDays, 1, 36_500);
    between(out, "index.ramMegabytes", index.ramMegabytes, 0, 65_536);
    between(out, "index.maxGigabytes", index.maxGigabytes, 0, 1L << 32);
    between(
        out,
        "intake.syslog.receiveBufferBytes",
        intake.syslog.receiveBufferBytes,
        65_536,
        16 << 20);
    between(out, "intake.syslog.maxConnections", intake.syslog.maxConnections, 1, 1_000_000);
    between(out, "intake.syslog.idleSeconds", intake.syslog.idleSeconds, 1, 86_400);
    between(out, "intake.syslog.frameSeconds", intake.syslog.frameSeconds, 1, 86_400);
    between(out, "intake.mqtt.receiveMaximum", intake.mqtt.receiveMaximum, 1, 65_535);
    if (intake.mqtt.version != 3 && intake.mqtt.version != 5) {
      out.add(new Breach("intake.mqtt.version", "must be 5, or 3 for MQTT 3.1.1"));
    }
    if (intake.mqtt.topics.isEmpty() || intake.mqtt.topics.size() > 64) {
      out.add(new Breach("intake.mqtt.topics", "give 1 to 64 topic filters, such as \"#\""));
    }
    for (String network : search.ownNetworks) {
      if (!network.matches("[0-9a-fA-F.:]+/[0-9]{1,3}")) {
        out.add(
            new Breach("search.ownNetworks", "'" + network + "' is no network; write 10.0.0.0/8"));
      }
    }
    for (SourceConfig.Problem problem : ConfiguredSources.problems(sourceConfig())) {
      if (!problem.key().equals("zone") || !sources.zone.isEmpty()) {
        out.add(new Breach("sources." + problem.key(), problem.problem()));
      }
    }
    feeds(out);
    return out;
  }

  private void feeds(List<Breach> out) {
    usom.problems().forEach(p -> out.add(new Breach("usom." + p.key(), p.problem())));
    for (String entry : indicators.neverBlock) {
      NeverBlock.problem(entry)
          .ifPresent(problem -> out.add(new Breach("indicators.neverBlock", problem)));
    }
    if (!(indicators.approvalShare > 0 && indicators.approvalShare <= 1)) {
      out.add(
          new Breach(
              "indicators.approvalShare",
              indicators.approvalShare + " is not above 0 and up to 1"));
    }
    FeedSpec.problems(indicators.feeds)
        .forEach(p -> out.add(new Breach("indicators." + p.key(), p.problem())));
    Set<String> known = new HashSet<>(Set.of("usom"));
    indicators.feeds.forEach(feed -> known.add(feed.name()));
    ListSpec.problems(indicators.lists, known)
        .forEach(p -> out.add(new Breach("indicators." + p.key(), p.problem())));
    seal.problems(notification.mail().host())
        .forEach(p -> out.add(new Breach("seal." + p.key(), p.problem())));
    backup.problems().forEach(p -> out.add(new Breach("backup." + p.key(), p.problem())));
    notification.problems().forEach(p -> out.add(new Breach("notify." + p.key(), p.problem())));
  }

  /** Habits of senders as the parser wants them. */
  SourceConfig sourceConfig() {
    return new SourceConfig(
        sources.zone.isEmpty() ? zone : sources.zone,
        sources.charset,
        Set.copyOf(sources.importListeners),
        sources.networks);
  }

  private static void oneOf(List<Breach> out, String key, String value, Set<String> allowed) {
    if (!allowed.contains(value)) {
      out.add(
          new Breach(
              key,
              "'"
                  + value
                  + "' is not one of "
                  + String.join(", ", allowed.stream().sorted().toList())));
    }
  }

  private static void port(List<Breach> out, String key, int port) {
    between(out, key, port, 0, 65_535);
  }

  private static void between(List<Breach> out, String key, long value, long low, long high) {
    if (value < low || value > high) {
      out.add(new Breach(key, value + " is not between " + low + " and " + high));
    }
  }

  private static boolean address(List<Breach> out, String key, String text) {
    try {
      if (text.matches("[0-9a-fA-F.:]+")) {
        InetAddress ignored = InetAddress.getByName(text);
        return true;
      }
    } catch (UnknownHostException e) {
      out.add(new Breach(key, "'" + text + "' is no address: " + e.getMessage()));
      return false;
    }
    out.add(new Breach(key, "'" + text + "' is no address; write one as 127.0.0.1 or 0.0.0.0"));
    return false;
  }

  ZoneId zoneId() {
    return ZoneId.of(zone);
  }

  boolean small() {
    return profile.equals("small");
  }

  boolean loopback() {
    return bindAddress().isLoopbackAddress();
  }

  InetAddress bindAddress() {
    return addressOf(http.bind);
  }

  InetAddress syslogAddress() {
    return addressOf(intake.syslog.bind);
  }

  private static InetAddress addressOf(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  long ramBytes() {
    long megabytes = index.ramMegabytes != 0 ? index.ramMegabytes : small() ? 64 : 192;
    return megabytes << 20;
  }

  int batches() {
    return small() ? 32 : 64;
  }

  Duration retention() {
    return Duration.ofDays(journal.retentionDays);
  }

  Duration retention(String stream) {
    return Duration.ofDays(retentionRules().of(stream));
  }

  RetentionRules retentionRules() {
    Map<String, Integer> streams = new HashMap<>();
    journal.streams.forEach(one -> streams.put(one.stream, one.days));
    return new RetentionRules(journal.retentionDays, streams);
  }

  /** The folder with route files: the configured one, else {@code routes} of the distribution. */
  Path routes(Path shipped) {
    return intake.routes.isEmpty() ? shipped : Path.of(intake.routes);
  }
}
