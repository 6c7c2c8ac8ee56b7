package tr.emanet.parse;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneOffsetTransitionRule;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;

/**
 * Local time to UTC for one zone, by plain integers. All transitions from 1970 to 2100 are laid out
 * once. A local time that occurs twice means the earlier instant, one that is skipped is moved on,
 * as {@link LocalDateTime#atZone} does. Immutable, safe for many threads.
 */
final class ZoneClock {

  /** From this local second on, {@link #offsets} of the same index holds. */
  private final long[] starts;

  private final int[] offsets;

  ZoneClock(ZoneId zone) {
    ZoneRules rules = zone.getRules();
    List<ZoneOffsetTransition> all = new ArrayList<>();
    for (ZoneOffsetTransition t : rules.getTransitions()) {
      if (t.toEpochSecond() > 0) {
        all.add(t);
      }
    }
    int lastYear = all.isEmpty() ? 1969 : all.get(all.size() - 1).getDateTimeBefore().getYear();
    for (int year = lastYear + 1; year <= 2100; year++) {
      for (ZoneOffsetTransitionRule rule : rules.getTransitionRules()) {
        all.add(rule.createTransition(year));
      }
    }
    all.sort(null);
    starts = new long[all.size() + 1];
    offsets = new int[all.size() + 1];
    starts[0] = Long.MIN_VALUE;
    ZoneOffset first =
        all.isEmpty() ? rules.getOffset(Instant.EPOCH) : all.get(0).getOffsetBefore();
    offsets[0] = first.getTotalSeconds();
    for (int i = 0; i < all.size(); i++) {
      ZoneOffsetTransition t = all.get(i);
      int before = t.getOffsetBefore().getTotalSeconds();
      int after = t.getOffsetAfter().getTotalSeconds();
      starts[i + 1] = t.toEpochSecond() + Math.max(before, after);
      offsets[i + 1] = after;
    }
  }

  /** The offset in seconds that holds at a local time (seconds since 1970-01-01T00:00 local). */
  int offsetAtLocal(long localSeconds) {
    int high = starts.length - 1;
    // Logs are nearly always of today: try the last entries before searching.
    if (localSeconds >= starts[high]) {
      return offsets[high];
    }
    int low = 0;
    while (low < high) {
      int middle = low + high + 1 >>> 1;
      if (starts[middle] <= localSeconds) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return offsets[low];
  }

  /** Local milliseconds to UTC milliseconds. */
  long utcMillis(long localMillis) {
    return localMillis - offsetAtLocal(Math.floorDiv(localMillis, 1000L)) * 1000L;
  }

  /** The calendar year, in this zone to within a day, of a UTC instant in milliseconds. */
  int yearAt(long utcMillis) {
    long local = utcMillis + offsetAtLocal(Math.floorDiv(utcMillis, 1000L)) * 1000L;
    return Dates.yearOfDay(Math.floorDiv(local, Dates.DAY_MILLIS));
  }
}
