package tr.emanet.search;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads moments as people write them, in Turkish and English at once: relative ({@code -7g}, {@code
 * -90m}, {@code 2 gün önce}), words ({@code dün 22:00}, {@code today}), partial dates ({@code
 * 15.11}, {@code 15 Kas 08:30}), ISO 8601 and epoch seconds or milliseconds. A moment that names a
 * whole day or minute is a span: as a start its begin counts, as an end its end. Pure functions.
 */
public final class TimeExpression {

  private static final int MAX_LENGTH = 64;

  /** 1 January 2200: later or before 1970 is a slip of the finger. */
  private static final long LATEST = 7_258_118_400_000L;

  private static final Pattern RELATIVE = Pattern.compile("(\\d{1,9})\\s*([a-z]+)\\s*");
  private static final Pattern CLOCK =
      Pattern.compile("(\\d{1,2})[:.](\\d{2})(?:[:.](\\d{2})(?:[.,](\\d{1,3}))?)?");
  private static final Pattern DAY_FIRST =
      Pattern.compile("(\\d{1,2})[./](\\d{1,2})(?:[./](\\d{4}|\\d{2}))?");
  private static final Pattern YEAR_FIRST = Pattern.compile("(\\d{4})-(\\d{1,2})-(\\d{1,2})");
  private static final Pattern NAMED = Pattern.compile("(\\d{1,2})\\s+([a-z]+)(?:\\s+(\\d{4}))?");
  private static final List<List<String>> MONTHS =
      List.of(
          List.of("oca", "jan"),
          List.of("sub", "feb"),
          List.of("mar"),
          List.of("nis", "apr"),
          List.of("may"),
          List.of("haz", "jun"),
          List.of("tem", "jul"),
          List.of("agu", "aug"),
          List.of("eyl", "sep"),
          List.of("eki", "oct"),
          List.of("kas", "nov"),
          List.of("ara", "dec"));
  private static final Map<String, ChronoUnit> UNITS =
      Map.ofEntries(
          Map.entry("sn", ChronoUnit.SECONDS),
          Map.entry("s", ChronoUnit.SECONDS),
          Map.entry("saniye", ChronoUnit.SECONDS),
          Map.entry("sec", ChronoUnit.SECONDS),
          Map.entry("second", ChronoUnit.SECONDS),
          Map.entry("seconds", ChronoUnit.SECONDS),
          Map.entry("dk", ChronoUnit.MINUTES),
          Map.entry("m", ChronoUnit.MINUTES),
          Map.entry("dakika", ChronoUnit.MINUTES),
          Map.entry("min", ChronoUnit.MINUTES),
          Map.entry("minute", ChronoUnit.MINUTES),
          Map.entry("minutes", ChronoUnit.MINUTES),
          Map.entry("sa", ChronoUnit.HOURS),
          Map.entry("h", ChronoUnit.HOURS),
          Map.entry("saat", ChronoUnit.HOURS),
          Map.entry("hour", ChronoUnit.HOURS),
          Map.entry("hours", ChronoUnit.HOURS),
          Map.entry("g", ChronoUnit.DAYS),
          Map.entry("d", ChronoUnit.DAYS),
          Map.entry("gun", ChronoUnit.DAYS),
          Map.entry("day", ChronoUnit.DAYS),
          Map.entry("days", ChronoUnit.DAYS),
          Map.entry("hf", ChronoUnit.WEEKS),
          Map.entry("w", ChronoUnit.WEEKS),
          Map.entry("hafta", ChronoUnit.WEEKS),
          Map.entry("week", ChronoUnit.WEEKS),
          Map.entry("weeks", ChronoUnit.WEEKS),
          Map.entry("ay", ChronoUnit.MONTHS),
          Map.entry("mo", ChronoUnit.MONTHS),
          Map.entry("month", ChronoUnit.MONTHS),
          Map.entry("months", ChronoUnit.MONTHS),
          Map.entry("y", ChronoUnit.YEARS),
          Map.entry("yil", ChronoUnit.YEARS),
          Map.entry("year", ChronoUnit.YEARS),
          Map.entry("years", ChronoUnit.YEARS));

  /**
   * What a text was understood as.
   *
   * @param fromMillis first millisecond
   * @param toMillis first millisecond after it; equal to {@code fromMillis} for an exact moment
   * @param moving whether it depends on the present moment
   */
  public record Span(long fromMillis, long toMillis, boolean moving) {}

  /**
   * Both ends together.
   *
   * @param swapped whether the ends were given the wrong way round and were exchanged
   * @param moving whether the end is the present moment
   */
  public record Range(TimeRange range, boolean swapped, boolean moving) {}

  /** The answer to two texts. */
  public sealed interface Resolved {
    /** Both were understood. */
    record Good(Range range) implements Resolved {}

    /**
     * One was not.
     *
     * @param end whether the end is meant, not the start
     */
    record Bad(String text, boolean end) implements Resolved {}
  }

  private TimeExpression() {}

  /** Reads both ends of a range; exchanges them when the end lies before the start. */
  public static Resolved range(String from, String to, Instant now, ZoneId zone) {
    Optional<Span> start = span(from, now, zone);
    Optional<Span> end = span(to, now, zone);
    if (start.isEmpty()) {
      return new Resolved.Bad(from, false);
    }
    if (end.isEmpty()) {
      return new Resolved.Bad(to, true);
    }
    Span a = start.get();
    Span b = end.get();
    boolean moving = b.moving();
    if (Math.max(b.toMillis(), b.fromMillis()) <= a.fromMillis()
        && b.fromMillis() < a.fromMillis()) {
      TimeRange range = new TimeRange(b.fromMillis(), Math.max(a.fromMillis(), a.toMillis()));
      return new Resolved.Good(new Range(range, true, a.moving()));
    }
    return new Resolved.Good(
        new Range(
            new TimeRange(a.fromMillis(), Math.max(a.fromMillis(), b.toMillis())), false, moving));
  }

  /** Reads one text; empty when it means nothing to us. */
  public static Optional<Span> span(String text, Instant now, ZoneId zone) {
    String plain = plain(text);
    if (plain.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(read(plain, text.strip(), now, zone))
          .filter(span -> span.fromMillis() >= 0 && span.toMillis() < LATEST);
    } catch (DateTimeException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  private static @Nullable Span read(String plain, String text, Instant now, ZoneId zone) {
    if (plain.isEmpty() || plain.equals("now") || plain.equals("simdi")) {
      return new Span(now.toEpochMilli(), now.toEpochMilli(), true);
    }
    Span relative = relative(plain, now, zone);
    if (relative != null) {
      return relative;
    }
    if (plain.matches("\\d{9,11}|\\d{12,14}")) {
      long n = Long.parseLong(plain);
      return plain.length() < 12
          ? new Span(n * 1000, n * 1000 + 1000, false)
          : new Span(n, n + 1, false);
    }
    Span iso = iso(text, zone);
    return iso != null ? iso : calendar(plain, now.atZone(zone));
  }

  /** {@code -7g}, {@code -1h30m}, {@code 2 gun once}, {@code 3 hours ago}. */
  private static @Nullable Span relative(String plain, Instant now, ZoneId zone) {
    String rest = plain;
    boolean past = false;
    if (rest.startsWith("-") || rest.startsWith("\u2212")) {
      rest = rest.substring(1).strip();
      past = true;
    }
    for (String word : List.of(" once", " ago")) {
      if (rest.endsWith(word)) {
        rest = rest.substring(0, rest.length() - word.length());
        past = true;
      }
    }
    if (!past) {
      return null;
    }
    Matcher m = RELATIVE.matcher(rest);
    ZonedDateTime at = now.atZone(zone);
    int end = 0;
    while (m.find() && m.start() == end) {
      ChronoUnit unit = UNITS.get(m.group(2));
      if (unit == null) {
        return null;
      }
      at = at.minus(Long.parseLong(m.group(1)), unit);
      end = m.end();
    }
    if (end == 0 || end != rest.length()) {
      return null;
    }
    long millis = at.toInstant().toEpochMilli();
    return new Span(millis, millis, true);
  }

  private static @Nullable Span iso(String text, ZoneId zone) {
    if (text.length() < 16 || text.charAt(4) != '-') {
      return null;
    }
    String iso = text.replace(' ', 'T').toUpperCase(Locale.ROOT);
    try {
      long millis = OffsetDateTime.parse(iso).toInstant().toEpochMilli();
      return new Span(millis, millis + 1, false);
    } catch (DateTimeException withoutOffset) {
      try {
        LocalDateTime local = LocalDateTime.parse(iso);
        return spanOf(
            local.atZone(zone),
            iso.length() > 19
                ? ChronoUnit.MILLIS
                : iso.length() > 16 ? ChronoUnit.SECONDS : ChronoUnit.MINUTES);
      } catch (DateTimeException notIso) {
        return null;
      }
    }
  }

  /** A day, a clock, or a day followed by a clock. */
  private static @Nullable Span calendar(String plain, ZonedDateTime now) {
    Matcher clock = CLOCK.matcher(plain);
    int at = -1;
    while (clock.find()) {
      if (clock.end() == plain.length()
          && (clock.start() == 0 || plain.charAt(clock.start() - 1) == ' ')
          && (clock.start() > 0 || plain.indexOf(':') >= 0)) {
        at = clock.start();
        break;
      }
    }
    LocalDate day =
        at == 0 ? now.toLocalDate() : day(at < 0 ? plain : plain.substring(0, at).strip(), now);
    if (day == null) {
      return null;
    }
    if (at < 0) {
      return new Span(
          day.atStartOfDay(now.getZone()).toInstant().toEpochMilli(),
          day.plusDays(1).atStartOfDay(now.getZone()).toInstant().toEpochMilli(),
          false);
    }
    int second = clock.group(3) == null ? 0 : Integer.parseInt(clock.group(3));
    LocalTime time =
        LocalTime.of(Integer.parseInt(clock.group(1)), Integer.parseInt(clock.group(2)), second);
    ChronoUnit unit = clock.group(3) == null ? ChronoUnit.MINUTES : ChronoUnit.SECONDS;
    if (clock.group(4) != null) {
      String digits = (clock.group(4) + "00").substring(0, 3);
      time = time.plus(Integer.parseInt(digits), ChronoUnit.MILLIS);
      unit = ChronoUnit.MILLIS;
    }
    return spanOf(day.atTime(time).atZone(now.getZone()), unit);
  }

  private static @Nullable LocalDate day(String text, ZonedDateTime now) {
    LocalDate today = now.toLocalDate();
    int ago =
        switch (text) {
          case "bugun", "today" -> 0;
          case "dun", "yesterday" -> 1;
          case "evvelsi gun", "onceki gun" -> 2;
          default -> -1;
        };
    if (ago >= 0) {
      return today.minusDays(ago);
    }
    Matcher m = YEAR_FIRST.matcher(text);
    if (m.matches()) {
      return LocalDate.of(
          Integer.parseInt(m.group(1)), Integer.parseInt(m.group(2)), Integer.parseInt(m.group(3)));
    }
    m = DAY_FIRST.matcher(text);
    if (m.matches()) {
      return day(m.group(1), Integer.parseInt(m.group(2)), m.group(3), today);
    }
    m = NAMED.matcher(text);
    if (m.matches()) {
      for (int month = 0; month < MONTHS.size(); month++) {
        if (MONTHS.get(month).stream().anyMatch(m.group(2)::startsWith)) {
          return day(m.group(1), month + 1, m.group(3), today);
        }
      }
    }
    return null;
  }

  /** A day without a year is the last one that has begun. */
  private static LocalDate day(String day, int month, @Nullable String year, LocalDate today) {
    int d = Integer.parseInt(day);
    if (year != null) {
      int y = Integer.parseInt(year);
      return LocalDate.of(y < 100 ? 2000 + y : y, month, d);
    }
    LocalDate candidate = LocalDate.of(today.getYear(), month, d);
    return candidate.isAfter(today) ? candidate.minus(Period.ofYears(1)) : candidate;
  }

  private static Span spanOf(ZonedDateTime at, ChronoUnit unit) {
    long from = at.toInstant().toEpochMilli();
    return new Span(from, from + unit.getDuration().toMillis(), false);
  }

  /** Lower case without Turkish marks, so that DÜN, dun and dün are one word. */
  private static String plain(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (char c : text.strip().toCharArray()) {
      out.append(
          switch (c) {
            case 'İ', 'I', 'ı' -> 'i';
            case 'Ş', 'ş' -> 's';
            case 'Ğ', 'ğ' -> 'g';
            case 'Ü', 'ü' -> 'u';
            case 'Ö', 'ö' -> 'o';
            case 'Ç', 'ç' -> 'c';
            default -> Character.toLowerCase(c);
          });
    }
    return out.toString().replaceAll("\\s+", " ");
  }
}
