package tr.emanet.parse;

import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tr.emanet.event.Attributes;
import tr.emanet.event.Event;
import tr.emanet.event.Field;
import tr.emanet.event.SourceAddress;

/**
 * Parses stored records into events: any bytes, never an exception. One instance a thread; nothing
 * is allocated a record once all senders have been seen.
 *
 * <p>A record that nothing recognises keeps its whole text as message and as searchable words, the
 * time of receipt, and {@code event.kind: pipeline_error}. {@code emanet.parser} names the header
 * and the payload that were found, such as {@code rfc3164/sshd}; {@code emanet.flags} holds words
 * such as {@code windows-1254 truncated}: the charset the line was transcoded from, and how the
 * transport delivered it.
 */
public final class EventParser {

  /**
   * Raise it when the same line would become another event: every index partition is built again.
   */
  public static final int VERSION = 3;

  private static final long DAY_BEFORE = Dates.DAY_MILLIS;
  private static final long MINUTES_AFTER = 5 * 60_000L;
  private static final int CACHE = 1024;
  private static final byte[] TLS_SUBJECT = Ascii.of("emanet.tls.subject");

  /** How the header looked. */
  private enum Header {
    RFC5424,
    RFC3164,
    PLAIN,
    MQTT
  }

  private static final byte[][][] PARSERS =
      new byte[Header.values().length][Payloads.Kind.values().length][];

  static {
    for (Header header : Header.values()) {
      for (Payloads.Kind kind : Payloads.Kind.values()) {
        String name = header.name().toLowerCase(java.util.Locale.ROOT);
        PARSERS[header.ordinal()][kind.ordinal()] =
            Ascii.of(kind == Payloads.Kind.NONE ? name : name + "/" + kind.word());
      }
    }
  }

  private record ProfileKey(String listener, SourceSettings.Sender sender) {}

  private final SourceSettings settings;
  private final Map<ProfileKey, SenderProfile> profiles = new HashMap<>();
  private final @Nullable SourceAddress[] cachedSources = new SourceAddress[CACHE];
  private final @Nullable SenderProfile[] cachedProfiles = new SenderProfile[CACHE];
  private final Findings findings = new Findings();
  private final WindowsData windows = new WindowsData(findings);
  private final Rfc5424Header rfc5424 = new Rfc5424Header(findings, windows);
  private final Rfc3164Header rfc3164 = new Rfc3164Header(findings);
  private final Payloads payloads = new Payloads(findings, windows);
  private final AttributeRange attribute = new AttributeRange();
  private final TextRange range = new TextRange();
  private Header header = Header.PLAIN;

  public EventParser(SourceSettings settings) {
    this.settings = settings;
  }

  /** Fills in an event that {@link Event#reset} has prepared. */
  public void parse(Event event) {
    SenderProfile profile = profile(event.source());
    findings.reset(event, profile.clock);
    boolean transcoded = text(event, profile);
    byte[] b = event.text();
    int from = event.textFrom();
    int to = event.textTo();
    boolean mqtt = attribute.find(event.attributes(), Attributes.Key.MQTT_TOPIC);
    Payloads.Kind kind = mqtt ? mqtt(event, b, from, to) : syslog(event, b, from, to);
    if (event.parsed()) {
      event.set(Field.EVENT_KIND, Words.EVENT);
      event.set(Field.EMANET_PARSER, PARSERS[header.ordinal()][kind.ordinal()]);
      time(event, profile.imports);
      if (!event.has(Field.HOST_NAME) && profile.host.length > 0) {
        event.set(Field.HOST_NAME, profile.host);
      } else if (!event.has(Field.HOST_NAME) && event.has(Field.OBSERVER_NAME)) {
        // A device that sends no header still has a name: analysts look for it in one column.
        event.set(
            Field.HOST_NAME,
            event.valueBytes(Field.OBSERVER_NAME),
            event.valueFrom(Field.OBSERVER_NAME),
            event.valueTo(Field.OBSERVER_NAME));
      }
    } else {
      unrecognised(event, from, to);
      event.set(Field.HOST_NAME, profile.host);
    }
    transport(event, profile, transcoded);
  }

  @SuppressWarnings("ReferenceEquality") // a cache by identity: one instance a connection
  private SenderProfile profile(SourceAddress source) {
    int slot = System.identityHashCode(source) & CACHE - 1;
    SenderProfile cached = cachedProfiles[slot];
    if (cached != null && cachedSources[slot] == source) {
      return cached;
    }
    ProfileKey key = new ProfileKey(source.listener(), settings.of(source));
    SenderProfile profile =
        profiles.computeIfAbsent(key, k -> new SenderProfile(source, k.sender()));
    cachedSources[slot] = source;
    cachedProfiles[slot] = profile;
    return profile;
  }

  /** Sets the event's text as UTF-8; returns whether it had to be transcoded. */
  private boolean text(Event event, SenderProfile profile) {
    byte[] raw = event.raw();
    boolean utf8 = range.find(raw, event.rawFrom(), event.rawTo(), event.flags());
    if (utf8) {
      event.setText(raw, range.from(), range.to());
    } else {
      profile.transcode(event, raw, range.from(), range.to());
    }
    return !utf8;
  }

  private Payloads.Kind syslog(Event event, byte[] b, int from, int to) {
    int at = priority(event, b, from, to);
    boolean recognised = at > from && event.has(Field.SYSLOG_SEVERITY);
    int message = header(event, b, at, to, recognised);
    recognised |= header == Header.RFC5424 || rfc3164.found();
    int start = Math.min(to, Ascii.skipBlanks(b, message, to));
    event.set(Field.MESSAGE, b, start, to);
    Payloads.Kind kind = payloads.extract(b, start, to, false);
    if (!recognised && kind != Payloads.Kind.NONE) {
      header = Header.PLAIN;
      recognised = true;
    }
    event.setParsed(recognised);
    return kind;
  }

  /** Reads {@code <PRI>}, or passes over a bad one; returns the index after it. */
  private static int priority(Event event, byte[] b, int from, int to) {
    if (from >= to || b[from] != '<') {
      return from;
    }
    int end = Ascii.indexOf(b, from + 1, Math.min(to, from + 7), '>');
    if (end < 0) {
      return from;
    }
    int value = (int) Ascii.number(b, from + 1, end);
    if (value >= 0 && value <= 191) {
      event.set(Field.SYSLOG_FACILITY, value >> 3);
      event.set(Field.SYSLOG_SEVERITY, value & 7);
      event.set(Field.LOG_LEVEL, Words.LEVELS[value & 7]);
    }
    return end + 1;
  }

  private int header(Event event, byte[] b, int from, int to, boolean priority) {
    header = Header.RFC5424;
    if (!priority && from < to && Ascii.digit(b[from]) && SquidPayload.likely(b, from, to)) {
      header = Header.PLAIN; // the number in front is Squid's, no header's
      return from;
    }
    if (from < to && Ascii.digit(b[from])) {
      int message = priority ? rfc5424.parse(b, from, to) : -1;
      if (message >= 0) {
        return message;
      }
    }
    int at = Ascii.skipBlanks(b, from, to);
    if (at + 20 < to && b[at + 4] == '-' && b[at + 10] == 'T' && Ascii.digit(b[at])) {
      int message = rfc5424.parseWithoutVersion(b, at, to);
      if (message >= 0) {
        return message;
      }
    }
    header = Header.RFC3164;
    if (at + 12 < to
        && Ascii.digit(b[at])
        && b[at + 1] == ' '
        && findings.scanStamp(b, at + 2, to) > 0) {
      // A version number before something that is not RFC 5424 after all.
      at += 2;
    }
    event.setTermsFrom(at);
    return rfc3164.parse(b, at, to);
  }

  private Payloads.Kind mqtt(Event event, byte[] b, int from, int to) {
    byte[] block = event.attributes().block();
    int topicFrom = attribute.from();
    int topicTo = attribute.to();
    if (to - from > 2 && b[from] == '<' && Ascii.digit(b[from + 1])) {
      Payloads.Kind kind = syslog(event, b, from, to);
      if (event.parsed()) {
        event.set(Field.MQTT_TOPIC, block, topicFrom, topicTo);
        return kind;
      }
    }
    header = Header.MQTT;
    event.setParsed(true);
    event.setTermsFrom(from);
    event.set(Field.MQTT_TOPIC, block, topicFrom, topicTo);
    event.set(Field.OBSERVER_TYPE, Words.SENSOR);
    event.set(Field.SENSOR_NAME, block, sensorFrom(block, topicFrom, topicTo), topicTo);
    int start = Ascii.skipBlanks(b, from, to);
    event.set(Field.MESSAGE, b, start, to);
    if (numeric(b, start, to)) {
      event.set(Field.SENSOR_VALUE, b, start, to);
      return Payloads.Kind.NONE;
    }
    return payloads.extract(b, start, to, true);
  }

  /** The last two levels of a topic with at least three, else the last. */
  private static int sensorFrom(byte[] b, int from, int to) {
    int wanted = 1;
    int levels = 0;
    for (int i = from; i < to; i++) {
      levels += b[i] == '/' ? 1 : 0;
    }
    if (levels >= 2) {
      wanted = 2;
    }
    int i = to;
    while (i > from && (b[i - 1] != '/' || --wanted > 0)) {
      i--;
    }
    return i;
  }

  private static boolean numeric(byte[] b, int from, int to) {
    int i = from < to && (b[from] == '-' || b[from] == '+') ? from + 1 : from;
    int digits = Ascii.digitsEnd(b, i, to);
    if (digits == i || to - from > 40) {
      return false;
    }
    if (digits < to && (b[digits] == '.' || b[digits] == ',')) {
      return Ascii.digitsEnd(b, digits + 1, to) == to;
    }
    return digits == to;
  }

  private void time(Event event, boolean imports) {
    if (!findings.claimed()) {
      return;
    }
    long received = event.ingestedMillis();
    long claim = findings.claimMillis();
    if (imports || claim >= received - DAY_BEFORE && claim <= received + MINUTES_AFTER) {
      event.setTimestampMillis(claim);
      return;
    }
    event.set(Field.EMANET_TIME, Words.SUSPECT);
    int at = event.reserve(IsoTime.LENGTH);
    byte[] out = event.scratch();
    IsoTime.write(claim, out, at);
    event.addExtra(Words.CLAIMED, 0, Words.CLAIMED.length, out, at, at + IsoTime.LENGTH);
  }

  private static void unrecognised(Event event, int from, int to) {
    for (Field field : Field.all()) {
      event.clear(field);
    }
    event.setParsed(false);
    event.setTermsFrom(from);
    event.set(Field.EVENT_KIND, Words.PIPELINE_ERROR);
    event.set(Field.MESSAGE, event.text(), from, to);
  }

  private void transport(Event event, SenderProfile profile, boolean transcoded) {
    event.set(Field.EMANET_LISTENER, profile.listener);
    byte[] address = event.source().address();
    if (address[15] != 0 || address[12] != 0 || address[0] != 0 || address[1] != 0) {
      event.setIp(Field.EMANET_SOURCE_IP, address);
    }
    if (event.flags() != 0 || transcoded) {
      event.set(Field.EMANET_FLAGS, profile.flagWords(event.flags(), transcoded));
    }
    Attributes attributes = event.attributes();
    if (attributes.isEmpty()) {
      return;
    }
    if (attribute.find(attributes, Attributes.Key.TLS_PEER)) {
      int length = attribute.to() - attribute.from();
      int at = event.reserve(length * 2);
      byte[] out = event.scratch();
      hex(attributes.block(), attribute.from(), attribute.to(), out, at);
      event.set(Field.EMANET_TLS_PEER, out, at, at + length * 2);
    }
    if (attribute.find(attributes, Attributes.Key.TLS_SUBJECT)) {
      event.addExtra(
          TLS_SUBJECT, 0, TLS_SUBJECT.length, attributes.block(), attribute.from(), attribute.to());
    }
  }

  private static void hex(byte[] in, int from, int to, byte[] out, int at) {
    HexFormat format = HexFormat.of();
    for (int i = from; i < to; i++) {
      out[at + (i - from) * 2] = (byte) format.toHighHexDigit(in[i]);
      out[at + (i - from) * 2 + 1] = (byte) format.toLowHexDigit(in[i]);
    }
  }
}
