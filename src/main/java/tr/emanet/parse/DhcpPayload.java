package tr.emanet.parse;

import static java.util.Map.entry;

import java.util.Map;
import tr.emanet.event.Event;
import tr.emanet.event.Field;

/**
 * Extracts who got which address from the lines of DHCP servers: ISC dhcpd ({@code DHCPACK on
 * 10.0.0.5 to 00:11:22:33:44:55 (host) via eth0}), dnsmasq ({@code DHCPACK(eth0) 10.0.0.5
 * 00:11:22:33:44:55 host}), Kea ({@code DHCP4_LEASE_ALLOC [hwtype=1 ...], cid=...: lease 10.0.0.5
 * has been allocated for 3600 seconds}) and RouterOS ({@code dhcp1 assigned 10.0.0.5 to
 * 00:11:22:33:44:55}). A word that only looks like an address or a MAC is passed over. One thread
 * only.
 */
final class DhcpPayload {

  /** Longest line of interest in words: the rest of a longer one is not looked at. */
  private static final int MAX_WORDS = 40;

  private static final byte[] DHCPD = Ascii.of("isc.dhcpd");
  private static final byte[] DNSMASQ = Ascii.of("dnsmasq.dhcp");
  private static final byte[] KEA = Ascii.of("kea.dhcp");
  private static final byte[] ROUTER_OS = Ascii.of("mikrotik.dhcp");
  private static final byte[] DHCP = Ascii.of("dhcp");
  private static final byte[] LEASE = Ascii.of("lease ");
  private static final byte[] STARTS = Ascii.of("starts ");
  private static final byte[] ENDS = Ascii.of("ends ");
  private static final byte[] ETHERNET = Ascii.of("hardware ethernet ");
  private static final byte[] CLIENT_HOST = Ascii.of("client-hostname \"");
  private static final byte[] DURATION = Ascii.of("lease-duration");
  private static final byte[] RENEWED = Ascii.of("(RENEW)");
  private static final byte[] FOR = Ascii.of("for");
  private static final byte[] SECONDS = Ascii.of("seconds");
  private static final byte[] HARDWARE = Ascii.of("hwtype=");
  private static final byte[] DUID = Ascii.of("duid=[");
  private static final byte[] WITH_DUID = Ascii.of("duid");
  private static final byte[] HOSTNAME = Ascii.of("hostname");
  private static final byte[] ENGINE = Ascii.of("ALLOC_ENGINE_V");
  private static final byte[] RECLAIM = Ascii.of("_LEASE_RECLAIM");
  private static final byte[] EXPIRED = Ascii.of("expired");

  private static final KeyTable<byte[]> VERBS =
      new KeyTable<>(
          Map.ofEntries(
              entry("DHCPACK", TrafficWords.ASSIGN),
              entry("DHCPREQUEST", TrafficWords.REQUEST),
              entry("DHCPRELEASE", TrafficWords.RELEASE),
              entry("DHCPEXPIRE", TrafficWords.EXPIRE),
              entry("DHCPDISCOVER", TrafficWords.DISCOVER),
              entry("DHCPOFFER", TrafficWords.OFFER),
              entry("DHCPNAK", TrafficWords.DENY),
              entry("DHCPDECLINE", TrafficWords.DECLINE),
              entry("DHCPINFORM", TrafficWords.INFORM),
              entry("DHCPREPLY", TrafficWords.ASSIGN),
              entry("DHCPADVERTISE", TrafficWords.OFFER),
              entry("DHCPSOLICIT", TrafficWords.DISCOVER),
              entry("DHCPRENEW", TrafficWords.REQUEST),
              entry("BOOTREPLY", TrafficWords.ASSIGN),
              entry("RELEASE", TrafficWords.RELEASE),
              entry("Reply", TrafficWords.ASSIGN),
              entry("Advertise", TrafficWords.OFFER),
              entry("Renew", TrafficWords.REQUEST),
              entry("Released", TrafficWords.RELEASE)));

  private static final KeyTable<byte[]> KEA_MESSAGES =
      new KeyTable<>(
          Map.ofEntries(
              entry("DHCP4_LEASE_ALLOC", TrafficWords.ASSIGN),
              entry("DHCP4_LEASE_REUSE", TrafficWords.RENEW),
              entry("DHCP4_LEASE_RENEW", TrafficWords.RENEW),
              entry("DHCP4_LEASE_ADVERT", TrafficWords.OFFER),
              entry("DHCP4_LEASE_OFFER", TrafficWords.OFFER),
              entry("DHCP4_RELEASE", TrafficWords.RELEASE),
              entry("DHCP4_RELEASE_DELETED", TrafficWords.RELEASE),
              entry("DHCP4_RELEASE_EXPIRED", TrafficWords.RELEASE),
              entry("DHCP4_DECLINE_LEASE", TrafficWords.DECLINE),
              entry("DHCP6_LEASE_ALLOC", TrafficWords.ASSIGN),
              entry("DHCP6_LEASE_RENEW", TrafficWords.RENEW),
              entry("DHCP6_LEASE_REUSE", TrafficWords.RENEW),
              entry("DHCP6_LEASE_ADVERT", TrafficWords.OFFER),
              entry("DHCP6_RELEASE_NA", TrafficWords.RELEASE),
              entry("DHCP6_RELEASE_NA_DELETED", TrafficWords.RELEASE),
              entry("DHCP6_RELEASE_NA_EXPIRED", TrafficWords.RELEASE)));

  private static final KeyTable<byte[]> ROUTER_OS_VERBS =
      new KeyTable<>(Map.of("assigned", TrafficWords.ASSIGN, "deassigned", TrafficWords.RELEASE));

  private final Findings findings;

  DhcpPayload(Findings findings) {
    this.findings = findings;
  }

  /** A line of ISC dhcpd; false when it tells nothing of an address. */
  boolean dhcpd(byte[] b, int from, int to) {
    if (Ascii.startsWith(b, from, to, LEASE)) {
      return leaseBlock(b, from + LEASE.length, to);
    }
    int end = wordEnd(b, from, to);
    byte[] action = VERBS.find(b, from, end);
    if (action == null) {
      return false;
    }
    words(b, end, to, false);
    return done(DHCPD, action);
  }

  /** A line of dnsmasq's DHCP server, with and without the number of {@code log-dhcp}. */
  @SuppressWarnings("ReferenceEquality") // constants
  boolean dnsmasq(byte[] b, int start, int to) {
    int from = start;
    int number = Ascii.digitsEnd(b, from, to);
    if (number > from && number < to && b[number] == ' ') {
      from = Ascii.skipBlanks(b, number, to);
    }
    int end = wordEnd(b, from, to);
    byte[] action = VERBS.find(b, from, end);
    if (action == null || end >= to || b[end] != '(') {
      return false;
    }
    // A refusal ends with its reason, which is no name.
    words(b, Ascii.tokenEnd(b, end, to), to, action != TrafficWords.DENY);
    return done(DNSMASQ, action);
  }

  /** A line of Kea; its message name is one of the first words. */
  boolean kea(byte[] b, int from, int to) {
    int i = from;
    for (int word = 0; word < 4 && i < to; word++) {
      int end = Ascii.tokenEnd(b, i, to);
      // The key table cannot tell V4 from V6 in the middle of so long a word.
      boolean reclaimed =
          Ascii.startsWith(b, i, end, ENGINE)
              && Ascii.startsWith(b, Math.max(i, end - RECLAIM.length), end, RECLAIM);
      byte[] action = reclaimed ? TrafficWords.EXPIRE : KEA_MESSAGES.find(b, i, end);
      if (action != null) {
        findings.event().set(Field.EVENT_CODE, b, i, end);
        hardware(b, end, to);
        words(b, label(b, end, to), to, false);
        return done(KEA, action);
      }
      i = Ascii.skipBlanks(b, end, to);
    }
    return false;
  }

  /** {@code dhcp1 assigned 10.0.0.5 to 00:11:22:33:44:55}; the first word is the server's name. */
  boolean routerOs(byte[] b, int from, int to) {
    int verb = Ascii.skipBlanks(b, Ascii.tokenEnd(b, from, to), to);
    int end = Ascii.tokenEnd(b, verb, to);
    byte[] action = ROUTER_OS_VERBS.find(b, verb, end);
    if (action == null) {
      return false;
    }
    words(b, end, to, true);
    return findings.event().has(Field.SOURCE_IP) && done(ROUTER_OS, action);
  }

  /** The event has the words that every lease shares. */
  private boolean done(byte[] dataset, byte[] action) {
    Event e = findings.event();
    e.set(Field.EVENT_DATASET, dataset);
    e.set(Field.EVENT_CATEGORY, Words.NETWORK);
    e.set(Field.NETWORK_PROTOCOL, DHCP);
    if (!e.has(Field.EVENT_ACTION)) {
      e.set(Field.EVENT_ACTION, action);
    }
    return true;
  }

  private static int wordEnd(byte[] b, int i, int to) {
    int at = i;
    while (at < to && Ascii.letter(b[at])) {
      at++;
    }
    return at;
  }

  /** After the label of a Kea message, which ends with a colon and a blank. */
  private static int label(byte[] b, int from, int to) {
    int i = Ascii.indexOf(b, from, to, ':');
    while (i >= 0) {
      if (i + 1 < to && b[i + 1] == ' ') {
        return i + 2;
      }
      i = Ascii.indexOf(b, i + 1, to, ':');
    }
    return from;
  }

  /** {@code [hwtype=1 08:00:27:4b:1e:01]} and {@code duid=[00:03:...]}. */
  private void hardware(byte[] b, int from, int to) {
    int type = Ascii.indexOf(b, from, to, HARDWARE);
    if (type >= 0) {
      int start = Ascii.skipBlanks(b, Ascii.tokenEnd(b, type, to), to);
      int end = Ascii.indexOf(b, start, Math.min(to, start + 20), ']');
      if (end > 0 && TrafficWords.mac(b, start, end)) {
        findings.put(Field.SOURCE_MAC, b, start, end);
      }
    }
    int duid = Ascii.indexOf(b, from, to, DUID);
    int end = duid < 0 ? -1 : Ascii.indexOf(b, duid, Math.min(to, duid + 400), ']');
    if (end > 0) {
      extra(TrafficWords.DUID, b, duid + DUID.length, end);
    }
  }

  /** Reads the words after the verb: first address, first MAC, name, length of the lease. */
  private void words(byte[] b, int from, int to, boolean plainName) {
    Event e = findings.event();
    int i = Ascii.skipBlanks(b, from, to);
    boolean named = false;
    boolean macBefore = false;
    int previous = i;
    int previousEnd = i;
    for (int word = 0; word < MAX_WORDS && i < to; word++) {
      int end = Ascii.tokenEnd(b, i, to);
      int last = b[end - 1] == ',' || b[end - 1] == ':' ? end - 1 : end;
      boolean bracketed = b[i] == '(' && b[last - 1] == ')' && last - i > 2;
      int first = bracketed ? i + 1 : i;
      int stop = bracketed ? last - 1 : last;
      boolean mac = TrafficWords.mac(b, first, stop);
      if (mac) {
        findings.put(Field.SOURCE_MAC, b, first, stop);
      } else if (macBefore && !named && (bracketed || plainName)) {
        named = true;
        name(b, first, stop);
      } else if (!bracketed && !e.has(Field.SOURCE_IP) && e.setIp(Field.SOURCE_IP, b, i, last)) {
        macBefore = false;
      } else if (Ascii.allDigits(b, i, last)) {
        seconds(b, previous, previousEnd, i, last, to);
      } else if (Ascii.is(b, i, end, RENEWED)) {
        e.set(Field.EVENT_ACTION, TrafficWords.RENEW);
      } else if (Ascii.is(b, previous, previousEnd, WITH_DUID) || duid(b, i, last)) {
        extra(TrafficWords.DUID, b, i, last);
        mac = plainName;
      }
      macBefore = mac;
      previous = i;
      previousEnd = end;
      i = Ascii.skipBlanks(b, end, to);
    }
  }

  private void name(byte[] b, int from, int to) {
    if (!Ascii.is(b, from, to, HOSTNAME) && !Ascii.is(b, from, to, EXPIRED)) {
      extra(TrafficWords.CLIENT_NAME, b, from, to);
    }
  }

  /** {@code lease-duration 3600} and {@code for 3600 seconds}. */
  private void seconds(byte[] b, int before, int beforeEnd, int from, int to, int lineEnd) {
    int next = Ascii.skipBlanks(b, to, lineEnd);
    boolean length =
        Ascii.is(b, before, beforeEnd, DURATION)
            || Ascii.is(b, before, beforeEnd, FOR) && Ascii.startsWith(b, next, lineEnd, SECONDS);
    if (length && to - from <= 10) {
      extra(TrafficWords.LEASE_SECONDS, b, from, to);
    }
  }

  /** A DHCP unique identifier (RFC 8415, section 11): more than six pairs parted by colons. */
  private static boolean duid(byte[] b, int from, int to) {
    if (to - from < 20 || to - from > 389 || (to - from) % 3 != 2) {
      return false;
    }
    for (int i = from + 2; i < to; i += 3) {
      if (b[i] != ':') {
        return false;
      }
    }
    return TrafficWords.mac(b, from, from + 17);
  }

  /** A block of {@code dhcpd.leases} that an agent sends as one line; its times are UTC. */
  private boolean leaseBlock(byte[] b, int from, int to) {
    Event e = findings.event();
    int end = Ascii.tokenEnd(b, from, to);
    int open = Ascii.skipBlanks(b, end, to);
    if (open >= to || b[open] != '{' || !e.setIp(Field.SOURCE_IP, b, from, end)) {
      e.clear(Field.SOURCE_IP);
      return false;
    }
    time(TrafficWords.LEASE_START, STARTS, b, open, to);
    time(TrafficWords.LEASE_END, ENDS, b, open, to);
    int mac = Ascii.indexOf(b, open, to, ETHERNET);
    if (mac > 0) {
      int start = mac + ETHERNET.length;
      int stop = Ascii.indexOf(b, start, Math.min(to, start + 18), ';');
      if (stop > 0 && TrafficWords.mac(b, start, stop)) {
        findings.put(Field.SOURCE_MAC, b, start, stop);
      }
    }
    int name = Ascii.indexOf(b, open, to, CLIENT_HOST);
    if (name > 0) {
      int start = name + CLIENT_HOST.length;
      int stop = Ascii.indexOf(b, start, Math.min(to, start + 256), '"');
      extra(TrafficWords.CLIENT_NAME, b, start, stop);
    }
    return done(DHCPD, TrafficWords.ASSIGN);
  }

  /** {@code starts 0 2026/11/22 10:00:00;} without the day of the week. */
  private void time(byte[] key, byte[] word, byte[] b, int from, int to) {
    int at = Ascii.indexOf(b, from, to, word);
    if (at < 0) {
      return;
    }
    int start = at + word.length;
    int stop = Ascii.indexOf(b, start, Math.min(to, start + 40), ';');
    if (stop > start + 2 && b[start + 1] == ' ') {
      extra(key, b, start + 2, stop);
    }
  }

  private void extra(byte[] key, byte[] b, int from, int to) {
    findings.extra(key, 0, key.length, b, from, to);
  }
}
