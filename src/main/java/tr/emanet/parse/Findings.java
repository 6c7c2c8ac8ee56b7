package tr.emanet.parse;

import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import tr.emanet.event.Event;
import tr.emanet.event.Field;
import tr.emanet.event.FieldType;

/**
 * Where the extractors put what they find in one record: typed core fields, extras for the rest,
 * and the claimed time. Reused; one thread only.
 *
 * <p>Senders cannot write fields that are ours: a key that would show up as {@code emanet.*},
 * {@code mqtt.*}, {@code event.ingested} and the like is kept with the prefix {@code payload.}.
 */
final class Findings {

  /** Leaves room for the few that we add ourselves. */
  private static final int MOST_EXTRAS = Event.MAX_EXTRAS - 8;

  private static final ZoneClock UTC = new ZoneClock(ZoneOffset.UTC);
  private static final byte[] PREFIX = Ascii.of("payload.");
  private static final byte[] OWN = Ascii.of("emanet.");
  private static final byte[] OWN_MQTT = Ascii.of("mqtt.");
  private static final byte[][] RESERVED = {
    Ascii.of("@timestamp"),
    Ascii.of("event.ingested"),
    Ascii.of("event.original"),
    Ascii.of("event.kind"),
    Ascii.of("event.dataset"),
    Ascii.of("log.syslog.facility.code"),
    Ascii.of("log.syslog.severity.code")
  };
  private static final byte[] FORTIGATE_ID = Ascii.of("FG");
  private static final byte[] FORTIGATE_DATASET = Ascii.of("fortinet.fortigate");
  private static final byte[] TRAFFIC = Ascii.of("traffic");
  private static final byte[] WEBFILTER = Ascii.of("webfilter");
  private static final byte[] VIRUS = Ascii.of("virus");
  private static final byte[] SCHEME_END = Ascii.of("://");
  private static final byte[] IPS = Ascii.of("ips");

  final Stamp stamp = new Stamp();
  private Event event = new Event();
  private ZoneClock clock = UTC;
  private long received;
  private boolean claimed;
  private long claimMillis;
  private byte[] dateSource = new byte[0];
  private int dateFrom;
  private int dateTo;

  void reset(Event event, ZoneClock clock) {
    this.event = event;
    this.clock = clock;
    this.received = event.ingestedMillis();
    this.claimed = false;
    this.dateTo = 0;
    this.dateFrom = 0;
  }

  Event event() {
    return event;
  }

  /** Reads a stamp; see {@link Stamp#scan}. */
  int scanStamp(byte[] b, int i, int to) {
    return stamp.scan(b, i, to, clock, received);
  }

  /** Notes the sender's time; the first claim wins (the header comes before the payload). */
  void claim(long millis) {
    if (!claimed) {
      claimed = true;
      claimMillis = millis;
    }
  }

  boolean claimed() {
    return claimed;
  }

  long claimMillis() {
    return claimMillis;
  }

  /** Puts a value where its mapping says, or under its own key when it does not fit. */
  void write(Mapping mapping, byte[] k, int kf, int kt, byte[] v, int vf, int vt) {
    if (vt <= vf) {
      return;
    }
    boolean done =
        switch (mapping.meaning()) {
          case VALUE -> put(mapping.field(), v, vf, vt);
          case OVERRIDE -> override(mapping.field(), v, vf, vt) && inLine(v);
          case ACTION -> action(v, vf, vt);
          case OUTCOME -> constant(Field.EVENT_OUTCOME, Words.OUTCOMES.find(v, vf, vt));
          case TRANSPORT -> constant(Field.NETWORK_TRANSPORT, Words.TRANSPORTS.find(v, vf, vt));
          case LEVEL -> level(v, vf, vt);
          case EPOCH, STAMP -> stamp(v, vf, vt);
          case DATE -> date(v, vf, vt);
          case TIME_OF_DAY -> timeOfDay(v, vf, vt);
          case DEVICE_ID -> deviceId(v, vf, vt);
          case LOG_TYPE -> logType(v, vf, vt);
          case ENDPOINT -> endpoint(mapping.field(), v, vf, vt);
          case MAC_PAIR -> macPair(v, vf, vt);
          case NAT_IP -> natIp(v, vf, vt);
          case NAT_PORT -> natPort(v, vf, vt);
          case ACCOUNTING -> constant(Field.EVENT_ACTION, TrafficWords.ACCOUNTING.find(v, vf, vt));
          case URL -> url(v, vf, vt);
          case DROP -> true;
        };
    if (!done) {
      extra(k, kf, kt, v, vf, vt);
    }
  }

  /** Sets a field that has no value yet; false when it has one or the value is not of its type. */
  boolean put(Field field, byte[] v, int from, int to) {
    return !event.has(field) && override(field, v, from, to);
  }

  private boolean override(Field field, byte[] v, int from, int to) {
    Event e = event;
    FieldType type = field.type();
    if (type == FieldType.IP) {
      return e.setIp(field, v, from, to);
    }
    if (type == FieldType.LONG) {
      return e.setNumber(field, v, from, to);
    }
    if (type == FieldType.DATE) {
      return false;
    }
    if (to - from == 1 && v[from] == '-' || to - from == 3 && naWord(v, from)) {
      return true;
    }
    e.set(field, v, from, to);
    return true;
  }

  /**
   * Whether a value lies in the line itself. Free text that does not (unescaped JSON) is kept as an
   * extra besides: extras outside the line are searchable, the message is only through the line.
   */
  @SuppressWarnings("ReferenceEquality") // the same array is meant
  private boolean inLine(byte[] v) {
    return v == event.text();
  }

  private static boolean naWord(byte[] v, int i) {
    return (v[i] | 0x20) == 'n' && v[i + 1] == '/' && (v[i + 2] | 0x20) == 'a';
  }

  private boolean constant(Field field, byte @Nullable [] value) {
    if (value == null || event.has(field)) {
      return false;
    }
    event.set(field, value);
    return true;
  }

  private boolean action(byte[] v, int from, int to) {
    Event e = event;
    if (e.has(Field.EVENT_ACTION)) {
      return false;
    }
    e.set(Field.EVENT_ACTION, v, from, to);
    byte[] outcome = Words.OUTCOMES.find(v, from, to);
    if (outcome != null) {
      e.set(Field.EVENT_OUTCOME, outcome);
    }
    return true;
  }

  private boolean level(byte[] v, int from, int to) {
    Integer severity = Words.LEVEL_WORDS.find(v, from, to);
    if (severity == null) {
      return false;
    }
    event.set(Field.LOG_LEVEL, Words.LEVELS[severity]);
    return true;
  }

  private boolean stamp(byte[] v, int from, int to) {
    int end = scanStamp(v, from, to);
    if (end != to) {
      return false;
    }
    claim(stamp.millis());
    return true;
  }

  private boolean date(byte[] v, int from, int to) {
    dateSource = v;
    dateFrom = from;
    dateTo = to;
    return true;
  }

  /** {@code date=2026-08-17 time=00:04:05}: one stamp when only {@code " time="} lies between. */
  @SuppressWarnings("ReferenceEquality") // the same array: date and time of one line
  private boolean timeOfDay(byte[] v, int from, int to) {
    if (claimed || dateTo <= dateFrom || dateSource != v) {
      return true;
    }
    int length = dateTo - dateFrom;
    int at = event.reserve(length + 1 + to - from);
    byte[] out = event.scratch();
    System.arraycopy(v, dateFrom, out, at, length);
    out[at + length] = ' ';
    System.arraycopy(v, from, out, at + length + 1, to - from);
    int end = at + length + 1 + to - from;
    if (scanStamp(out, at, end) == end) {
      claim(stamp.millis());
    }
    event.trim(at);
    return true;
  }

  private boolean deviceId(byte[] v, int from, int to) {
    if (Ascii.startsWith(v, from, to, FORTIGATE_ID)) {
      Event e = event;
      e.set(Field.OBSERVER_VENDOR, Words.FORTINET);
      e.set(Field.OBSERVER_PRODUCT, Words.FORTIGATE);
      e.set(Field.OBSERVER_TYPE, Words.FIREWALL);
      e.set(Field.EVENT_DATASET, FORTIGATE_DATASET);
    }
    return false;
  }

  private boolean logType(byte[] v, int from, int to) {
    if (Ascii.isAnyCase(v, from, to, TRAFFIC)) {
      constant(Field.EVENT_CATEGORY, Words.NETWORK);
    } else if (Ascii.isAnyCase(v, from, to, WEBFILTER)) {
      constant(Field.EVENT_CATEGORY, Words.WEB);
    } else if (Ascii.isAnyCase(v, from, to, VIRUS)) {
      constant(Field.EVENT_CATEGORY, Words.MALWARE);
    } else if (Ascii.isAnyCase(v, from, to, IPS)) {
      constant(Field.EVENT_CATEGORY, Words.INTRUSION);
    }
    return false;
  }

  /** {@code 10.0.0.1:80} into an address field and the port field that follows it. */
  private boolean endpoint(Field field, byte[] v, int from, int to) {
    if (put(field, v, from, to)) {
      return true;
    }
    int colon = to - 1;
    while (colon > from && v[colon] != ':') {
      colon--;
    }
    if (colon <= from || event.has(field) || !event.setIp(field, v, from, colon)) {
      return false;
    }
    put(field == Field.SOURCE_IP ? Field.SOURCE_PORT : Field.DESTINATION_PORT, v, colon + 1, to);
    return true;
  }

  /** Netfilter's {@code MAC=}: destination, source and type in one. */
  private boolean macPair(byte[] v, int from, int to) {
    if (to - from < 35) {
      return false;
    }
    return put(Field.DESTINATION_MAC, v, from, from + 17)
        && put(Field.SOURCE_MAC, v, from + 18, from + 35);
  }

  /** An address without a digit other than zero means that nothing was translated. */
  private boolean natIp(byte[] v, int from, int to) {
    for (int i = from; i < to; i++) {
      if (v[i] != '0' && v[i] != '.' && v[i] != ':') {
        extra(TrafficWords.NAT_IP, 0, TrafficWords.NAT_IP.length, v, from, to);
        return true;
      }
    }
    return true;
  }

  /** Other devices call the protocol so; what is no port stays what it is. */
  private boolean natPort(byte[] v, int from, int to) {
    long port = Ascii.number(v, from, to);
    if (port > 0 && port <= 0xffff) {
      extra(TrafficWords.NAT_PORT, 0, TrafficWords.NAT_PORT.length, v, from, to);
    }
    return port >= 0 && port <= 0xffff;
  }

  /** A URL or a request target; path and domain come from it when it has them. */
  private boolean url(byte[] v, int from, int to) {
    if (!put(Field.URL_ORIGINAL, v, from, to)) {
      return false;
    }
    int path = from;
    int scheme = Ascii.indexOf(v, from, Math.min(to, from + 12), SCHEME_END);
    if (scheme > from) {
      int host = scheme + SCHEME_END.length;
      int end = host;
      while (end < to && v[end] != '/' && v[end] != '?' && v[end] != ':' && v[end] != '#') {
        end++;
      }
      put(Field.URL_DOMAIN, v, host, end);
      path = end;
      while (path < to && v[path] != '/' && v[path] != '?' && v[path] != '#') {
        path++;
      }
    }
    int end = path;
    while (end < to && v[end] != '?' && v[end] != '#') {
      end++;
    }
    if (path < end && v[path] == '/') {
      put(Field.URL_PATH, v, path, end);
    }
    return true;
  }

  /** Keeps a value under its own key. */
  void extra(byte[] k, int kf, int kt, byte[] v, int vf, int vt) {
    if (vt <= vf || kt <= kf || event.extras() >= MOST_EXTRAS) {
      return;
    }
    if (reserved(k, kf, kt)) {
      composed(PREFIX, 0, PREFIX.length - 1, k, kf, kt, v, vf, vt);
    } else {
      event.addExtra(k, kf, kt, v, vf, vt);
    }
  }

  /** Keeps a value under the key {@code first.second}; either part is cut at 128 bytes. */
  void extra(byte[] a, int af, int at, byte[] k, int kf, int kt, byte[] v, int vf, int vt) {
    if (vt <= vf || event.extras() >= MOST_EXTRAS) {
      return;
    }
    composed(a, af, Math.min(at, af + 128), k, kf, Math.min(kt, kf + 128), v, vf, vt);
  }

  private void composed(
      byte[] a, int af, int at, byte[] k, int kf, int kt, byte[] v, int vf, int vt) {
    int length = at - af + 1 + kt - kf;
    int start = event.reserve(length);
    byte[] out = event.scratch();
    System.arraycopy(a, af, out, start, at - af);
    out[start + at - af] = '.';
    System.arraycopy(k, kf, out, start + at - af + 1, kt - kf);
    int end = start + length;
    if (reserved(out, start, end)) {
      // Only a key made of two parts can come here: the prefix itself is not reserved.
      extra(out, start, end, v, vf, vt);
    } else {
      event.addExtra(out, start, end, v, vf, vt);
    }
  }

  private static boolean reserved(byte[] k, int from, int to) {
    int c = k[from];
    if (c != 'e' && c != '@' && c != 'l' && c != 'm' || to - from < 6) {
      return false;
    }
    if (Ascii.startsWith(k, from, to, OWN) || Ascii.startsWith(k, from, to, OWN_MQTT)) {
      return true;
    }
    for (byte[] name : RESERVED) {
      if (Ascii.is(k, from, to, name)) {
        return true;
      }
    }
    return false;
  }
}
