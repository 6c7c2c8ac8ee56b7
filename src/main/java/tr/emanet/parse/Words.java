package tr.emanet.parse;

import java.util.Map;

/** Values that the parsers derive, as bytes. The arrays are never changed. */
final class Words {

  static final byte[] EVENT = Ascii.of("event");
  static final byte[] PIPELINE_ERROR = Ascii.of("pipeline_error");
  static final byte[] SUSPECT = Ascii.of("suspect");
  static final byte[] CLAIMED = Ascii.of("emanet.claimed_timestamp");

  static final byte[] SUCCESS = Ascii.of("success");
  static final byte[] FAILURE = Ascii.of("failure");

  static final byte[] AUTHENTICATION = Ascii.of("authentication");
  static final byte[] IAM = Ascii.of("iam");
  static final byte[] SESSION = Ascii.of("session");
  static final byte[] NETWORK = Ascii.of("network");
  static final byte[] WEB = Ascii.of("web");
  static final byte[] EMAIL = Ascii.of("email");
  static final byte[] PROCESS = Ascii.of("process");
  static final byte[] MALWARE = Ascii.of("malware");
  static final byte[] INTRUSION = Ascii.of("intrusion_detection");

  static final byte[] FIREWALL = Ascii.of("firewall");
  static final byte[] SERVER = Ascii.of("server");
  static final byte[] SENSOR = Ascii.of("sensor");
  static final byte[] FORTINET = Ascii.of("Fortinet");
  static final byte[] FORTIGATE = Ascii.of("FortiGate");
  static final byte[] CISCO = Ascii.of("Cisco");
  static final byte[] MICROSOFT = Ascii.of("Microsoft");

  static final byte[] TCP = Ascii.of("tcp");
  static final byte[] UDP = Ascii.of("udp");
  static final byte[] ICMP = Ascii.of("icmp");
  static final byte[] ICMP6 = Ascii.of("ipv6-icmp");

  /** By syslog severity (RFC 5424, 6.2.1). */
  static final byte[][] LEVELS = {
    Ascii.of("emergency"),
    Ascii.of("alert"),
    Ascii.of("critical"),
    Ascii.of("error"),
    Ascii.of("warning"),
    Ascii.of("notice"),
    Ascii.of("informational"),
    Ascii.of("debug")
  };

  /** Level words of devices to the syslog severity. */
  static final KeyTable<Integer> LEVEL_WORDS =
      new KeyTable<>(
          Map.ofEntries(
              Map.entry("emergency", 0),
              Map.entry("emerg", 0),
              Map.entry("panic", 0),
              Map.entry("alert", 1),
              Map.entry("critical", 2),
              Map.entry("crit", 2),
              Map.entry("fatal", 2),
              Map.entry("error", 3),
              Map.entry("err", 3),
              Map.entry("warning", 4),
              Map.entry("warn", 4),
              Map.entry("notice", 5),
              Map.entry("information", 6),
              Map.entry("informational", 6),
              Map.entry("info", 6),
              Map.entry("debug", 7),
              Map.entry("trace", 7)));

  /** Verdicts of devices to {@code event.outcome}: what was refused is a failure. */
  static final KeyTable<byte[]> OUTCOMES =
      new KeyTable<>(
          Map.ofEntries(
              Map.entry("accept", SUCCESS),
              Map.entry("accepted", SUCCESS),
              Map.entry("allow", SUCCESS),
              Map.entry("allowed", SUCCESS),
              Map.entry("pass", SUCCESS),
              Map.entry("passthrough", SUCCESS),
              Map.entry("permit", SUCCESS),
              Map.entry("permitted", SUCCESS),
              Map.entry("close", SUCCESS),
              Map.entry("start", SUCCESS),
              Map.entry("success", SUCCESS),
              Map.entry("successful", SUCCESS),
              Map.entry("succeeded", SUCCESS),
              Map.entry("ok", SUCCESS),
              Map.entry("deny", FAILURE),
              Map.entry("denied", FAILURE),
              Map.entry("drop", FAILURE),
              Map.entry("dropped", FAILURE),
              Map.entry("block", FAILURE),
              Map.entry("blocked", FAILURE),
              Map.entry("reject", FAILURE),
              Map.entry("rejected", FAILURE),
              Map.entry("reset", FAILURE),
              Map.entry("fail", FAILURE),
              Map.entry("failed", FAILURE),
              Map.entry("failure", FAILURE),
              Map.entry("error", FAILURE),
              Map.entry("quarantine", FAILURE),
              Map.entry("quarantined", FAILURE)));

  /** Transport protocols by name and IANA number. */
  static final KeyTable<byte[]> TRANSPORTS =
      new KeyTable<>(
          Map.ofEntries(
              Map.entry("tcp", TCP),
              Map.entry("6", TCP),
              Map.entry("udp", UDP),
              Map.entry("17", UDP),
              Map.entry("icmp", ICMP),
              Map.entry("1", ICMP),
              Map.entry("icmpv6", ICMP6),
              Map.entry("ipv6-icmp", ICMP6),
              Map.entry("58", ICMP6),
              Map.entry("gre", Ascii.of("gre")),
              Map.entry("47", Ascii.of("gre")),
              Map.entry("esp", Ascii.of("esp")),
              Map.entry("50", Ascii.of("esp")),
              Map.entry("ah", Ascii.of("ah")),
              Map.entry("51", Ascii.of("ah")),
              Map.entry("igmp", Ascii.of("igmp")),
              Map.entry("2", Ascii.of("igmp")),
              Map.entry("sctp", Ascii.of("sctp")),
              Map.entry("132", Ascii.of("sctp")),
              Map.entry("ospf", Ascii.of("ospf")),
              Map.entry("89", Ascii.of("ospf"))));

  private Words() {}
}
