package tr.emanet.journal;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;

/**
 * A calendar day of the configured zone.
 *
 * @param startMicros its first microsecond since 1970 UTC
 * @param endMicros the first one of the next day
 */
record Day(LocalDate date, long startMicros, long endMicros) {

  /**
   * Records this much older than their segment's day still go into it: they waited in a socket or
   * in the queue over midnight. A clock set back further begins a segment of its own.
   */
  private static final long LATE_MICROS = 5L * 60 * 1_000_000;

  static Day of(long micros, ZoneId zone) {
    Instant instant = Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L));
    LocalDate date = instant.atZone(zone).toLocalDate();
    return new Day(
        date,
        date.atStartOfDay(zone).toEpochSecond() * 1_000_000L,
        date.plusDays(1).atStartOfDay(zone).toEpochSecond() * 1_000_000L);
  }

  /** Whether a record received then belongs to a segment of this day. */
  boolean takes(long micros) {
    return micros < endMicros && micros >= startMicros - LATE_MICROS;
  }

  /** Whether no record of this day is to be expected any more. */
  boolean over(long nowMicros) {
    return nowMicros >= endMicros + LATE_MICROS;
  }

  /** {@code YYYY/MM/DD} below a stream's directory. */
  Path directory(Path stream) {
    return stream
        .resolve(String.format(Locale.ROOT, "%04d", date.getYear()))
        .resolve(String.format(Locale.ROOT, "%02d", date.getMonthValue()))
        .resolve(String.format(Locale.ROOT, "%02d", date.getDayOfMonth()));
  }
}
