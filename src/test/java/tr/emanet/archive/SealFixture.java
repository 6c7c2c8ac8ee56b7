package tr.emanet.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Writes a sealed log as the format page describes it, without a line of the product: what the
 * verifier accepts here it accepts because of the page.
 */
final class SealFixture {

  private static final ZoneId ZONE = ZoneId.of("Europe/Istanbul");
  private static final String ZEROS = "0".repeat(64);
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder().appendInstant(6).toFormatter(Locale.ROOT);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("uuuu/MM/dd", Locale.ROOT);

  private final Path directory;
  private final FixtureKeys keys;
  private final Random random;
  private final Map<String, SegmentBytes> open = new TreeMap<>();
  private final List<SegmentBytes> changed = new ArrayList<>();
  private final Map<String, Long> streams = new TreeMap<>();
  private final Map<String, String> digests = new HashMap<>();
  private final Map<String, String> destroyed = new TreeMap<>();
  private final List<Long> ofDay = new ArrayList<>();
  private final StringBuilder audit = new StringBuilder();
  final List<Act> acts = new ArrayList<>();

  /** What somebody did. */
  record Act(Instant at, String actor, String action, String key, String value) {}

  private Instant now = Instant.parse("2026-11-20T17:00:00.000123Z");
  private long sequence = 1;
  private long number;
  private String previous = ZEROS;
  private long audits;
  private String auditHead = ZEROS;
  private long destructions;
  private LocalDate day = now.atZone(ZONE).toLocalDate();
  private final LocalDate firstDay = day;
  private String rootBefore = "-";
  private boolean stamps = true;

  SealFixture(Path directory, FixtureKeys keys, long seed) {
    this.directory = directory;
    this.keys = keys;
    this.random = new Random(seed);
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  /** Days that end from now on are stamped, or not. */
  void stamps(boolean on) {
    stamps = on;
  }

  void append(String stream, int chunks) {
    SegmentBytes segment =
        open.computeIfAbsent(
            stream,
            s ->
                new SegmentBytes(
                    stream
                        + "/"
                        + DAY.format(now.atZone(ZONE))
                        + "/"
                        + digits(sequence, 20)
                        + ".emj",
                    stream,
                    sequence,
                    micros(),
                    random));
    for (int i = 0; i < chunks; i++) {
      int records = 1 + random.nextInt(9);
      segment.chunk(records, 20 + random.nextInt(180));
      sequence = segment.last + 1;
    }
    streams.put(stream, segment.last);
    change(segment);
  }

  /** Garbage behind what is there, as damage leaves it. */
  void damage(String stream, int length) {
    segment(stream).noise(length);
  }

  void close(String stream) {
    SegmentBytes segment = segment(stream);
    open.remove(stream);
    segment.close();
    change(segment);
  }

  private void change(SegmentBytes segment) {
    if (!changed.contains(segment)) {
      changed.add(segment);
    }
  }

  /** The stream's open segment. */
  private SegmentBytes segment(String stream) {
    return Objects.requireNonNull(open.get(stream), stream);
  }

  /** One detail at most, so that its JSON is easy to write. */
  void audit(String actor, String action, String key, String value) {
    acts.add(new Act(now, actor, action, key, value));
    String details =
        key.isEmpty() ? "{}" : "{\"" + key + "\":\"" + value.replace("\"", "\\\"") + "\"}";
    audits++;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes("emanet-audit-1\0".getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(ByteBuffer.allocate(16).putLong(audits).putLong(micros()).array());
    for (String text : new String[] {actor, action, details, auditHead}) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      out.writeBytes(ByteBuffer.allocate(4).putInt(utf8.length).array());
      out.writeBytes(utf8);
    }
    String hash = hex(out.toByteArray());
    audit.append(audits).append('\t').append(micros()).append('\t').append(actor).append('\t');
    audit.append(action).append('\t');
    audit.append(details.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n"));
    audit.append('\t').append(auditHead).append('\t').append(hash).append('\n');
    auditHead = hash;
  }

  /** Destroys a closed segment: record, files, and a line in the next checkpoint. */
  void destroy(SegmentBytes segment) throws Exception {
    String digest = hex(segment.bytes());
    String text =
        "emanet-destruction 1\nnumber "
            + ++destructions
            + "\ntime "
            + TIME.format(now)
            + "\nrule "
            + segment.path.substring(0, segment.path.indexOf('/'))
            + " 730\nby system:retention\nreason s%C3%BCre%20doldu\nsegment "
            + segment.path
            + " "
            + segment.sealed()
            + " "
            + segment.first
            + " "
            + segment.last
            + " "
            + digest
            + "\nend\n";
    String name = "seals/" + DAY.format(day) + "/" + digits(destructions, 12) + ".destruction";
    signed(name, text);
    destroyed.put(
        segment.path,
        "destroyed " + segment.path + " " + digest + " " + destructions + " " + hex(ascii(text)));
    Files.delete(directory.resolve("journal/" + segment.path));
    Files.delete(directory.resolve(leaves(segment)));
  }

  private static String leaves(SegmentBytes segment) {
    return "seals/leaves/" + segment.path.replace(".emj", ".leaves");
  }

  /** Writes a checkpoint, and the root of the day before when a new one has begun. */
  void checkpoint(String cause) throws Exception {
    LocalDate shown = now.atZone(ZONE).toLocalDate();
    if (shown.isAfter(day) && !ofDay.isEmpty()) {
      root();
    }
    day = shown.isAfter(day) ? shown : day;
    StringBuilder text = new StringBuilder("emanet-checkpoint 1\n");
    text.append("number ").append(++number).append("\ntime ").append(TIME.format(now));
    text.append("\ncause ").append(cause).append("\nkey ");
    text.append(hex(keys.seal().certificate().getEncoded()));
    text.append("\nprevious ").append(previous);
    text.append("\naudit ").append(audits).append(' ').append(auditHead).append('\n');
    changed.sort((a, b) -> a.path.compareTo(b.path));
    for (SegmentBytes segment : changed) {
      text.append("segment ").append(segment.path).append(segment.closed ? " closed " : " open ");
      text.append(segment.sealed()).append(' ').append(segment.leaves().size()).append(' ');
      text.append(segment.first).append(' ').append(segment.last).append(' ');
      text.append(segment.root()).append(' ');
      text.append(segment.closed ? hex(segment.bytes()) : "-").append('\n');
      write("journal/" + segment.path, segment.bytes());
      write(leaves(segment), segment.leafFile());
    }
    destroyed.values().forEach(line -> text.append(line).append('\n'));
    streams.forEach((name, last) -> text.append("stream " + name + " " + last + "\n"));
    text.append("end\n");
    changed.clear();
    destroyed.clear();
    signed("seals/" + DAY.format(day) + "/" + digits(number, 12) + ".checkpoint", text.toString());
    previous = hex(ascii(text.toString()));
    ofDay.add(number);
  }

  private void root() throws Exception {
    String place = "seals/" + DAY.format(day) + "/";
    write(
        place + "day.txt",
        ascii(
            "emanet-day 1\nday "
                + day
                + "\nzone "
                + ZONE
                + "\nmade "
                + TIME.format(now)
                + "\ncheckpoints "
                + ofDay.getFirst()
                + " "
                + ofDay.getLast()
                + "\nprevious "
                + rootBefore
                + "\nend\n"));
    Map<String, String> lines = new TreeMap<>();
    try (Stream<Path> files = Files.list(directory.resolve(place))) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (!name.endsWith(".p7s")) {
          lines.put(name, hex(Files.readAllBytes(file)));
        }
      }
    }
    if (!rootBefore.equals("-")) {
      String before = "seals/" + rootBefore + "/root.sha256";
      lines.put("../../../" + rootBefore + "/root.sha256", digests.get(before));
    }
    StringBuilder text = new StringBuilder();
    lines.forEach((name, digest) -> text.append(digest).append("  ").append(name).append('\n'));
    write(place + "root.sha256", ascii(text.toString()));
    byte[] signature = keys.sign(ascii(text.toString()));
    if (stamps) {
      signature = keys.withStamp(signature, now);
      write(place + "root.sha256.p7s.tsr", keys.stamp(signature, now.plusSeconds(2)));
    }
    write(place + "root.sha256.p7s", signature);
    rootBefore = DAY.format(day);
    ofDay.clear();
  }

  /** Makes what was written an archive of all its days. */
  void archive() throws Exception {
    write("audit/entries.txt", audit.toString().getBytes(StandardCharsets.UTF_8));
    write("certificates/seal.pem", ascii(keys.seal().pem()));
    write("certificates/tsa.pem", ascii(keys.authority().pem()));
    write(
        "archive.txt",
        ascii(
            "emanet-archive 1\nmade "
                + TIME.format(now)
                + "\nzone "
                + ZONE
                + "\nfrom "
                + firstDay
                + "\nto "
                + day
                + "\ncheckpoints 1 "
                + number
                + "\nend\n"));
    manifest();
  }

  /** Writes the manifest of what is there now, and signs it. */
  void manifest() throws Exception {
    Files.deleteIfExists(directory.resolve("MANIFEST.sha256"));
    Files.deleteIfExists(directory.resolve("MANIFEST.sha256.p7s"));
    Map<String, String> lines = new TreeMap<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = directory.relativize(file).toString();
        lines.put(name, hex(Files.readAllBytes(file)));
      }
    }
    StringBuilder text = new StringBuilder();
    lines.forEach((name, digest) -> text.append(digest).append("  ").append(name).append('\n'));
    signed("MANIFEST.sha256", text.toString());
  }

  /** Number and digest of the last checkpoint, as a witness would keep it. */
  String witness() {
    return number + ":" + previous;
  }

  private void signed(String name, String text) throws Exception {
    write(name, ascii(text));
    write(name + ".p7s", keys.sign(ascii(text)));
  }

  private void write(String name, byte[] bytes) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
    digests.put(name, hex(bytes));
  }

  private long micros() {
    return now.getEpochSecond() * 1_000_000 + now.getNano() / 1000;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(SegmentBytes.sha().digest(bytes));
  }

  private static String digits(long value, int width) {
    return String.format(Locale.ROOT, "%0" + width + "d", value);
  }

  /**
   * Three days of two streams: the first stamped, the second not, the third not over; a damaged
   * range, a segment that is open, one that was destroyed.
   */
  static SealFixture threeDays(Path directory, FixtureKeys keys, long seed) throws Exception {
    SealFixture log = new SealFixture(directory, keys, seed);
    log.audit("-", "service.started", "", "");
    log.checkpoint("start");
    log.append("general", 5);
    log.append("traffic-5651", 2);
    log.audit("user:1", "user.logged-in", "from", "192.0.2.1");
    log.pass(Duration.ofMinutes(5));
    log.checkpoint("tick");
    log.append("general", 4);
    log.damage("general", 37);
    log.append("general", 3);
    SegmentBytes first = log.segment("traffic-5651");
    log.close("traffic-5651");
    log.close("general");
    log.pass(Duration.ofHours(4));
    log.checkpoint("start");
    log.destroy(first);
    log.append("general", 7);
    log.audit("user:2", "search.asked", "q", "şüpheli \"ip\"");
    log.pass(Duration.ofMinutes(5));
    log.checkpoint("tick");
    log.append("general", 3);
    log.damage("general", 19);
    log.close("general");
    log.stamps(false);
    log.pass(Duration.ofHours(25));
    log.checkpoint("start");
    log.append("general", 6);
    log.append("traffic-5651", 3);
    log.audit("user:2", "audit.read", "", "");
    log.pass(Duration.ofMinutes(5));
    log.checkpoint("asked");
    return log;
  }
}
