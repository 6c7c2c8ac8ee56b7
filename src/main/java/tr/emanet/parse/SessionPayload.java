package tr.emanet.parse;

import static java.util.Map.entry;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tr.emanet.event.Event;
import tr.emanet.event.Field;

/**
 * Extracts who began and ended a session at a hotspot: pfSense's captive portal ({@code Zone: guest
 * - ACCEPT: ayse, 00:11:22:33:44:55, 10.5.0.9}) and RouterOS ({@code ayse (10.5.50.2): logged in}).
 * One thread only.
 */
final class SessionPayload {

  private static final byte[] PORTAL = Ascii.of("pfsense.captiveportal");
  private static final byte[] HOTSPOT = Ascii.of("mikrotik.hotspot");
  private static final byte[] ZONE = Ascii.of("Zone: ");
  private static final byte[] DASH = Ascii.of(" - ");
  private static final byte[] LOGGED_IN = Ascii.of("logged in");
  private static final byte[] LOGGED_OUT = Ascii.of("logged out");
  private static final byte[] LOGIN_FAILED = Ascii.of("login failed");
  private static final byte[] ARROW = Ascii.of("->: ");
  private static final byte[] UNAUTHENTICATED = Ascii.of("unauthenticated");

  private static final KeyTable<byte[]> VERBS =
      new KeyTable<>(
          Map.ofEntries(
              entry("ACCEPT", TrafficWords.SESSION_START),
              entry("LOGIN", TrafficWords.SESSION_START),
              entry("USER LOGIN", TrafficWords.SESSION_START),
              entry("VOUCHER LOGIN GOOD", TrafficWords.SESSION_START),
              entry("MACHINE LOGIN", TrafficWords.SESSION_START),
              entry("CONCURRENT LOGIN - REUSING OLD SESSION", TrafficWords.SESSION_UPDATE),
              entry("CONCURRENT LOGIN - REUSING IP", TrafficWords.SESSION_UPDATE),
              entry("CONCURRENT LOGIN - TERMINATING OLD SESSION", TrafficWords.SESSION_END),
              entry("DISCONNECT", TrafficWords.SESSION_END),
              entry("LOGOUT", TrafficWords.SESSION_END),
              entry("TIMEOUT", TrafficWords.SESSION_END),
              entry("SESSION TIMEOUT", TrafficWords.SESSION_END),
              entry("IDLE TIMEOUT", TrafficWords.SESSION_END),
              entry("QUOTA EXCEEDED", TrafficWords.SESSION_END),
              entry("FAILURE", TrafficWords.SESSION_REFUSED),
              entry("ERROR", TrafficWords.SESSION_REFUSED)));

  private final Findings findings;

  SessionPayload(Findings findings) {
    this.findings = findings;
  }

  /** A line of {@code logportalauth}; false when its verb is none of a session. */
  boolean portal(byte[] b, int start, int to) {
    int from = start;
    if (Ascii.startsWith(b, from, to, ZONE)) {
      int dash = Ascii.indexOf(b, from, Math.min(to, from + 128), DASH);
      if (dash < 0) {
        return false;
      }
      from = dash + DASH.length;
    }
    int colon = Ascii.indexOf(b, from, Math.min(to, from + 64), ':');
    byte[] action = colon < 0 ? null : VERBS.find(b, from, colon);
    if (action == null) {
      return false;
    }
    if (from > start) {
      byte[] key = TrafficWords.ZONE;
      findings.extra(key, 0, key.length, b, start + ZONE.length, from - DASH.length);
    }
    int at = Ascii.skipBlanks(b, colon + 1, to);
    int comma = cell(b, at, to);
    if (comma > at && !Ascii.is(b, at, comma, UNAUTHENTICATED)) {
      findings.put(Field.USER_NAME, b, at, comma);
    }
    for (int cell = 0; cell < 3 && comma < to; cell++) {
      at = Ascii.skipBlanks(b, comma + 1, to);
      comma = cell(b, at, to);
      if (TrafficWords.mac(b, at, comma)) {
        findings.put(Field.SOURCE_MAC, b, at, comma);
      } else if (!findings.event().has(Field.SOURCE_IP)
          && !findings.put(Field.SOURCE_IP, b, at, comma)
          && cell == 2) {
        findings.put(Field.EVENT_REASON, b, at, comma);
      }
    }
    return done(PORTAL, action);
  }

  private static int cell(byte[] b, int from, int to) {
    int end = Ascii.indexOf(b, from, to, ',');
    return end < 0 ? to : end;
  }

  /** {@code [->: ]user (address): what}; RouterOS writes the arrow before what the user does. */
  boolean hotspot(byte[] b, int start, int to) {
    int from = Ascii.startsWith(b, start, to, ARROW) ? start + ARROW.length : start;
    int open = Ascii.indexOf(b, from, Math.min(to, from + 256), '(');
    int close = open < 0 ? -1 : Ascii.indexOf(b, open, Math.min(to, open + 48), ')');
    if (close < 0 || close + 2 >= to || b[close + 1] != ':') {
      return false;
    }
    int words = Ascii.skipBlanks(b, close + 2, to);
    byte[] action = hotspotAction(b, words, to);
    Event e = findings.event();
    if (action == null || !e.setIp(Field.SOURCE_IP, b, open + 1, close)) {
      return false;
    }
    int end = open;
    while (end > from && Ascii.blank(b[end - 1])) {
      end--;
    }
    if (end > from) {
      findings.put(Field.USER_NAME, b, from, end);
    }
    // Somebody who logs in by MAC is called by it; a trial is T- and the MAC.
    int mac = end - 17;
    if (mac >= from && TrafficWords.mac(b, mac, end)) {
      findings.put(Field.SOURCE_MAC, b, mac, end);
    }
    int colon = Ascii.indexOf(b, words, to, ':');
    if (colon > 0) {
      int reason = Ascii.skipBlanks(b, colon + 1, to);
      findings.put(Field.EVENT_REASON, b, reason, to);
    }
    return done(HOTSPOT, action);
  }

  private static byte @Nullable [] hotspotAction(byte[] b, int from, int to) {
    if (Ascii.startsWith(b, from, to, LOGGED_IN)) {
      return TrafficWords.SESSION_START;
    }
    if (Ascii.startsWith(b, from, to, LOGGED_OUT)) {
      return TrafficWords.SESSION_END;
    }
    return Ascii.startsWith(b, from, to, LOGIN_FAILED) ? TrafficWords.SESSION_REFUSED : null;
  }

  @SuppressWarnings("ReferenceEquality") // constants
  private boolean done(byte[] dataset, byte[] action) {
    Event e = findings.event();
    e.set(Field.EVENT_DATASET, dataset);
    e.set(
        Field.EVENT_CATEGORY,
        action == TrafficWords.SESSION_START || action == TrafficWords.SESSION_REFUSED
            ? Words.AUTHENTICATION
            : Words.SESSION);
    e.set(Field.EVENT_ACTION, action);
    e.set(
        Field.EVENT_OUTCOME,
        action == TrafficWords.SESSION_REFUSED ? Words.FAILURE : Words.SUCCESS);
    return true;
  }
}
