package tr.emanet.parse;

import java.util.Map;

/** Names and values that the extractors of traffic records share. The arrays are never changed. */
final class TrafficWords {

  /** Where addresses are translated to; outside the core, so no column of its own. */
  static final byte[] NAT_IP = Ascii.of("source.nat.ip");

  static final byte[] NAT_PORT = Ascii.of("source.nat.port");
  static final byte[] TARGET_NAT_IP = Ascii.of("destination.nat.ip");
  static final byte[] TARGET_NAT_PORT = Ascii.of("destination.nat.port");

  /** The name that a client gives itself; {@code host.name} stays the sender of the line. */
  static final byte[] CLIENT_NAME = Ascii.of("source.domain");

  static final byte[] LEASE_SECONDS = Ascii.of("dhcp.lease.seconds");
  static final byte[] LEASE_START = Ascii.of("dhcp.lease.start");
  static final byte[] LEASE_END = Ascii.of("dhcp.lease.end");
  static final byte[] DUID = Ascii.of("dhcp.duid");
  static final byte[] ZONE = Ascii.of("session.zone");

  static final byte[] ASSIGN = Ascii.of("dhcp-assign");
  static final byte[] RENEW = Ascii.of("dhcp-renew");
  static final byte[] RELEASE = Ascii.of("dhcp-release");
  static final byte[] EXPIRE = Ascii.of("dhcp-expire");
  static final byte[] DECLINE = Ascii.of("dhcp-decline");
  static final byte[] DENY = Ascii.of("dhcp-nak");
  static final byte[] OFFER = Ascii.of("dhcp-offer");
  static final byte[] DISCOVER = Ascii.of("dhcp-discover");
  static final byte[] REQUEST = Ascii.of("dhcp-request");
  static final byte[] INFORM = Ascii.of("dhcp-inform");

  static final byte[] SESSION_START = Ascii.of("session-start");
  static final byte[] SESSION_UPDATE = Ascii.of("session-update");
  static final byte[] SESSION_END = Ascii.of("session-end");
  static final byte[] SESSION_REFUSED = Ascii.of("session-refused");

  /** RADIUS {@code Acct-Status-Type} (RFC 2866, section 5.1) as word and as number. */
  static final KeyTable<byte[]> ACCOUNTING =
      new KeyTable<>(
          Map.ofEntries(
              Map.entry("start", SESSION_START),
              Map.entry("1", SESSION_START),
              Map.entry("stop", SESSION_END),
              Map.entry("2", SESSION_END),
              Map.entry("interim-update", SESSION_UPDATE),
              Map.entry("alive", SESSION_UPDATE),
              Map.entry("3", SESSION_UPDATE)));

  private TrafficWords() {}

  /** Whether the range is an EUI-48: six pairs parted by colon or dash, three dotted groups. */
  static boolean mac(byte[] b, int from, int to) {
    if (to - from == 17) {
      int mark = b[from + 2];
      if (mark != ':' && mark != '-') {
        return false;
      }
      for (int i = 0; i < 17; i++) {
        if (i % 3 == 2 ? b[from + i] != mark : !hex(b[from + i])) {
          return false;
        }
      }
      return true;
    }
    if (to - from != 14 || b[from + 4] != '.' || b[from + 9] != '.') {
      return false;
    }
    for (int i = 0; i < 14; i++) {
      if (i != 4 && i != 9 && !hex(b[from + i])) {
        return false;
      }
    }
    return true;
  }

  /** Whether the range is twelve digits of base sixteen, as Windows writes an EUI-48. */
  static boolean bareMac(byte[] b, int from, int to) {
    if (to - from != 12) {
      return false;
    }
    for (int i = from; i < to; i++) {
      if (!hex(b[i])) {
        return false;
      }
    }
    return true;
  }

  private static boolean hex(int c) {
    int lower = c | 0x20;
    return c >= '0' && c <= '9' || lower >= 'a' && lower <= 'f';
  }
}
