package tr.emanet.archive;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the checkpoints on disk say about some days, read from their text ({@code format-seal.md}).
 * Nothing is verified here.
 */
final class Sealed {

  /** The last line about a segment. */
  record Range(
      String path, boolean closed, long bytes, long leaves, long first, long last, String digest) {

    String stream() {
      return path.substring(0, path.indexOf('/'));
    }

    LocalDate day() {
      String[] parts = path.split("/", -1);
      return LocalDate.parse(parts[1] + '-' + parts[2] + '-' + parts[3]);
    }

    /** Below {@code seals}. */
    String leafFile() {
      return "leaves/" + path.substring(0, path.length() - 4) + ".leaves";
    }
  }

  /** Where the audit record ended in a checkpoint. */
  record AuditHead(long checkpoint, long entries, String hash) {}

  private static final Pattern NUMBERED = Pattern.compile("([0-9]{12})\\.(checkpoint|destruction)");
  private static final Pattern SEGMENT =
      Pattern.compile(
          "segment ([a-z0-9-]{1,32}/[0-9]{4}/[0-9]{2}/[0-9]{2}/[0-9]{20}\\.emj) (open|closed)"
              + " ([0-9]{1,18}) ([0-9]{1,9}) ([0-9]{1,18}) ([0-9]{1,18}) [0-9a-f]{64}"
              + " (-|[0-9a-f]{64})");
  private static final Pattern AUDIT = Pattern.compile("audit ([0-9]{1,18}) ([0-9a-f]{64})");

  private final NavigableMap<String, Range> segments = new TreeMap<>();
  private final List<AuditHead> heads = new ArrayList<>();
  private final NavigableSet<LocalDate> days = new TreeSet<>();
  private final List<String> files = new ArrayList<>();
  private long firstNumber;
  private long lastNumber;

  private Sealed() {}

  /** Every day that has files of the seal, in order. */
  static NavigableSet<LocalDate> allDays(Path seals) throws IOException {
    NavigableSet<LocalDate> days = new TreeSet<>();
    for (String year : names(seals, "[0-9]{4}")) {
      for (String month : names(seals.resolve(year), "[0-9]{2}")) {
        for (String day : names(seals.resolve(year).resolve(month), "[0-9]{2}")) {
          try {
            days.add(LocalDate.parse(year + '-' + month + '-' + day));
          } catch (DateTimeException e) {
            throw new IOException("seals/" + year + "/" + month + "/" + day + " is no day", e);
          }
        }
      }
    }
    return days;
  }

  static List<String> names(Path directory, String form) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(directory)) {
      return all.map(file -> file.getFileName().toString())
          .filter(name -> name.matches(form))
          .sorted()
          .toList();
    }
  }

  static String directory(LocalDate day) {
    return day.toString().replace('-', '/');
  }

  /**
   * Reads whole days: from the first one asked for to the one in which the last segment of the days
   * asked for was closed, at most the newest there is.
   */
  static Sealed read(Path seals, LocalDate from, LocalDate to) throws IOException {
    Sealed out = new Sealed();
    Set<String> open = new HashSet<>();
    for (LocalDate day : allDays(seals).tailSet(from, true)) {
      if (day.isAfter(to.plusDays(1)) && open.isEmpty()) {
        break;
      }
      out.day(seals, day, from, to, open);
    }
    return out;
  }

  private void day(Path seals, LocalDate day, LocalDate from, LocalDate to, Set<String> open)
      throws IOException {
    Path directory = seals.resolve(directory(day));
    List<String> names = names(directory, ".+");
    boolean over = names.containsAll(List.of("day.txt", "root.sha256", "root.sha256.p7s"));
    for (String name : names) {
      Matcher numbered = NUMBERED.matcher(name);
      if (numbered.matches()) {
        if (!names.contains(name + ".p7s")) {
          continue; // it is being written
        }
        files.add(directory(day) + '/' + name);
        files.add(directory(day) + '/' + name + ".p7s");
        if (numbered.group(2).equals("checkpoint")) {
          days.add(day);
          long number = Long.parseLong(numbered.group(1));
          firstNumber = firstNumber == 0 ? number : firstNumber;
          lastNumber = Math.max(lastNumber, number);
          lines(
              Files.readString(directory.resolve(name), StandardCharsets.US_ASCII),
              number,
              from,
              to,
              open);
        }
      } else if (over && name.matches("day\\.txt|root\\.sha256(\\.p7s(\\.tsr)?)?")) {
        files.add(directory(day) + '/' + name);
      }
    }
  }

  private void lines(String text, long number, LocalDate from, LocalDate to, Set<String> open) {
    for (String line : text.split("\n", -1)) {
      Matcher audit = AUDIT.matcher(line);
      if (audit.matches()) {
        heads.add(new AuditHead(number, Long.parseLong(audit.group(1)), audit.group(2)));
      }
      Matcher m = SEGMENT.matcher(line);
      if (!m.matches()) {
        continue;
      }
      Range range =
          new Range(
              m.group(1),
              m.group(2).equals("closed"),
              Long.parseLong(m.group(3)),
              Long.parseLong(m.group(4)),
              Long.parseLong(m.group(5)),
              Long.parseLong(m.group(6)),
              m.group(7));
      if (range.day().isBefore(from) || range.day().isAfter(to)) {
        continue;
      }
      segments.put(range.path(), range);
      if (range.closed()) {
        open.remove(range.path());
      } else {
        open.add(range.path());
      }
    }
  }

  /** Segments of the days asked for, by path. */
  NavigableMap<String, Range> segments() {
    return Collections.unmodifiableNavigableMap(segments);
  }

  /** Files below {@code seals}, without leaves. */
  List<String> files() {
    return List.copyOf(files);
  }

  /** Days that have checkpoints, of those that were read. */
  NavigableSet<LocalDate> days() {
    return Collections.unmodifiableNavigableSet(days);
  }

  List<AuditHead> heads() {
    return List.copyOf(heads);
  }

  /** Number of the first checkpoint that was read, 0 when there is none. */
  long firstNumber() {
    return firstNumber;
  }

  long lastNumber() {
    return lastNumber;
  }

  /** Audit entries that the last checkpoint covers. */
  long auditEntries() {
    return heads.stream().mapToLong(AuditHead::entries).max().orElse(0);
  }
}
