package tr.emanet.backup.plan;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * The five fields of cron: minute, hour, day of month, month, day of week (0 and 7 are Sunday);
 * numbers, lists, ranges and steps. When both days are named, either fits, as in cron.
 *
 * <p>A time that summer time skips is run when the clock has jumped; one that it repeats is run
 * once, unless the hour is {@code *}. Immutable.
 */
public final class Cron {

  private static final int MAX_LENGTH = 120;
  private static final int YEARS = 8;

  private final BitSet minutes;
  private final BitSet hours;
  private final BitSet days;
  private final BitSet months;
  private final BitSet weekdays;
  private final boolean everyHour;
  private final boolean either;

  private Cron(String[] fields) {
    this.minutes = field(fields[0], 0, 59);
    this.hours = field(fields[1], 0, 23);
    this.days = field(fields[2], 1, 31);
    this.months = field(fields[3], 1, 12);
    this.weekdays = field(fields[4], 0, 7);
    if (weekdays.get(7)) {
      weekdays.set(0);
    }
    this.everyHour = fields[1].startsWith("*");
    this.either = !fields[2].startsWith("*") && !fields[4].startsWith("*");
  }

  /**
   * Reads the fields.
   *
   * @throws IllegalArgumentException when they are wrong; the message names the field
   */
  public static Cron parse(String text) {
    String[] fields = text.strip().split("\\s+", -1);
    if (text.length() > MAX_LENGTH || fields.length != 5) {
      throw new IllegalArgumentException("a schedule has five fields");
    }
    return new Cron(fields);
  }

  private static BitSet field(String text, int min, int max) {
    BitSet out = new BitSet();
    for (String part : text.split(",", -1)) {
      String[] stepped = part.split("/", -1);
      int step = stepped.length == 2 ? number(stepped[1], 1, max, text) : 1;
      String[] range = stepped[0].split("-", -1);
      if (stepped.length > 2 || range.length > 2) {
        throw new IllegalArgumentException("'" + text + "' is no field of a schedule");
      }
      int from = stepped[0].equals("*") ? min : number(range[0], min, max, text);
      int to = stepped[0].equals("*") || stepped.length == 2 ? max : from;
      if (range.length == 2) {
        to = number(range[1], from, max, text);
      }
      for (int i = from; i <= to; i += step) {
        out.set(i);
      }
    }
    return out;
  }

  private static int number(String text, int min, int max, String field) {
    if (!text.matches("[0-9]{1,2}")) {
      throw new IllegalArgumentException("'" + field + "' is no field of a schedule");
    }
    int n = Integer.parseInt(text);
    if (n < min || n > max) {
      throw new IllegalArgumentException("'" + field + "' is outside " + min + "-" + max);
    }
    return n;
  }

  /** The first moment after this one; empty when there is none within years. */
  public Optional<Instant> next(Instant after, ZoneId zone) {
    ZonedDateTime start = after.atZone(zone);
    // A jump can push a time of yesterday into today.
    LocalDate day = start.toLocalDate().minusDays(1);
    LocalDate end = day.plusYears(YEARS);
    while (day.isBefore(end)) {
      if (fits(day)) {
        Optional<Instant> found = next(day, after, zone);
        if (found.isPresent()) {
          return found;
        }
      }
      day = day.plusDays(1);
    }
    return Optional.empty();
  }

  private boolean fits(LocalDate day) {
    boolean dayFits = days.get(day.getDayOfMonth());
    boolean weekdayFits = weekdays.get(day.getDayOfWeek().getValue() % 7);
    return months.get(day.getMonthValue())
        && (either ? dayFits || weekdayFits : dayFits && weekdayFits);
  }

  private Optional<Instant> next(LocalDate day, Instant after, ZoneId zone) {
    Instant best = null;
    for (int h = hours.nextSetBit(0); h >= 0; h = hours.nextSetBit(h + 1)) {
      for (int m = minutes.nextSetBit(0); m >= 0; m = minutes.nextSetBit(m + 1)) {
        LocalDateTime local = day.atTime(h, m);
        Instant first = local.atZone(zone).toInstant();
        if (first.isAfter(after) && (best == null || first.isBefore(best))) {
          best = first;
        }
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
        if (everyHour && offsets.size() == 2) {
          Instant second = local.toInstant(offsets.get(1));
          if (second.isAfter(after) && (best == null || second.isBefore(best))) {
            best = second;
          }
        }
      }
    }
    return Optional.ofNullable(best);
  }
}
