package tr.emanet.parse;

import tr.emanet.event.Event;
import tr.emanet.event.Field;

/**
 * Reads the header and structured data of RFC 5424 (section 6), after the PRI. Lenient where
 * senders are: any stamp that {@link Stamp} knows, names of any length, an unreadable stamp counts
 * as nil. What cannot be this format is left to {@link Rfc3164Header}. One thread only.
 */
final class Rfc5424Header {

  private static final byte[] BOM = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  /** What may stand in an SD-NAME; wider than the standard, without its delimiters. */
  private static final boolean[] NAME = new boolean[256];

  static {
    for (int c = 0; c < 256; c++) {
      NAME[c] = " =]\"".indexOf(c) < 0;
    }
  }

  private final Findings findings;
  private final WindowsData windows;

  private int hostFrom;
  private int hostTo;
  private int appFrom;
  private int appTo;
  private int procFrom;
  private int procTo;
  private int idFrom;
  private int idTo;
  private int cursor;

  /** Five indices a parameter; further ones are not kept. */
  private final int[] marks = new int[Event.MAX_EXTRAS * 5];

  private int marked;

  Rfc5424Header(Findings findings, WindowsData windows) {
    this.findings = findings;
    this.windows = windows;
  }

  /**
   * Reads {@code VERSION SP TIMESTAMP SP ...} at {@code i}.
   *
   * @return index of the message (the end when there is none), or -1 when this is not RFC 5424
   */
  int parse(byte[] b, int i, int to) {
    int at = Ascii.digitsEnd(b, i, Math.min(to, i + 4));
    if (at == i || at - i > 3 || at >= to || b[at] != ' ' || b[i] == '0') {
      return -1;
    }
    return parseFields(b, at + 1, to, false);
  }

  /**
   * The same without version, as some relays write it; stricter, because anything may come here.
   */
  int parseWithoutVersion(byte[] b, int i, int to) {
    return parseFields(b, i, to, true);
  }

  private int parseFields(byte[] b, int i, int to, boolean strict) {
    int end = Ascii.tokenEnd(b, i, to);
    boolean stamped = false;
    if (end - i != 1 || b[i] != '-') {
      stamped = findings.scanStamp(b, i, end) == end;
      if (strict && !stamped) {
        return -1;
      }
    }
    int stampEnd = end;
    cursor = end;
    hostFrom = next(b, to);
    hostTo = cursor;
    appFrom = next(b, to);
    appTo = cursor;
    procFrom = next(b, to);
    procTo = cursor;
    idFrom = next(b, to);
    idTo = cursor;
    if (idFrom == idTo) {
      return -1;
    }
    if (strict && !nil(b, procFrom, procTo) && !Ascii.allDigits(b, procFrom, procTo)) {
      return -1;
    }
    int sd = cursor + 1;
    int message;
    if (sd >= to) {
      return -1;
    }
    if (b[sd] == '-' && (sd + 1 == to || b[sd + 1] == ' ')) {
      message = Math.min(to, sd + 2);
    } else if (b[sd] == '[') {
      int sdEnd = elementsEnd(b, sd, to);
      if (sdEnd < 0) {
        return -1;
      }
      message = Math.min(to, sdEnd + 1);
      publish(b);
      params(b);
      return finish(b, message, to, stamped, stampEnd);
    } else {
      return -1;
    }
    publish(b);
    return finish(b, message, to, stamped, stampEnd);
  }

  private int finish(byte[] b, int message, int to, boolean stamped, int stampEnd) {
    if (stamped) {
      findings.claim(findings.stamp.millis());
    }
    findings.event().setTermsFrom(Math.min(to, stampEnd + 1));
    return Ascii.startsWith(b, message, to, BOM) ? message + 3 : message;
  }

  /** Moves to the token after the single space at the cursor; empty when there is none. */
  private int next(byte[] b, int to) {
    if (cursor >= to) {
      return cursor;
    }
    int from = cursor + 1;
    cursor = Ascii.tokenEnd(b, from, to);
    return from;
  }

  private static boolean nil(byte[] b, int from, int to) {
    return to - from == 1 && b[from] == '-';
  }

  private void publish(byte[] b) {
    Event e = findings.event();
    if (!nil(b, hostFrom, hostTo)) {
      e.set(Field.HOST_NAME, b, hostFrom, hostTo);
    }
    if (!nil(b, appFrom, appTo)) {
      e.set(Field.PROCESS_NAME, b, appFrom, appTo);
    }
    if (!nil(b, procFrom, procTo)) {
      e.setNumber(Field.PROCESS_PID, b, procFrom, procTo);
    }
    if (!nil(b, idFrom, idTo)) {
      e.set(Field.SYSLOG_MSGID, b, idFrom, idTo);
    }
  }

  /**
   * Walks the elements and remembers where the parameters are.
   *
   * @return index after the last {@code ]}, which a space or the end follows, or -1 when malformed
   */
  private int elementsEnd(byte[] b, int i, int to) {
    marked = 0;
    int at = i;
    while (at < to && b[at] == '[') {
      int idStart = at + 1;
      at = nameEnd(b, idStart, to);
      int idEnd = at;
      while (at >= 0 && at < to && b[at] == ' ') {
        at = Ascii.skipBlanks(b, at, to);
        if (at < to && b[at] == ']') {
          break;
        }
        int nameStart = at;
        at = nameEnd(b, at, to);
        if (at < 0 || at + 1 >= to || b[at] != '=' || b[at + 1] != '"') {
          return -1;
        }
        int valueEnd = Ascii.quoteEnd(b, at + 2, to);
        if (valueEnd < 0) {
          return -1;
        }
        mark(idStart, idEnd, nameStart, at, valueEnd);
        at = valueEnd + 1;
      }
      if (at < 0 || at >= to || b[at] != ']') {
        return -1;
      }
      at++;
    }
    return at == to || b[at] == ' ' ? at : -1;
  }

  private void mark(int idFrom, int idTo, int nameFrom, int nameTo, int valueTo) {
    if (marked < marks.length) {
      marks[marked] = idFrom;
      marks[marked + 1] = idTo;
      marks[marked + 2] = nameFrom;
      marks[marked + 3] = nameTo;
      marks[marked + 4] = valueTo;
      marked += 5;
    }
  }

  /** The index after an SD-NAME, or -1 when it is empty or runs to the end. */
  private static int nameEnd(byte[] b, int i, int to) {
    int at = i;
    while (at < to && NAME[b[at] & 255]) {
      at++;
    }
    return at == i || at == to ? -1 : at;
  }

  /** Publishes the parameters that {@link #elementsEnd} has marked. */
  private void params(byte[] b) {
    windows.begin();
    for (int k = 0; k < marked; k += 5) {
      int nameTo = marks[k + 3];
      param(b, marks[k], marks[k + 1], marks[k + 2], nameTo, nameTo + 2, marks[k + 4]);
    }
    windows.finish();
  }

  private void param(byte[] b, int idFrom, int idTo, int nameFrom, int nameTo, int from, int to) {
    byte[] v = b;
    int vf = from;
    int vt = to;
    if (Ascii.indexOf(b, from, to, '\\') >= 0) {
      vf = findings.event().reserve(to - from);
      v = findings.event().scratch();
      vt = unescape(b, from, to, v, vf);
      findings.event().trim(vt);
    }
    if (!windows.accept(b, nameFrom, nameTo, v, vf, vt)) {
      findings.extra(b, idFrom, idTo, b, nameFrom, nameTo, v, vf, vt);
    }
  }

  /** Only {@code \"}, {@code \\} and {@code \]} are escapes; other backslashes stay. */
  private static int unescape(byte[] b, int from, int to, byte[] out, int at) {
    int o = at;
    for (int i = from; i < to; i++) {
      if (b[i] == '\\' && i + 1 < to) {
        int c = b[i + 1];
        if (c == '"' || c == '\\' || c == ']') {
          i++;
        }
      }
      out[o++] = b[i];
    }
    return o;
  }
}
