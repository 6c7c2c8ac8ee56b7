package tr.emanet.parse;

import static java.util.Map.entry;

import java.util.Map;
import tr.emanet.event.Event;
import tr.emanet.event.Field;

/**
 * Extracts the audit log of the Windows DHCP server ({@code DhcpSrvLog-Mon.log}): {@code
 * ID,Date,Time,Description,IP Address,Host Name,MAC Address,...}. The number tells what happened;
 * the description is in the language of the server ({@code Assign}, {@code Ata}) and is not read.
 * Date and time are the server's own, month first in every language. One thread only.
 */
final class WindowsDhcpPayload {

  private static final byte[] DATASET = Ascii.of("windows.dhcp");
  private static final byte[] DHCP = Ascii.of("dhcp");
  private static final KeyTable<byte[]> ACTIONS =
      new KeyTable<>(
          Map.ofEntries(
              entry("10", TrafficWords.ASSIGN),
              entry("11", TrafficWords.RENEW),
              entry("12", TrafficWords.RELEASE),
              entry("13", Ascii.of("dhcp-conflict")),
              entry("14", Ascii.of("dhcp-exhausted")),
              entry("15", TrafficWords.DENY),
              entry("16", Ascii.of("dhcp-delete")),
              entry("17", TrafficWords.EXPIRE),
              entry("18", TrafficWords.EXPIRE),
              entry("20", TrafficWords.ASSIGN),
              entry("21", TrafficWords.ASSIGN),
              entry("22", Ascii.of("dhcp-exhausted")),
              entry("23", Ascii.of("dhcp-delete")),
              entry("11000", TrafficWords.DISCOVER),
              entry("11002", TrafficWords.REQUEST),
              entry("11010", TrafficWords.RENEW),
              entry("11013", TrafficWords.RELEASE),
              entry("11019", TrafficWords.ASSIGN)));

  private final Findings findings;

  WindowsDhcpPayload(Findings findings) {
    this.findings = findings;
  }

  /** Whether the text begins with a number, a date and a time parted by commas: 10 comparisons. */
  static boolean likely(byte[] b, int from, int to) {
    int comma = Ascii.digitsEnd(b, from, Math.min(to, from + 6));
    int at = comma + 1;
    return comma > from
        && at + 18 < to
        && b[comma] == ','
        && b[at + 2] == '/'
        && b[at + 5] == '/'
        && b[at + 8] == ','
        && b[at + 11] == ':'
        && b[at + 14] == ':'
        && b[at + 17] == ',';
  }

  /** Extracts the line; false when its number is none of an address. */
  boolean parse(byte[] b, int from, int to) {
    int comma = Ascii.indexOf(b, from, to, ',');
    byte[] action = ACTIONS.find(b, from, comma);
    if (action == null) {
      return false;
    }
    Event e = findings.event();
    e.set(Field.EVENT_DATASET, DATASET);
    e.set(Field.EVENT_CATEGORY, Words.NETWORK);
    e.set(Field.NETWORK_PROTOCOL, DHCP);
    e.set(Field.OBSERVER_VENDOR, Words.MICROSOFT);
    e.set(Field.EVENT_ACTION, action);
    e.set(Field.EVENT_CODE, b, from, comma);
    int at = comma + 1;
    time(b, at);
    int end = Ascii.indexOf(b, at + 18, to, ',');
    if (end < 0) {
      return true;
    }
    int start = end + 1;
    end = cell(b, start, to);
    boolean plain = findings.put(Field.SOURCE_IP, b, start, end);
    if (!plain) {
      // The form for IPv6 has an error code or nothing before the address.
      int second = cell(b, Math.min(to, end + 1), to);
      findings.put(Field.SOURCE_IP, b, Math.min(to, end + 1), second);
    }
    start = Math.min(to, end + 1);
    end = cell(b, start, to);
    if (plain && end > start) {
      byte[] key = TrafficWords.CLIENT_NAME;
      findings.extra(key, 0, key.length, b, start, end);
    }
    start = Math.min(to, end + 1);
    end = cell(b, start, to);
    if (TrafficWords.bareMac(b, start, end) || TrafficWords.mac(b, start, end)) {
      findings.put(Field.SOURCE_MAC, b, start, end);
    }
    return true;
  }

  private static int cell(byte[] b, int from, int to) {
    int end = Ascii.indexOf(b, from, to, ',');
    return end < 0 ? to : end;
  }

  /** {@code 11/22/26,14:03:11} as a stamp that is read with the zone of the sender. */
  private void time(byte[] b, int at) {
    if (findings.claimed()) {
      return;
    }
    Event e = findings.event();
    int start = e.reserve(19);
    byte[] out = e.scratch();
    out[start] = '2';
    out[start + 1] = '0';
    out[start + 2] = b[at + 6];
    out[start + 3] = b[at + 7];
    out[start + 4] = '-';
    out[start + 5] = b[at];
    out[start + 6] = b[at + 1];
    out[start + 7] = '-';
    out[start + 8] = b[at + 3];
    out[start + 9] = b[at + 4];
    out[start + 10] = ' ';
    System.arraycopy(b, at + 9, out, start + 11, 8);
    if (findings.scanStamp(out, start, start + 19) == start + 19) {
      findings.claim(findings.stamp.millis());
    }
    e.trim(start);
  }
}
