package tr.emanet.backup.plan;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** When a job runs next, and when it must rest. Pure functions. */
final class Timetable {

  private Timetable() {}

  /** The first run after a moment; null when it has no schedule. */
  static @Nullable Instant next(BackupSpec spec, Instant now, ZoneId zone) {
    if (spec.schedule().isEmpty()) {
      return null;
    }
    Instant start = spec.startAt();
    // One millisecond back, so that a start that fits the schedule is itself the first run.
    Instant after = start != null && start.isAfter(now) ? start.minusMillis(1) : now;
    return Cron.parse(spec.schedule()).next(after, zone).orElse(null);
  }

  /** Whether the moment lies in its quiet hours. */
  static boolean quiet(BackupSpec spec, Instant now, ZoneId zone) {
    LocalTime time = now.atZone(zone).toLocalTime();
    return QuietHours.parse(spec.quiet()).map(hours -> hours.covers(time)).orElse(false);
  }
}
