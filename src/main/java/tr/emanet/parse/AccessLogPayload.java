package tr.emanet.parse;

import tr.emanet.event.Event;
import tr.emanet.event.Field;

/**
 * Extracts access-log lines of nginx and Apache in the common and combined formats: {@code
 * 192.0.2.1 - ayse [29/Sep/2021:14:11:34 +0200] "GET /a?b HTTP/1.1" 200 17 "ref" "agent"}. One
 * thread only.
 */
final class AccessLogPayload {

  private static final byte[] DATASET = Ascii.of("http.access");
  private static final byte[] BODY_BYTES = Ascii.of("http.response.body.bytes");
  private static final byte[] REFERRER = Ascii.of("http.request.referrer");
  private static final byte[] VERSION = Ascii.of("http.version");
  private static final byte[] HTTP = Ascii.of(" HTTP/");

  private static final boolean[] ADDRESS = new boolean[256];

  static {
    for (int c = 0; c < 256; c++) {
      ADDRESS[c] = "0123456789abcdefABCDEF.:".indexOf(c) >= 0;
    }
  }

  private final Findings findings;
  private final Mapping url = Mapping.as(Mapping.Meaning.URL);

  AccessLogPayload(Findings findings) {
    this.findings = findings;
  }

  /** Whether the first word could be an address that two more words and a bracket follow. */
  static boolean likely(byte[] b, int from, int to) {
    int i = from;
    int end = Math.min(to, from + 160);
    while (i < end && ADDRESS[b[i] & 255]) {
      i++;
    }
    if (i - from < 2 || i >= end || b[i] != ' ') {
      return false;
    }
    int blanks = 0;
    while (i < end && b[i] != '[') {
      blanks += b[i] == ' ' ? 1 : 0;
      i++;
    }
    return i < end && blanks >= 3 && b[i - 1] == ' ' && i + 3 < end && b[i + 3] == '/';
  }

  /** Extracts the line; false when it is not of this form. */
  boolean parse(byte[] b, int from, int to) {
    Event e = findings.event();
    int address = Ascii.tokenEnd(b, from, to);
    int identity = Ascii.tokenEnd(b, Math.min(to, address + 1), to);
    int open = Ascii.indexOf(b, identity, to, '[');
    int close = open < 0 ? -1 : Ascii.indexOf(b, open, Math.min(to, open + 48), ']');
    if (close < 0 || close + 2 >= to || b[close + 1] != ' ' || b[close + 2] != '"') {
      return false;
    }
    int request = close + 3;
    int requestEnd = Ascii.quoteEnd(b, request, to);
    if (requestEnd < 0) {
      return false;
    }
    int status = Ascii.skipBlanks(b, Math.min(to, requestEnd + 1), to);
    int statusEnd = Ascii.digitsEnd(b, status, to);
    boolean nil = status < to && b[status] == '-';
    if (statusEnd - status != 3 && !nil) {
      return false;
    }
    findings.put(Field.SOURCE_IP, b, from, address);
    if (identity + 1 < open - 1) {
      findings.put(Field.USER_NAME, b, identity + 1, open - 1);
    }
    if (findings.scanStamp(b, open + 1, close) == close) {
      findings.claim(findings.stamp.millis());
    }
    request(b, request, requestEnd);
    findings.put(Field.HTTP_STATUS, b, status, statusEnd);
    rest(b, nil ? status + 1 : statusEnd, to);
    e.set(Field.EVENT_DATASET, DATASET);
    e.set(Field.EVENT_CATEGORY, Words.WEB);
    if (!nil) {
      e.set(Field.EVENT_OUTCOME, b[status] < '4' ? Words.SUCCESS : Words.FAILURE);
    }
    return true;
  }

  private void request(byte[] b, int from, int to) {
    int method = Ascii.tokenEnd(b, from, to);
    if (method == to || method - from > 20 || !Ascii.letter(b[from])) {
      findings.write(url, b, from, to, b, from, to);
      return;
    }
    findings.put(Field.HTTP_METHOD, b, from, method);
    int target = Ascii.skipBlanks(b, method, to);
    int version = Ascii.lastIndexOf(b, target, to, HTTP);
    int end = version < 0 ? to : version;
    findings.write(url, b, target, end, b, target, end);
    if (version >= 0) {
      findings.extra(VERSION, 0, VERSION.length, b, version + HTTP.length, to);
    }
  }

  /** {@code SIZE "referrer" "agent"}, all of it optional. */
  private void rest(byte[] b, int from, int to) {
    int size = Ascii.skipBlanks(b, from, to);
    int sizeEnd = Ascii.tokenEnd(b, size, to);
    if (Ascii.allDigits(b, size, sizeEnd)) {
      findings.extra(BODY_BYTES, 0, BODY_BYTES.length, b, size, sizeEnd);
    }
    int referrer = Ascii.skipBlanks(b, sizeEnd, to);
    if (referrer >= to || b[referrer] != '"') {
      return;
    }
    int referrerEnd = Ascii.quoteEnd(b, referrer + 1, to);
    if (referrerEnd < 0) {
      return;
    }
    if (referrerEnd - referrer > 2) {
      findings.extra(REFERRER, 0, REFERRER.length, b, referrer + 1, referrerEnd);
    }
    int agent = Ascii.skipBlanks(b, referrerEnd + 1, to);
    int agentEnd = agent < to && b[agent] == '"' ? Ascii.quoteEnd(b, agent + 1, to) : -1;
    if (agentEnd > 0) {
      findings.put(Field.USER_AGENT, b, agent + 1, agentEnd);
    }
  }
}
