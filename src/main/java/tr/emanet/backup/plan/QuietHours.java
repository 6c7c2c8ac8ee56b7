package tr.emanet.backup.plan;

import java.time.DateTimeException;
import java.time.LocalTime;
import java.util.Optional;

/** Hours of a day in which nothing begins; the end may lie before the begin, over midnight. */
public record QuietHours(LocalTime from, LocalTime to) {

  /** Reads {@code 08:30-17:30}; empty when it is not that. */
  public static Optional<QuietHours> parse(String text) {
    String[] ends = text.split("-", -1);
    if (ends.length != 2) {
      return Optional.empty();
    }
    try {
      return Optional.of(new QuietHours(LocalTime.parse(ends[0]), LocalTime.parse(ends[1])));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Whether a time of the day is one of them; the end is not. */
  public boolean covers(LocalTime time) {
    return from.isBefore(to)
        ? !time.isBefore(from) && time.isBefore(to)
        : !time.isBefore(from) || time.isBefore(to);
  }
}
