package tr.emanet.indicator.match;

import tr.emanet.event.Folding;

/**
 * Finds addresses, host names, URLs and file hashes in free text and looks them up. What counts as
 * one: a run of letters, digits, dots, hyphens and underscores, or of hexadecimal digits and at
 * least two colons. The three characters of a percent escape separate. Work is linear in the length
 * of the text. One thread only.
 */
final class TextScan {

  private static final byte WORD = 1;
  private static final byte HEX_OR_DOT = 2;
  private static final byte ENDS_URL = 4;
  private static final byte TRAILS_URL = 8;
  private static final byte[] KIND = new byte[256];

  static {
    for (int c = 0; c < 256; c++) {
      boolean digit = c >= '0' && c <= '9';
      boolean letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z' && c < 128;
      int kind = digit || letter || c == '.' || c == '-' || c == '_' || c >= 0x80 ? WORD : 0;
      kind |= digit || letter && (c | 0x20) <= 'f' || c == '.' ? HEX_OR_DOT : 0;
      kind |= c <= ' ' || c == 0x7f || "\"<>\\^`{|}".indexOf(c) >= 0 ? ENDS_URL : 0;
      kind |= ".,;:!?)]'".indexOf(c) >= 0 ? TRAILS_URL : 0;
      KIND[c] = (byte) kind;
    }
  }

  /**
   * URLs looked up an event. More stand in no honest line; without a limit a line of nothing but
   * short URLs would cost its length times the longest URL.
   */
  private static final int MOST_URLS = 256;

  private final Lookups lookups;
  private final UrlLookup urls;
  private int located;

  /** Where the current run of characters of a URL ends, kept for the further words in it. */
  private int runEnd;

  TextScan(Lookups lookups, UrlLookup urls) {
    this.lookups = lookups;
    this.urls = urls;
  }

  private static boolean is(byte b, int kind) {
    return (KIND[b & 255] & kind) != 0;
  }

  /** Begins another event. */
  void begin() {
    located = 0;
  }

  /** Looks up everything in {@code b[from, to)}. */
  void scan(byte[] b, int from, int to) {
    runEnd = -1;
    int i = from;
    int sixEnd = from;
    while (i < to) {
      int c = b[i];
      if (c == '%' && i + 2 < to && Lookups.hex(b[i + 1]) >= 0 && Lookups.hex(b[i + 2]) >= 0) {
        i += 3;
        continue;
      }
      if (c == ':' && i >= sixEnd) {
        sixEnd = six(b, i, from, to);
      }
      if (!is(b[i], WORD)) {
        i++;
        continue;
      }
      int start = i;
      int dots = 0;
      int all = 0;
      while (i < to && is(b[i], WORD)) {
        dots += b[i] == '.' ? 1 : 0;
        all |= b[i];
        i++;
      }
      if (dots > 0 || i - start >= 32) {
        word(b, start, i, to, all < 0);
      }
    }
  }

  private void observe(byte[] b, int from, int to) {
    lookups.hits.observeText(b, from, to);
  }

  private void word(byte[] b, int from, int to, int limit, boolean otherScript) {
    if (!otherScript) {
      dotted(b, from, to, limit);
      return;
    }
    // Letters of other scripts belong to names; quotation marks and dashes of print do not.
    int start = from;
    int i = from;
    while (i < to) {
      long decoded = Folding.decode(b, i, to);
      int next = i + (int) (decoded >>> 32);
      int c = (int) decoded;
      if (c >= 0x80 && !nameCharacter(c)) {
        dotted(b, start, i, limit);
        start = next;
      }
      i = next;
    }
    dotted(b, start, to, limit);
  }

  private static boolean nameCharacter(int c) {
    int type = Character.getType(c);
    return c != 0xFFFD
        && (Character.isLetterOrDigit(c)
            || type == Character.NON_SPACING_MARK
            || type == Character.COMBINING_SPACING_MARK);
  }

  private void dotted(byte[] b, int rawFrom, int rawTo, int limit) {
    int from = rawFrom;
    int to = rawTo;
    while (from < to && (b[from] == '.' || b[from] == '-')) {
      from++;
    }
    while (to > from && (b[to - 1] == '.' || b[to - 1] == '-')) {
      to--;
    }
    int last = to - 1;
    while (last >= from && b[last] != '.') {
      last--;
    }
    observe(b, from, to);
    if (last <= from) {
      lookups.fileHash(b, from, to);
      return;
    }
    if (b[last + 1] >= '0' && b[last + 1] <= '9') {
      quads(b, from, to);
    } else {
      lookups.name(b, from, to);
    }
    if (lookups.set().urls.size() > 0 && rawTo - to <= 1 && rawTo < limit) {
      located(b, from, rawTo, limit);
    }
  }

  /** An IPv4 address, or several joined by hyphens or underscores. */
  private void quads(byte[] b, int from, int to) {
    int start = from;
    for (int i = from; i <= to; i++) {
      if (i == to || b[i] == '-' || b[i] == '_') {
        if (i - start >= 7 && i - start <= 15) {
          observe(b, start, i);
          lookups.addressText(b, start, i);
        }
        start = i + 1;
      }
    }
  }

  /** {@code host[:port]/path} in text: as far as a URL goes, then without what trails it. */
  private void located(byte[] b, int from, int hostEnd, int limit) {
    int port = hostEnd;
    if (b[port] == ':') {
      port++;
      while (port < limit && b[port] >= '0' && b[port] <= '9') {
        port++;
      }
    }
    if (port >= limit || b[port] != '/' && b[port] != '?' || located >= MOST_URLS) {
      return;
    }
    located++;
    if (runEnd <= port) {
      runEnd = port;
      while (runEnd < limit && !is(b[runEnd], ENDS_URL)) {
        runEnd++;
      }
    }
    int end = runEnd;
    int cut = port;
    while (cut < end && b[cut] != ',' && b[cut] != ';' && b[cut] != '\'') {
      cut++;
    }
    observe(b, from, end);
    urls.path(b, from, hostEnd, end);
    int trimmed = end;
    while (trimmed > port && is(b[trimmed - 1], TRAILS_URL)) {
      trimmed--;
    }
    if (trimmed < end) {
      observe(b, from, trimmed);
      urls.path(b, from, hostEnd, trimmed);
    }
    if (cut < trimmed) {
      observe(b, from, cut);
      urls.path(b, from, hostEnd, cut);
    }
  }

  /** Looks up the IPv6 address around a colon; returns the end of its run of characters. */
  private int six(byte[] b, int colon, int low, int limit) {
    int from = colon;
    while (from > low && is(b[from - 1], HEX_OR_DOT)) {
      from--;
    }
    int end = colon;
    int colons = 0;
    while (end < limit && (b[end] == ':' || is(b[end], HEX_OR_DOT))) {
      colons += b[end] == ':' ? 1 : 0;
      end++;
    }
    boolean joined = from > low && is(b[from - 1], WORD);
    int to = end;
    if (b[from] == ':' && from + 1 < end && b[from + 1] != ':') {
      from++; // a colon after a word: src:2001:db8::1
      joined = false;
    }
    while (to > from && b[to - 1] == '.') {
      to--;
    }
    if (to - from > 2 && b[to - 1] == ':' && b[to - 2] != ':') {
      to--;
    }
    if (colons >= 2 && !joined && to - from <= 45 && !(end < limit && is(b[end], WORD))) {
      observe(b, from, to);
      lookups.addressText(b, from, to);
    }
    return end;
  }
}
