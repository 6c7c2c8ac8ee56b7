package tr.emanet.search;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The span that a date in a query means: {@code 2026-11} is the month, {@code 2026-11-22} (or
 * {@code 22.11.2026}) the day, {@code 2026-11-22T10:15} the minute; also seconds, milliseconds, a
 * zone ({@code Z}, {@code +03:00}) and milliseconds since 1970.
 *
 * @param firstMillis first millisecond inside
 * @param lastMillis last millisecond inside
 */
record DateSpan(long firstMillis, long lastMillis) {

  private static final Pattern ISO =
      Pattern.compile(
          "(\\d{4})(?:-(\\d{1,2})(?:-(\\d{1,2})(?:[T ](\\d{1,2})(?::(\\d{2})(?::(\\d{2})"
              + "(?:[.,](\\d{3}))?)?)?)?)?)?(Z|[+-]\\d{2}:?\\d{2})?");
  private static final Pattern TURKISH =
      Pattern.compile(
          "(\\d{1,2})\\.(\\d{1,2})\\.(\\d{4})(?:[T ](\\d{1,2}):(\\d{2})(?::(\\d{2}))?)?");
  private static final Pattern EPOCH = Pattern.compile("-?\\d{11,16}");

  /** Reads a date; null when it is none. */
  static @Nullable DateSpan parse(String text, ZoneId zone) {
    if (EPOCH.matcher(text).matches()) {
      long millis = Long.parseLong(text);
      return new DateSpan(millis, millis);
    }
    try {
      Matcher iso = ISO.matcher(text);
      if (iso.matches()) {
        String offset = iso.group(8);
        ZoneId at = offset == null ? zone : ZoneOffset.of(offset);
        return of(
            new int[] {n(iso, 1), n(iso, 2), n(iso, 3), n(iso, 4), n(iso, 5), n(iso, 6)},
            n(iso, 7),
            at);
      }
      Matcher local = TURKISH.matcher(text);
      if (local.matches()) {
        return of(
            new int[] {
              n(local, 3), n(local, 2), n(local, 1), n(local, 4), n(local, 5), n(local, 6)
            },
            -1,
            zone);
      }
    } catch (DateTimeException e) {
      return null;
    }
    return null;
  }

  private static int n(Matcher matcher, int group) {
    String text = matcher.group(group);
    return text == null ? -1 : Integer.parseInt(text);
  }

  private static DateSpan of(int[] part, int millis, ZoneId zone) {
    LocalDateTime first =
        LocalDateTime.of(
            part[0],
            part[1] < 0 ? 1 : part[1],
            part[2] < 0 ? 1 : part[2],
            Math.max(0, part[3]),
            Math.max(0, part[4]),
            Math.max(0, part[5]),
            Math.max(0, millis) * 1_000_000);
    ChronoUnit unit =
        millis >= 0
            ? ChronoUnit.MILLIS
            : part[5] >= 0
                ? ChronoUnit.SECONDS
                : part[4] >= 0
                    ? ChronoUnit.MINUTES
                    : part[3] >= 0
                        ? ChronoUnit.HOURS
                        : part[2] >= 0
                            ? ChronoUnit.DAYS
                            : part[1] >= 0 ? ChronoUnit.MONTHS : ChronoUnit.YEARS;
    return new DateSpan(
        first.atZone(zone).toInstant().toEpochMilli(),
        first.plus(1, unit).atZone(zone).toInstant().toEpochMilli() - 1);
  }
}
