package tr.emanet.parse;

import static java.util.Map.entry;
import static tr.emanet.parse.Mapping.as;
import static tr.emanet.parse.Mapping.override;
import static tr.emanet.parse.Mapping.to;

import java.util.HashMap;
import java.util.Map;
import tr.emanet.event.Event;
import tr.emanet.event.Field;
import tr.emanet.event.FieldType;
import tr.emanet.parse.Mapping.Meaning;

/**
 * Extracts a JSON object (RFC 8259) without building a tree and without recursion: nested names are
 * joined by dots, at most {@value #MAX_DEPTH} levels; a list of plain values is one value as it
 * stands, the objects of a list are read one after the other under the list's name. Lenient: what
 * was read before the object breaks off stays. One thread only.
 */
final class JsonPayload {

  static final int MAX_DEPTH = 32;

  private static final int MAX_PATH = 256;
  private static final KeyTable<Mapping> KEYS = new KeyTable<>(keys());
  private static final byte[] NULL = Ascii.of("null");

  /** Keys whose value is the reading of a sensor. */
  private static final KeyTable<Boolean> READINGS =
      new KeyTable<>(
          Map.ofEntries(
              entry("value", true),
              entry("val", true),
              entry("reading", true),
              entry("state", true),
              entry("temperature", true),
              entry("temp", true),
              entry("humidity", true),
              entry("pressure", true),
              entry("flow", true),
              entry("level", true),
              entry("door", true),
              entry("contact", true),
              entry("motion", true),
              entry("power", true),
              entry("voltage", true),
              entry("co2", true)));

  private final Findings findings;
  private final WindowsData windows;
  private final byte[] path = new byte[MAX_PATH];
  private final int[] pathEnds = new int[MAX_DEPTH + 1];
  private final boolean[] lists = new boolean[MAX_DEPTH + 1];
  private int depth;
  private int pairs;
  private boolean sensor;
  private int keyFrom;
  private int keyTo;

  JsonPayload(Findings findings, WindowsData windows) {
    this.findings = findings;
    this.windows = windows;
  }

  /** Whether a sender may set this field by its ECS name. */
  static boolean settable(Field field) {
    return field.type() != FieldType.DATE
        && field != Field.EVENT_KIND
        && field != Field.EVENT_DATASET
        && field != Field.SYSLOG_FACILITY
        && field != Field.SYSLOG_SEVERITY
        && field != Field.MQTT_TOPIC
        && !field.ecsName().startsWith("emanet.");
  }

  private static Map<String, Mapping> keys() {
    Map<String, Mapping> keys = new HashMap<>();
    for (Field field : Field.values()) {
      if (settable(field)) {
        keys.put(field.ecsName(), to(field));
      }
    }
    keys.putAll(
        Map.ofEntries(
            entry("message", override(Field.MESSAGE)),
            entry("@timestamp", as(Meaning.STAMP)),
            entry("timestamp", as(Meaning.STAMP)),
            entry("time", as(Meaning.STAMP)),
            entry("ts", as(Meaning.STAMP)),
            entry("eventtime", as(Meaning.STAMP)),
            entry("log.level", as(Meaning.LEVEL)),
            entry("level", as(Meaning.LEVEL)),
            entry("severity", as(Meaning.LEVEL)),
            entry("event.outcome", as(Meaning.OUTCOME)),
            entry("action", as(Meaning.ACTION)),
            entry("network.transport", as(Meaning.TRANSPORT)),
            entry("proto", as(Meaning.TRANSPORT)),
            entry("src_ip", to(Field.SOURCE_IP)),
            entry("srcip", to(Field.SOURCE_IP)),
            entry("source_ip", to(Field.SOURCE_IP)),
            entry("client_ip", to(Field.SOURCE_IP)),
            entry("remote_addr", to(Field.SOURCE_IP)),
            entry("src_port", to(Field.SOURCE_PORT)),
            entry("dest_ip", to(Field.DESTINATION_IP)),
            entry("dst_ip", to(Field.DESTINATION_IP)),
            entry("dstip", to(Field.DESTINATION_IP)),
            entry("dest_port", to(Field.DESTINATION_PORT)),
            entry("dst_port", to(Field.DESTINATION_PORT)),
            entry("user", to(Field.USER_NAME)),
            entry("username", to(Field.USER_NAME)),
            entry("hostname", to(Field.HOST_NAME))));
    keys.put("method", to(Field.HTTP_METHOD));
    keys.put("request_method", to(Field.HTTP_METHOD));
    keys.put("user_agent", to(Field.USER_AGENT));
    keys.put("http_user_agent", to(Field.USER_AGENT));
    keys.put("url", as(Meaning.URL));
    keys.put("request_uri", as(Meaning.URL));
    keys.put("url.original", as(Meaning.URL));
    return keys;
  }

  /**
   * Extracts the object that begins at {@code from}.
   *
   * @param fromSensor whether a reading becomes {@code sensor.value}
   * @return false when there was not a single pair in it and it is not an empty object
   */
  boolean parse(byte[] b, int from, int to, boolean fromSensor) {
    depth = 0;
    pairs = 0;
    sensor = fromSensor;
    pathEnds[0] = 0;
    lists[0] = false;
    windows.begin();
    boolean complete = walk(b, from + 1, to);
    windows.finish();
    return complete || pairs > 0;
  }

  /** Returns whether the outermost object was closed and nothing but white space follows. */
  private boolean walk(byte[] b, int from, int to) {
    int i = from;
    while (true) {
      i = skipSpace(b, i, to);
      if (i >= to) {
        return false;
      }
      int c = b[i];
      if (c == ',') {
        i++;
      } else if (c == (lists[depth] ? ']' : '}')) {
        i++;
        if (depth == 0) {
          return skipSpace(b, i, to) == to;
        }
        depth--;
      } else {
        if (!lists[depth]) {
          i = key(b, i, to);
          if (i < 0) {
            return false;
          }
        } else {
          keyFrom = 0;
          keyTo = 0;
        }
        i = value(b, i, to);
        if (i < 0) {
          return false;
        }
      }
    }
  }

  private static int skipSpace(byte[] b, int i, int to) {
    int at = i;
    while (at < to && (b[at] == ' ' || b[at] == '\n' || b[at] == '\r' || b[at] == '\t')) {
      at++;
    }
    return at;
  }

  /** Reads a name and its colon; returns the index of the value, or -1. */
  private int key(byte[] b, int i, int to) {
    if (b[i] != '"') {
      return -1;
    }
    int end = Ascii.quoteEnd(b, i + 1, to);
    if (end < 0) {
      return -1;
    }
    keyFrom = i + 1;
    keyTo = end;
    int at = skipSpace(b, end + 1, to);
    if (at >= to || b[at] != ':') {
      return -1;
    }
    at = skipSpace(b, at + 1, to);
    return at < to ? at : -1;
  }

  /** Reads the value at {@code i}, or enters it; returns the index after what was read, or -1. */
  private int value(byte[] b, int i, int to) {
    int c = b[i];
    if (c == '"') {
      int end = Ascii.quoteEnd(b, i + 1, to);
      if (end < 0) {
        return -1;
      }
      string(b, i + 1, end);
      return end + 1;
    }
    if (c == '{') {
      return enter(b, false) ? i + 1 : -1;
    }
    if (c == '[') {
      int end = plainListEnd(b, i, to);
      if (end > 0) {
        leaf(b, b, i, end);
        return end;
      }
      return enter(b, true) ? i + 1 : -1;
    }
    int end = i;
    while (end < to && b[end] != ',' && b[end] != '}' && b[end] != ']' && b[end] > ' ') {
      end++;
    }
    if (end == i) {
      return -1;
    }
    if (!Ascii.is(b, i, end, NULL)) {
      leaf(b, b, i, end);
    }
    return end;
  }

  private boolean enter(byte[] b, boolean list) {
    if (depth == MAX_DEPTH) {
      return false;
    }
    int end = pathEnds[depth];
    if (keyTo > keyFrom) {
      int length = Math.min(keyTo - keyFrom, MAX_PATH - 1 - end);
      if (length > 0) {
        System.arraycopy(b, keyFrom, path, end, length);
        end += length;
        path[end++] = '.';
      }
    }
    depth++;
    pathEnds[depth] = end;
    lists[depth] = list;
    keyFrom = 0;
    keyTo = 0;
    return true;
  }

  /** The index after a list without objects, or -1 when there is an object in it or no end. */
  private static int plainListEnd(byte[] b, int i, int to) {
    int open = 0;
    int at = i;
    while (at < to) {
      int c = b[at];
      if (c == '"') {
        at = Ascii.quoteEnd(b, at + 1, to);
        if (at < 0) {
          return -1;
        }
      } else if (c == '{') {
        return -1;
      } else if (c == '[') {
        open++;
      } else if (c == ']') {
        open--;
        if (open == 0) {
          return at + 1;
        }
      }
      at++;
    }
    return -1;
  }

  private void string(byte[] b, int from, int to) {
    if (Ascii.indexOf(b, from, to, '\\') < 0) {
      leaf(b, b, from, to);
      return;
    }
    Event e = findings.event();
    int at = e.reserve(to - from);
    byte[] out = e.scratch();
    int end = JsonText.unescape(b, from, to, out, at);
    e.trim(end);
    leaf(b, out, at, end);
  }

  private void leaf(byte[] b, byte[] v, int from, int to) {
    pairs++;
    if (to <= from) {
      return;
    }
    byte[] k = b;
    int kf = keyFrom;
    int kt = keyTo;
    int prefix = pathEnds[depth];
    if (kt > kf && windows.accept(b, kf, kt, v, from, to)) {
      return;
    }
    if (prefix > 0) {
      int length = Math.min(kt - kf, MAX_PATH);
      Event e = findings.event();
      kf = e.reserve(prefix + length);
      k = e.scratch();
      System.arraycopy(path, 0, k, kf, prefix);
      System.arraycopy(b, keyFrom, k, kf + prefix, length);
      // Inside a list of plain values there is no key: drop the dot after the list's name.
      kt = length == 0 ? kf + prefix - 1 : kf + prefix + length;
    }
    if (sensor && !findings.event().has(Field.SENSOR_VALUE)) {
      if (READINGS.find(b, keyFrom, keyTo) != null) {
        findings.event().set(Field.SENSOR_VALUE, v, from, to);
      }
    }
    Mapping mapping = KEYS.find(k, kf, kt);
    if (mapping == null) {
      findings.extra(k, kf, kt, v, from, to);
    } else {
      findings.write(mapping, k, kf, kt, v, from, to);
    }
  }
}
