package tr.emanet.parse;

import tr.emanet.event.Event;
import tr.emanet.event.Field;

/**
 * Extracts Squid's native access log, whatever wrote it: {@code 1791792855.250 345 192.0.2.9
 * TCP_MISS/200 2836 GET http://example.com/ ayse HIER_DIRECT/198.51.100.1 text/html}. One thread
 * only.
 */
final class SquidPayload {

  private static final byte[] DATASET = Ascii.of("squid.access");
  private static final byte[] RESULT = Ascii.of("squid.result");
  private static final byte[] DURATION = Ascii.of("squid.duration");
  private static final byte[] HIERARCHY = Ascii.of("squid.hierarchy");
  private static final byte[] BYTES = Ascii.of("http.response.bytes");
  private static final byte[] TYPE = Ascii.of("http.response.mime_type");
  private static final byte[] CONNECT = Ascii.of("CONNECT");
  private static final int STAMP = 14;

  private final Findings findings;
  private final Mapping url = Mapping.as(Mapping.Meaning.URL);

  SquidPayload(Findings findings) {
    this.findings = findings;
  }

  /** Whether seconds, milliseconds, duration, client, and a result with a status stand here. */
  static boolean likely(byte[] b, int from, int to) {
    if (to - from < 40
        || b[from + 10] != '.'
        || !Ascii.allDigits(b, from, from + 10)
        || !Ascii.allDigits(b, from + 11, from + STAMP)) {
      return false;
    }
    int duration = Ascii.skipBlanks(b, from + STAMP, to);
    int durationEnd = Ascii.tokenEnd(b, duration, to);
    int client = Ascii.skipBlanks(b, durationEnd, to);
    int result = Ascii.skipBlanks(b, Ascii.tokenEnd(b, client, to), to);
    int slash = slash(b, result, Ascii.tokenEnd(b, result, Math.min(to, result + 64)));
    return duration > from + STAMP
        && Ascii.allDigits(b, duration, durationEnd)
        && slash > result
        && slash + 4 < to
        && Ascii.allDigits(b, slash + 1, slash + 4)
        && b[slash + 4] == ' ';
  }

  /** The last slash in a range, or -1. */
  private static int slash(byte[] b, int from, int to) {
    int i = to - 1;
    while (i >= from && b[i] != '/') {
      i--;
    }
    return i < from ? -1 : i;
  }

  /** Extracts a line that {@link #likely} accepted. */
  boolean parse(byte[] b, int from, int to) {
    Event e = findings.event();
    if (findings.scanStamp(b, from, from + STAMP) == from + STAMP) {
      findings.claim(findings.stamp.millis());
    }
    int at = Ascii.skipBlanks(b, from + STAMP, to);
    int end = Ascii.tokenEnd(b, at, to);
    findings.extra(DURATION, 0, DURATION.length, b, at, end);
    at = Ascii.skipBlanks(b, end, to);
    end = Ascii.tokenEnd(b, at, to);
    findings.put(Field.SOURCE_IP, b, at, end);
    at = Ascii.skipBlanks(b, end, to);
    end = Ascii.tokenEnd(b, at, to);
    int slash = slash(b, at, end);
    findings.extra(RESULT, 0, RESULT.length, b, at, slash);
    findings.put(Field.HTTP_STATUS, b, slash + 1, end);
    e.set(Field.EVENT_OUTCOME, b[slash + 1] < '4' ? Words.SUCCESS : Words.FAILURE);
    e.set(Field.EVENT_DATASET, DATASET);
    e.set(Field.EVENT_CATEGORY, Words.WEB);
    at = Ascii.skipBlanks(b, end, to);
    end = Ascii.tokenEnd(b, at, to);
    findings.extra(BYTES, 0, BYTES.length, b, at, end);
    request(b, end, to);
    return true;
  }

  private void request(byte[] b, int from, int to) {
    int method = Ascii.skipBlanks(b, from, to);
    int methodEnd = Ascii.tokenEnd(b, method, to);
    findings.put(Field.HTTP_METHOD, b, method, methodEnd);
    int target = Ascii.skipBlanks(b, methodEnd, to);
    int targetEnd = Ascii.tokenEnd(b, target, to);
    findings.write(url, b, target, targetEnd, b, target, targetEnd);
    if (Ascii.is(b, method, methodEnd, CONNECT)) {
      tunnel(b, target, targetEnd);
    }
    int user = Ascii.skipBlanks(b, targetEnd, to);
    int userEnd = Ascii.tokenEnd(b, user, to);
    findings.put(Field.USER_NAME, b, user, userEnd);
    int peer = Ascii.skipBlanks(b, userEnd, to);
    int peerEnd = Ascii.tokenEnd(b, peer, to);
    int slash = slash(b, peer, peerEnd);
    if (slash > peer) {
      findings.extra(HIERARCHY, 0, HIERARCHY.length, b, peer, slash);
      if (!findings.put(Field.DESTINATION_IP, b, slash + 1, peerEnd)) {
        findings.put(Field.DESTINATION_DOMAIN, b, slash + 1, peerEnd);
      }
    }
    int type = Ascii.skipBlanks(b, peerEnd, to);
    int typeEnd = Ascii.tokenEnd(b, type, to);
    if (typeEnd - type > 1) {
      findings.extra(TYPE, 0, TYPE.length, b, type, typeEnd);
    }
  }

  /** {@code host:port} of a tunnel. */
  private void tunnel(byte[] b, int from, int to) {
    int colon = to - 1;
    while (colon > from && Ascii.digit(b[colon])) {
      colon--;
    }
    if (colon > from && b[colon] == ':') {
      findings.put(Field.URL_DOMAIN, b, from, colon);
      findings.put(Field.DESTINATION_PORT, b, colon + 1, to);
    }
  }
}
