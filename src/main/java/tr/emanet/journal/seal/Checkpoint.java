package tr.emanet.journal.seal;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One checkpoint's statement. There is one way to write it; {@link #parse} refuses every other.
 *
 * @param key SHA-256 of the certificate that signs, in hex
 * @param previous SHA-256 of the statement before, zeros for number 1
 * @param streams last sealed sequence of every stream that ever had a record
 */
public record Checkpoint(
    long number,
    Instant time,
    Cause cause,
    String key,
    String previous,
    Audit audit,
    List<SealedSegment> segments,
    List<Destroyed> destroyed,
    SortedMap<String, Long> streams) {

  /** Why it was made. */
  public enum Cause {
    START,
    TICK,
    SEGMENT,
    ASKED,
    STOP;

    /** As it is written. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Where the audit chain ended. */
  public record Audit(long entries, String hash) {}

  /**
   * A segment that is gone.
   *
   * @param digest SHA-256 of its file
   * @param record number of the destruction record
   * @param recordDigest SHA-256 of that
   */
  public record Destroyed(String path, String digest, long record, String recordDigest) {
    String line() {
      return "destroyed " + path + ' ' + digest + ' ' + record + ' ' + recordDigest;
    }
  }

  static final String ZEROS = "0".repeat(64);

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  public Checkpoint {
    segments = segments.stream().sorted(Comparator.comparing(SealedSegment::path)).toList();
    destroyed = destroyed.stream().sorted(Comparator.comparing(Destroyed::path)).toList();
    streams = new TreeMap<>(streams);
  }

  /** A time with six digits behind the point. */
  static String time(Instant at) {
    return TIME.format(at);
  }

  /** The statement's bytes. */
  public byte[] bytes() {
    StringBuilder out = new StringBuilder(512);
    line(out, "emanet-checkpoint 1");
    line(out, "number " + number);
    line(out, "time " + time(time));
    line(out, "cause " + cause.word());
    line(out, "key " + key);
    line(out, "previous " + previous);
    line(out, "audit " + audit.entries() + ' ' + audit.hash());
    segments.forEach(s -> line(out, s.line()));
    destroyed.forEach(d -> line(out, d.line()));
    streams.forEach((name, last) -> line(out, "stream " + name + ' ' + last));
    line(out, "end");
    return out.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private static void line(StringBuilder out, String line) {
    out.append(line).append('\n');
  }

  /**
   * Reads a statement.
   *
   * @throws IllegalArgumentException when it is anything but the one way to write it
   */
  public static Checkpoint parse(byte[] bytes) {
    try {
      Checkpoint read = read(new String(bytes, StandardCharsets.US_ASCII).split("\n", -1));
      if (Arrays.equals(read.bytes(), bytes)) {
        return read;
      }
    } catch (DateTimeException | IndexOutOfBoundsException e) {
      throw new IllegalArgumentException("no checkpoint: " + e.getMessage(), e);
    }
    throw new IllegalArgumentException("no checkpoint: not in the one form");
  }

  private static Checkpoint read(String[] lines) {
    List<SealedSegment> segments = new ArrayList<>();
    List<Destroyed> destroyed = new ArrayList<>();
    SortedMap<String, Long> streams = new TreeMap<>();
    for (int i = 7; i < lines.length; i++) {
      String[] f = lines[i].split(" ", -1);
      switch (f[0]) {
        case "segment" ->
            segments.add(
                new SealedSegment(
                    f[1],
                    f[2].equals("closed"),
                    Long.parseLong(f[3]),
                    Long.parseLong(f[4]),
                    Long.parseLong(f[5]),
                    Long.parseLong(f[6]),
                    f[7],
                    f[8]));
        case "destroyed" -> destroyed.add(new Destroyed(f[1], f[2], Long.parseLong(f[3]), f[4]));
        case "stream" -> streams.put(f[1], Long.parseLong(f[2]));
        default -> {
          // "end", or what the comparison with the one form refuses.
        }
      }
    }
    String[] audit = value(lines[6], "audit").split(" ", -1);
    return new Checkpoint(
        Long.parseLong(value(lines[1], "number")),
        Instant.parse(value(lines[2], "time")),
        Cause.valueOf(value(lines[3], "cause").toUpperCase(Locale.ROOT)),
        value(lines[4], "key"),
        value(lines[5], "previous"),
        new Audit(Long.parseLong(audit[0]), audit[1]),
        segments,
        destroyed,
        streams);
  }

  private static String value(String line, String name) {
    return line.startsWith(name + ' ') ? line.substring(name.length() + 1) : "";
  }
}
