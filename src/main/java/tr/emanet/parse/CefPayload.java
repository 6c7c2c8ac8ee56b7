package tr.emanet.parse;

import static java.util.Map.entry;
import static tr.emanet.parse.Mapping.as;
import static tr.emanet.parse.Mapping.to;

import java.util.Map;
import tr.emanet.event.Event;
import tr.emanet.event.Field;
import tr.emanet.parse.Mapping.Meaning;

/**
 * Extracts ArcSight's Common Event Format, version 0 and 1: seven header fields parted by {@code
 * |}, then {@code key=value} pairs whose values run to the next key. Escapes: {@code \|} and {@code
 * \\} in the header, {@code \=}, {@code \\}, {@code \n}, {@code \r} in values. One thread only.
 */
final class CefPayload {

  private static final byte[] START = Ascii.of("CEF:");
  private static final byte[] VERSION = Ascii.of("cef.device.version");
  private static final byte[] NAME = Ascii.of("cef.name");
  private static final byte[] SEVERITY = Ascii.of("cef.severity");

  private static final KeyTable<Mapping> KEYS =
      new KeyTable<>(
          Map.ofEntries(
              entry("src", as(Meaning.ENDPOINT, Field.SOURCE_IP)),
              entry("spt", to(Field.SOURCE_PORT)),
              entry("dst", as(Meaning.ENDPOINT, Field.DESTINATION_IP)),
              entry("dpt", to(Field.DESTINATION_PORT)),
              entry("smac", to(Field.SOURCE_MAC)),
              entry("dmac", to(Field.DESTINATION_MAC)),
              entry("in", to(Field.SOURCE_BYTES)),
              entry("out", to(Field.DESTINATION_BYTES)),
              entry("dhost", to(Field.DESTINATION_DOMAIN)),
              entry("dvchost", to(Field.OBSERVER_NAME)),
              entry("suser", to(Field.USER_NAME)),
              entry("sntdom", to(Field.USER_DOMAIN)),
              entry("duser", to(Field.USER_TARGET_NAME)),
              entry("act", as(Meaning.ACTION)),
              entry("outcome", as(Meaning.OUTCOME)),
              entry("reason", to(Field.EVENT_REASON)),
              entry("proto", as(Meaning.TRANSPORT)),
              entry("app", to(Field.NETWORK_PROTOCOL)),
              entry("request", as(Meaning.URL)),
              entry("requestMethod", to(Field.HTTP_METHOD)),
              entry("requestClientApplication", to(Field.USER_AGENT)),
              entry("filePath", to(Field.FILE_PATH)),
              entry("fname", to(Field.FILE_PATH)),
              entry("fileHash", to(Field.FILE_SHA256)),
              entry("sproc", to(Field.PROCESS_NAME)),
              entry("rt", as(Meaning.STAMP))));

  private final Findings findings;
  private int cursor;

  CefPayload(Findings findings) {
    this.findings = findings;
  }

  static boolean begins(byte[] b, int from, int to) {
    return Ascii.startsWith(b, from, to, START);
  }

  /** Extracts the record at {@code from}; false when the header is not complete. */
  boolean parse(byte[] b, int from, int to) {
    cursor = from + START.length;
    if (next(b, to) < 0) {
      return false;
    }
    int vendorFrom = cursor;
    int vendorTo = next(b, to);
    int productFrom = cursor;
    int productTo = next(b, to);
    int versionFrom = cursor;
    int versionTo = next(b, to);
    int classFrom = cursor;
    int classTo = next(b, to);
    int nameFrom = cursor;
    int nameTo = next(b, to);
    if (vendorTo < 0 || productTo < 0 || versionTo < 0 || classTo < 0 || nameTo < 0) {
      return false;
    }
    int severityFrom = cursor;
    int severityTo = next(b, to);
    if (severityTo < 0) {
      severityTo = to;
      cursor = to;
    }
    core(Field.OBSERVER_VENDOR, b, vendorFrom, vendorTo);
    core(Field.OBSERVER_PRODUCT, b, productFrom, productTo);
    core(Field.EVENT_CODE, b, classFrom, classTo);
    findings.extra(VERSION, 0, VERSION.length, b, versionFrom, versionTo);
    extra(NAME, b, nameFrom, nameTo);
    findings.extra(SEVERITY, 0, SEVERITY.length, b, severityFrom, severityTo);
    pairs(b, cursor, to);
    return true;
  }

  /** Moves the cursor after the next bar that is not escaped; returns the bar's index, or -1. */
  private int next(byte[] b, int to) {
    int i = cursor;
    while (i < to) {
      if (b[i] == '|') {
        cursor = i + 1;
        return i;
      }
      i += b[i] == '\\' ? 2 : 1;
    }
    return -1;
  }

  private void core(Field field, byte[] b, int from, int to) {
    if (Ascii.indexOf(b, from, to, '\\') < 0) {
      findings.event().set(field, b, from, to);
      return;
    }
    int at = findings.event().reserve(to - from);
    byte[] out = findings.event().scratch();
    int end = unescape(b, from, to, out, at);
    findings.event().trim(end);
    findings.event().set(field, out, at, end);
  }

  private void extra(byte[] key, byte[] b, int from, int to) {
    int at = findings.event().reserve(to - from);
    byte[] out = findings.event().scratch();
    int end = unescape(b, from, to, out, at);
    findings.event().trim(end);
    findings.extra(key, 0, key.length, out, at, end);
  }

  private void pairs(byte[] b, int from, int to) {
    int keyFrom = -1;
    int keyTo = -1;
    int i = from;
    while (true) {
      int equals = i;
      while (equals < to && b[equals] != '=') {
        equals += b[equals] == '\\' ? 2 : 1;
      }
      if (equals >= to) {
        break;
      }
      int start = equals;
      while (start > i && keyChar(b[start - 1])) {
        start--;
      }
      boolean key = start < equals && (start == from || Ascii.blank(b[start - 1]));
      if (key) {
        if (keyFrom >= 0) {
          emit(b, keyFrom, keyTo, start - 1);
        }
        keyFrom = start;
        keyTo = equals;
      }
      i = equals + 1;
    }
    if (keyFrom >= 0) {
      emit(b, keyFrom, keyTo, to);
    }
  }

  private static boolean keyChar(int c) {
    return Ascii.letter(c) || Ascii.digit(c) || c == '_' || c == '.' || c == '-';
  }

  private void emit(byte[] b, int keyFrom, int keyTo, int end) {
    int from = keyTo + 1;
    int to = end;
    while (to > from && Ascii.blank(b[to - 1])) {
      to--;
    }
    if (to <= from) {
      return;
    }
    byte[] v = b;
    if (Ascii.indexOf(b, from, to, '\\') >= 0) {
      Event e = findings.event();
      int at = e.reserve(to - from);
      v = e.scratch();
      to = unescape(b, from, to, v, at);
      from = at;
      e.trim(to);
    }
    Mapping mapping = KEYS.find(b, keyFrom, keyTo);
    if (mapping == null) {
      findings.extra(b, keyFrom, keyTo, v, from, to);
    } else {
      findings.write(mapping, b, keyFrom, keyTo, v, from, to);
    }
  }

  private static int unescape(byte[] b, int from, int to, byte[] out, int at) {
    int o = at;
    for (int i = from; i < to; i++) {
      int c = b[i];
      if (c == '\\' && i + 1 < to) {
        int next = b[i + 1];
        if (next == '=' || next == '|' || next == '\\') {
          c = next;
          i++;
        } else if (next == 'n' || next == 'r') {
          c = next == 'n' ? '\n' : '\r';
          i++;
        }
      }
      out[o++] = (byte) c;
    }
    return o;
  }
}
