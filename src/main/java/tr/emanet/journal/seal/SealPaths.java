package tr.emanet.journal.seal;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;

/**
 * Where the files of the seal lie. Immutable.
 *
 * @param root the directory {@code seals} of the state
 * @param zone whose calendar days are meant
 */
public record SealPaths(Path root, ZoneId zone) {

  static final String STATEMENT = ".checkpoint";
  static final String DESTRUCTION = ".destruction";
  static final String SIGNATURE = ".p7s";
  static final String LEAVES = ".leaves";
  static final String TEMPORARY = ".tmp";

  /** The calendar day of a time. */
  public LocalDate day(Instant at) {
    return at.atZone(zone).toLocalDate();
  }

  /**
   * The day in whose directory a checkpoint lies: the calendar day of its time, and never one
   * before that of the checkpoint before, which may have its root already. While a clock that was
   * set back shows earlier days, the next day begins here when one begins there.
   *
   * @param before the checkpoint before, or {@link SealStore.Last#NONE}
   */
  LocalDate day(SealStore.Last before, Instant at) {
    LocalDate shown = day(at);
    if (before.number() == 0 || !shown.isBefore(before.day())) {
      return shown;
    }
    return shown.isAfter(day(before.at())) ? before.day().plusDays(1) : before.day();
  }

  /** The day whose directory a file lies in. */
  static LocalDate dayOf(Path file) {
    int parts = file.getNameCount();
    return LocalDate.of(number(file, parts - 4), number(file, parts - 3), number(file, parts - 2));
  }

  private static int number(Path file, int part) {
    return Integer.parseInt(file.getName(part).toString());
  }

  /** {@code YYYY/MM/DD}. */
  public static String name(LocalDate day) {
    return String.format(
        Locale.ROOT, "%04d/%02d/%02d", day.getYear(), day.getMonthValue(), day.getDayOfMonth());
  }

  /** The directory of a day. */
  public Path of(LocalDate day) {
    return root.resolve(name(day));
  }

  /** The statement of a checkpoint; its signature lies beside, with {@code .p7s}. */
  public Path checkpoint(LocalDate day, long number) {
    return of(day).resolve(number(number) + STATEMENT);
  }

  /** A destruction record. */
  public Path destruction(LocalDate day, long number) {
    return of(day).resolve(number(number) + DESTRUCTION);
  }

  /** {@code root.sha256} of a day. */
  public Path dayRoot(LocalDate day) {
    return of(day).resolve("root.sha256");
  }

  /** The signature beside a file. */
  public static Path signature(Path statement) {
    return statement.resolveSibling(statement.getFileName() + SIGNATURE);
  }

  /** The time stamp beside a root's signature. */
  public static Path stamp(Path signature) {
    return signature.resolveSibling(signature.getFileName() + ".tsr");
  }

  /** The leaf file of a segment given by its path below {@code journal/}. */
  public Path leaves(String segment) {
    return root.resolve("leaves").resolve(segment.substring(0, segment.length() - 4) + LEAVES);
  }

  private static String number(long number) {
    String digits = Long.toString(number);
    return "0".repeat(Math.max(0, 12 - digits.length())) + digits;
  }

  /** The number in a file name such as {@code 000000000042.checkpoint}, or -1. */
  static long numberOf(String fileName, String ending) {
    String digits = fileName.substring(0, Math.max(0, fileName.length() - ending.length()));
    return fileName.endsWith(ending) && digits.matches("[0-9]{12,18}")
        ? Long.parseLong(digits)
        : -1;
  }
}
