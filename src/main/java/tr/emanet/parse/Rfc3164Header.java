package tr.emanet.parse;

import tr.emanet.event.Event;
import tr.emanet.event.Field;

/**
 * Reads what senders write in the manner of RFC 3164 (section 4): stamp, host and tag, each of
 * which may be missing or odd. Cisco's sequence numbers, marks and mnemonics are known. One thread
 * only.
 *
 * <p>The rules: the word after a stamp is the host unless it looks like a tag ({@code name:} or
 * {@code name[pid]}) or like payload; without a stamp there is no host unless a tag with a process
 * id follows it.
 */
final class Rfc3164Header {

  private static final int MAX_TAG = 128;
  private static final byte[] CEF = Ascii.of("CEF:");
  private static final byte[] LEEF = Ascii.of("LEEF:");
  private static final byte[] BIND_CLIENT = Ascii.of("client ");
  private static final byte[] LAST_MESSAGE = Ascii.of("last message ");
  private static final byte[] MESSAGE_REPEATED = Ascii.of("message repeated ");

  /** What may stand in a host name or address. */
  private static final boolean[] HOST = new boolean[256];

  /** What may stand in a tag before its colon or bracket. */
  private static final boolean[] TAG = new boolean[256];

  static {
    for (int c = 33; c < 256; c++) {
      boolean word = Ascii.letter(c) && c < 128 || Ascii.digit(c) || c >= 128;
      HOST[c] = word || ".:_-/@%[]".indexOf(c) >= 0;
      TAG[c] = word || "._-/@+#$~!&*()%\\".indexOf(c) >= 0;
    }
  }

  private final Findings findings;
  private boolean stamped;
  private boolean tagged;
  private int afterTag;

  Rfc3164Header(Findings findings) {
    this.findings = findings;
  }

  /** Whether the last record had a stamp, or a tag with a process id. */
  boolean found() {
    return stamped || tagged;
  }

  /** Reads the header at {@code i}; returns the index of the message. */
  int parse(byte[] b, int i, int to) {
    Event e = findings.event();
    stamped = false;
    tagged = false;
    int at = sequenceNumbers(b, Ascii.skipBlanks(b, i, to), to);
    int end = findings.scanStamp(b, at, to);
    if (end < 0) {
      int name = ciscoHost(b, at, to);
      if (name > 0) {
        e.set(Field.HOST_NAME, b, at, name);
        at = Ascii.skipBlanks(b, name + 1, to);
        end = findings.scanStamp(b, at, to);
      }
    }
    if (end < 0 || end < to && !stampBoundary(b[end])) {
      e.setTermsFrom(at);
      return bare(b, at, to);
    }
    stamped = true;
    findings.claim(findings.stamp.millis());
    if (end < to && b[end] == ':') {
      end++;
    }
    e.setTermsFrom(end);
    at = Ascii.skipBlanks(b, end, to);
    if (!e.has(Field.HOST_NAME)) {
      at = host(b, at, to);
    }
    return tag(b, at, to);
  }

  private static boolean stampBoundary(int c) {
    return c == ' ' || c == '\t' || c == ':' || c == ',';
  }

  /** Skips {@code 123: } up to three times (Cisco's message count and sequence number). */
  private static int sequenceNumbers(byte[] b, int i, int to) {
    int at = i;
    for (int k = 0; k < 3 && at < to && Ascii.digit(b[at]); k++) {
      int end = Ascii.digitsEnd(b, at, Math.min(to, at + 12));
      if (end >= to || b[end] != ':' || end + 1 < to && b[end + 1] != ' ') {
        break;
      }
      at = Ascii.skipBlanks(b, end + 1, to);
    }
    return at;
  }

  /** {@code router1: *Oct 11 ...}: the index of the colon, else -1. */
  private int ciscoHost(byte[] b, int i, int to) {
    int end = i;
    while (end < to && end - i < 64 && HOST[b[end] & 255] && b[end] != ':') {
      end++;
    }
    if (end == i || end + 2 >= to || b[end] != ':' || b[end + 1] != ' ') {
      return -1;
    }
    int next = Ascii.skipBlanks(b, end + 1, to);
    return findings.scanStamp(b, next, to) > 0 ? end : -1;
  }

  /** The rest of a line without a stamp. */
  private int bare(byte[] b, int i, int to) {
    int message = tag(b, i, to);
    if (message != i) {
      return message;
    }
    int end = hostEnd(b, i, to);
    if (end > i && end < to) {
      int next = Ascii.skipBlanks(b, end, to);
      int after = tagWithPid(b, next, to);
      if (after > 0) {
        findings.event().set(Field.HOST_NAME, b, i, end);
        return tag(b, next, to);
      }
    }
    return i;
  }

  private static int tagWithPid(byte[] b, int i, int to) {
    int end = i;
    while (end < to && end - i < MAX_TAG && TAG[b[end] & 255]) {
      end++;
    }
    if (end == i || end >= to || b[end] != '[') {
      return -1;
    }
    int close = Ascii.digitsEnd(b, end + 1, Math.min(to, end + 12));
    boolean ends = close > end + 1 && close + 1 < to && b[close] == ']' && b[close + 1] == ':';
    return ends ? close + 2 : -1;
  }

  /** The index after a run of host characters that a blank, comma or the end follows, else -1. */
  private static int hostEnd(byte[] b, int i, int to) {
    int end = i;
    while (end < to && HOST[b[end] & 255]) {
      end++;
    }
    return end - i > 255 || end < to && !Ascii.blank(b[end]) && b[end] != ',' ? -1 : end;
  }

  private int host(byte[] b, int i, int to) {
    if (i >= to || b[i] == '%' || b[i] == ':' || b[i] == '{' || payload(b, i, to)) {
      return i;
    }
    int end = hostEnd(b, i, to);
    if (end <= i) {
      return i;
    }
    int from = i;
    int nameEnd = end;
    if (b[i] == '[' && b[end - 1] == ']') {
      from++;
      nameEnd--;
    } else if (b[end - 1] == ':') {
      int next = Ascii.skipBlanks(b, end, to);
      if (next >= to || b[next] != '%') {
        return i;
      }
      nameEnd--;
    } else if (Ascii.indexOf(b, i, end, '[') >= 0) {
      return i;
    }
    findings.event().set(Field.HOST_NAME, b, from, nameEnd);
    int next = end < to && b[end] == ',' ? end + 1 : Ascii.skipBlanks(b, end, to);
    // ASA: "host : %ASA-6-..."
    return next + 1 < to && b[next] == ':' && b[next + 1] == ' '
        ? Ascii.skipBlanks(b, next + 1, to)
        : next;
  }

  private static boolean payload(byte[] b, int i, int to) {
    return Ascii.startsWith(b, i, to, CEF)
        || Ascii.startsWith(b, i, to, LEEF)
        || Ascii.startsWith(b, i, to, BIND_CLIENT)
            && Ascii.indexOf(b, i, Math.min(to, i + 64), '#') > 0
        || Ascii.startsWith(b, i, to, LAST_MESSAGE)
        || Ascii.startsWith(b, i, to, MESSAGE_REPEATED);
  }

  /** Reads a tag at {@code i}; returns the index of the text after it, {@code i} without one. */
  private int tag(byte[] b, int i, int to) {
    if (i >= to || Ascii.startsWith(b, i, to, CEF) || Ascii.startsWith(b, i, to, LEEF)) {
      return i;
    }
    if (b[i] == '%') {
      return mnemonic(b, i, to);
    }
    int end = i;
    while (end < to && end - i < MAX_TAG && TAG[b[end] & 255]) {
      end++;
    }
    if (end == i || end >= to) {
      return i;
    }
    int c = b[end];
    boolean is =
        switch (c) {
          case ':' -> colon(b, i, end, to);
          case '[' -> bracket(b, end, to);
          case ' ' -> spaced(b, end, to);
          default -> false;
        };
    if (!is) {
      return i;
    }
    findings.event().set(Field.PROCESS_NAME, b, i, end);
    int message = Ascii.skipBlanks(b, afterTag, to);
    if (message < to && b[message] == '%') {
      mnemonic(b, message, to);
    }
    return message;
  }

  private boolean colon(byte[] b, int from, int at, int to) {
    afterTag = at + 1;
    if (afterTag >= to || Ascii.blank(b[afterTag])) {
      return !Ascii.allDigits(b, from, at);
    }
    int next = b[afterTag];
    // Not a tag: URLs, IPv6 addresses, times of day, drive letters.
    return next != '/'
        && next != ':'
        && next != '\\'
        && !Ascii.digit(next)
        && at - from > 1
        && Ascii.letter(b[from]);
  }

  private boolean bracket(byte[] b, int at, int to) {
    int close = Ascii.indexOf(b, at + 1, Math.min(to, at + 34), ']');
    if (close < 0) {
      return false;
    }
    boolean number = Ascii.allDigits(b, at + 1, close);
    boolean colon = close + 1 < to && b[close + 1] == ':';
    if (!colon && !(number && (close + 1 == to || b[close + 1] == ' '))) {
      return false;
    }
    if (number) {
      findings.event().setNumber(Field.PROCESS_PID, b, at + 1, close);
      tagged = true;
    }
    afterTag = colon ? close + 2 : close + 1;
    return true;
  }

  /** {@code name {json}}, {@code name CEF:}, {@code name -: text} and {@code name : text}. */
  private boolean spaced(byte[] b, int at, int to) {
    int next = Ascii.skipBlanks(b, at, to);
    afterTag = next;
    if (next >= to) {
      return false;
    }
    if (b[next] == '{' && next + 1 < to && (b[next + 1] == '"' || b[next + 1] == ' ')) {
      return true;
    }
    if (b[next] == '-' && next + 1 < to && b[next + 1] == ':') {
      afterTag = next + 2;
      return true;
    }
    if (b[next] == ':' && next + 1 < to && b[next + 1] == ' ') {
      afterTag = next + 1;
      return true;
    }
    return Ascii.startsWith(b, next, to, CEF) || Ascii.startsWith(b, next, to, LEEF);
  }

  /** {@code %FACILITY-SEVERITY-MNEMONIC}: kept as event code; stays part of the message. */
  private int mnemonic(byte[] b, int i, int to) {
    int end = i + 1;
    int dashes = 0;
    while (end < to
        && end - i < MAX_TAG
        && (Ascii.letter(b[end])
            || Ascii.digit(b[end])
            || b[end] == '_'
            || b[end] == '-'
            || b[end] == '/')) {
      dashes += b[end] == '-' ? 1 : 0;
      end++;
    }
    if (dashes >= 2 && end < to && (b[end] == ':' || b[end] == ' ')) {
      findings.event().set(Field.EVENT_CODE, b, i + 1, end);
      findings.event().set(Field.OBSERVER_VENDOR, Words.CISCO);
    }
    return i;
  }
}
