package tr.emanet.search.lucene;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.Normalizer;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import tr.emanet.event.Attributes;
import tr.emanet.event.Event;
import tr.emanet.event.EventRecord;
import tr.emanet.event.Field;
import tr.emanet.event.IpAddress;
import tr.emanet.event.Position;
import tr.emanet.event.SourceAddress;
import tr.emanet.index.EventIndex;
import tr.emanet.index.IndexAppender;
import tr.emanet.index.IndexConfig;
import tr.emanet.search.RecordLoader;

/** Random events with a fixed seed, kept in memory and indexed in many segments and partitions. */
final class Corpus implements RecordLoader {

  static final ZoneId ZONE = ZoneId.of("Europe/Istanbul");
  static final long START = Instant.parse("2026-11-20T06:00:00Z").toEpochMilli();
  static final List<String> WORDS =
      List.of(
          "giriş",
          "BAŞARISIZ",
          "başarısız",
          "basarisiz",
          "parola",
          "kullanıcı",
          "İzmir",
          "ığdır",
          "Failed",
          "password",
          "accepted",
          "deny",
          "connection",
          "reset",
          "session",
          "opened",
          "closed",
          "root",
          "çıkış",
          "Şube",
          "tünel",
          "error",
          "timeout",
          "e-posta",
          "/var/log",
          "x=1",
          "2026",
          "fe80::1",
          "10.1.2.3",
          "aa:bb:cc:dd:ee:ff");
  static final List<String> USERS =
      List.of("ayşe", "AYŞE", "mehmet", "root", "svc-backup", "Özgür");
  static final List<String> HOSTS = List.of("fw-01", "FW-02", "srv.belediye", "iot7");
  static final List<String> ACTIONS = List.of("logon", "deny", "accept", "Logon");
  private static final Charset TURKISH = Charset.forName("windows-1254");

  private final Map<Long, EventRecord> records = new LinkedHashMap<>();
  private final Random random;

  Corpus(long seed) {
    this.random = new Random(seed);
  }

  static EventIndex open(Path directory) throws java.io.IOException {
    return EventIndex.open(new IndexConfig(directory, ZONE, 64L << 20, 400, 0, 1));
  }

  /** Forgets a record that stays in the index, as retention does for a moment. */
  void destroy(long sequence) {
    records.remove(sequence);
  }

  /** Adds events; segments end at random places. */
  void fill(EventIndex index, int count) throws java.io.IOException {
    IndexAppender appender = index.appender();
    Event event = new Event();
    long ingested = START;
    for (int i = 1; i <= count; i++) {
      ingested += random.nextInt(100) == 0 ? 1_800_000 : random.nextInt(40) * 1000L;
      String stream = pick(List.of("guvenlik", "ag", "sensor"));
      make(event, ingested);
      appender.add(event, stream, i);
      records.put((long) i, EventRecord.of(new Position(stream, i), event));
      if (random.nextInt(150) == 0) {
        index.refresh(i);
      }
    }
    index.refresh(count);
  }

  private void make(Event event, long ingested) {
    Line line = new Line();
    line.add("<13>").add(word()).add(" ");
    for (int n = random.nextInt(6) + 1; n > 0; n--) {
      line.add(word()).add(random.nextInt(5) == 0 ? ", " : " ");
    }
    int host = random.nextInt(4) == 0 ? -1 : line.mark(spelled(pick(HOSTS)));
    int user = random.nextInt(3) == 0 ? -1 : line.add(" user=").mark(spelled(pick(USERS)));
    String address =
        random.nextInt(6) == 0
            ? "2001:db8::" + Integer.toHexString(1 + random.nextInt(40))
            : "10." + random.nextInt(3) + "." + random.nextInt(4) + "." + random.nextInt(256);
    int ip = random.nextInt(3) == 0 ? -1 : line.add(" src=").mark(address);
    long port = List.of(22L, 53L, 443L, 8080L).get(random.nextInt(4));
    boolean hasPort = random.nextBoolean();
    if (hasPort) {
      line.add(" dport=" + port);
    }
    int policy = random.nextInt(4) == 0 ? line.add(" policyid=").mark("" + random.nextInt(20)) : -1;
    byte[] raw = line.bytes();
    byte[] text = raw;
    if (random.nextInt(10) == 0) {
      String composed =
          Normalizer.normalize(new String(raw, StandardCharsets.UTF_8), Normalizer.Form.NFC);
      if (TURKISH.newEncoder().canEncode(composed)
          && line.length() == composed.length()
          && composed.chars().anyMatch(c -> c > 127)) {
        raw = composed.getBytes(TURKISH);
      }
    }
    SourceAddress source =
        new SourceAddress("syslog_udp", IpAddress.mapped(new byte[] {(byte) 192, 0, 2, 7}), 514);
    event.reset(raw, 0, raw.length, ingested * 1000, source, Attributes.NONE, 0);
    if (!java.util.Arrays.equals(raw, text)) {
      event.setText(text, 0, text.length);
    }
    event.setParsed(true);
    event.setTimestampMillis(
        random.nextInt(8) == 0 ? ingested - random.nextInt(7_200_000) : ingested / 5000 * 5000);
    set(event, Field.HOST_NAME, text, line, host);
    set(event, Field.USER_NAME, text, line, user);
    if (ip >= 0) {
      event.setIp(Field.SOURCE_IP, text, line.from(ip), line.to(ip));
    }
    if (hasPort) {
      event.set(Field.DESTINATION_PORT, port);
    }
    if (policy >= 0) {
      byte[] key = bytes("fortinet.policyid");
      event.addExtra(key, 0, key.length, text, line.from(policy), line.to(policy));
    }
    constants(event);
  }

  /** Values that do not stand in the line. */
  private void constants(Event event) {
    event.setIp(Field.EMANET_SOURCE_IP, event.source().address());
    event.set(Field.SYSLOG_SEVERITY, random.nextInt(8));
    if (random.nextInt(3) > 0) {
      event.set(Field.EVENT_OUTCOME, bytes(random.nextInt(3) == 0 ? "failure" : "success"));
      event.set(Field.EVENT_ACTION, bytes(pick(ACTIONS)));
    }
    if (random.nextInt(5) == 0) {
      event.set(Field.MQTT_TOPIC, bytes("belediye/" + pick(WORDS)));
      event.set(Field.SENSOR_VALUE, bytes(random.nextInt(40) + "." + random.nextInt(10)));
    }
    if (random.nextInt(6) == 0) {
      byte[] key = bytes("uygulama.durum");
      byte[] value = bytes(pick(WORDS) + " " + pick(WORDS));
      event.addExtra(key, 0, key.length, value, 0, value.length);
    }
  }

  private static void set(Event event, Field field, byte[] text, Line line, int mark) {
    if (mark >= 0) {
      event.set(field, text, line.from(mark), line.to(mark));
    }
  }

  private String word() {
    return spelled(pick(WORDS));
  }

  private String spelled(String word) {
    return random.nextInt(4) == 0 ? Normalizer.normalize(word, Normalizer.Form.NFD) : word;
  }

  <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  Random random() {
    return random;
  }

  Iterable<EventRecord> records() {
    return records.values();
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public @Nullable EventRecord load(Position position) {
    EventRecord record = records.get(position.sequence());
    return record != null && record.position().equals(position) ? record : null;
  }

  @Override
  public byte @Nullable [] raw(Position position) {
    EventRecord record = load(position);
    return record == null ? null : record.raw();
  }

  /** A line under construction that remembers where values stand. */
  private static final class Line {
    private final StringBuilder text = new StringBuilder();
    private final java.util.ArrayList<int[]> marks = new java.util.ArrayList<>();

    Line add(String part) {
      text.append(part);
      return this;
    }

    int mark(String value) {
      int from = Corpus.bytes(text.toString()).length;
      text.append(value).append(' ');
      marks.add(new int[] {from, from + Corpus.bytes(value).length});
      return marks.size() - 1;
    }

    int from(int mark) {
      return marks.get(mark)[0];
    }

    int to(int mark) {
      return marks.get(mark)[1];
    }

    int length() {
      return text.length();
    }

    byte[] bytes() {
      return Corpus.bytes(text.toString());
    }
  }
}
