package tr.emanet.keep;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import tr.emanet.crypto.Digests;
import tr.emanet.journal.DestroyedSegment;

/**
 * The statement that segments of one stream are destroyed, see {@code src/docs/format-seal.md}.
 *
 * @param number 1, 2, 3 ... without gaps
 * @param days the rule in force
 * @param by a person's id, or {@link #SERVICE}
 * @param reason free text
 * @param segments sorted by path
 */
public record DestructionRecord(
    long number,
    Instant time,
    String stream,
    int days,
    String by,
    String reason,
    List<DestroyedSegment> segments) {

  /** Retention itself, on no person's order. */
  public static final String SERVICE = "emanet";

  static final int MAX_BYTES = 1 << 20;

  private static final String MAGIC = "emanet-destruction 1";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final int FIELDS = 6;

  public DestructionRecord {
    segments = List.copyOf(segments);
  }

  /** The bytes that are signed. */
  byte[] statement() {
    StringBuilder out = new StringBuilder(256 + 160 * segments.size());
    out.append(MAGIC).append('\n');
    out.append("number ").append(number).append('\n');
    out.append("time ").append(TIME.format(time)).append('\n');
    out.append("rule ").append(stream).append(' ').append(days).append('\n');
    out.append("by ").append(by).append('\n');
    out.append("reason ").append(encoded(reason)).append('\n');
    for (DestroyedSegment one : segments) {
      out.append("segment ").append(one.path()).append(' ').append(one.bytes()).append(' ');
      out.append(one.firstSequence()).append(' ').append(one.lastSequence()).append(' ');
      out.append(one.sha256()).append('\n');
    }
    return out.append("end\n").toString().getBytes(StandardCharsets.US_ASCII);
  }

  /** SHA-256 of the statement, in lower-case hex. */
  String sha256() {
    return HexFormat.of().formatHex(Digests.sha256().digest(statement()));
  }

  /** {@code 000000000007.destruction}. */
  String fileName() {
    return String.format(Locale.ROOT, "%012d.destruction", number);
  }

  /**
   * Reads a statement back.
   *
   * @throws IllegalArgumentException when it is not one, or not written in the one valid way
   */
  static DestructionRecord parse(byte[] statement) {
    String text = new String(statement, StandardCharsets.US_ASCII);
    List<String> lines = text.lines().toList();
    if (lines.size() < FIELDS + 1 || !lines.getFirst().equals(MAGIC)) {
      throw new IllegalArgumentException("is no destruction record");
    }
    String[] rule = value(lines.get(3), "rule ").split(" ", 2);
    List<DestroyedSegment> segments = new ArrayList<>();
    for (String line : lines.subList(FIELDS, lines.size() - 1)) {
      String[] part = value(line, "segment ").split(" ", 6);
      if (part.length != 5) {
        throw new IllegalArgumentException("has a segment line of another form");
      }
      segments.add(
          new DestroyedSegment(
              part[0],
              Long.parseLong(part[1]),
              Long.parseLong(part[2]),
              Long.parseLong(part[3]),
              part[4]));
    }
    DestructionRecord out =
        new DestructionRecord(
            Long.parseLong(value(lines.get(1), "number ")),
            Instant.parse(value(lines.get(2), "time ")),
            rule[0],
            Integer.parseInt(rule[rule.length - 1]),
            value(lines.get(4), "by "),
            decoded(value(lines.get(5), "reason ")),
            segments);
    if (!Arrays.equals(out.statement(), statement)) {
      throw new IllegalArgumentException("is not written in the one valid way");
    }
    return out;
  }

  private static String value(String line, String key) {
    if (!line.startsWith(key)) {
      throw new IllegalArgumentException("lacks the line '" + key.strip() + "'");
    }
    return line.substring(key.length());
  }

  /** Percent-encoding (RFC 3986) of every byte that is not unreserved. */
  private static String encoded(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if (c < 0x80 && (Character.isLetterOrDigit(c) || "-._~".indexOf(c) >= 0)) {
        out.append(c);
      } else {
        out.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
      }
    }
    return out.toString();
  }

  private static String decoded(String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%' && i + 2 < text.length()) {
        out.write(HexFormat.fromHexDigits(text, i + 1, i + 3));
        i += 2;
      } else {
        out.write(c);
      }
    }
    return out.toString(StandardCharsets.UTF_8);
  }
}
