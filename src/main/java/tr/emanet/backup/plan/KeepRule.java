package tr.emanet.backup.plan;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Which snapshots of a job expire under a rule. Pure functions.
 *
 * <p>Only what this appliance wrote down counts: the order of its runs and its clock when they
 * began. A snapshot's own time is a claim and is not read. Numbers alone remove nothing: a snapshot
 * must be outside of the rule by count and by age, so that many runs in an hour push nothing out,
 * and a job that rested for months loses nothing. When the clock looks wrong, nothing expires.
 */
public final class KeepRule {

  /** What ran within a day is kept in full. */
  private static final Duration YOUNG = Duration.ofDays(1);

  /** Whatever a rule says, so many of the newest stay. */
  private static final int ALWAYS = 3;

  /** A clock that is so far after the newest run is asked about first. */
  private static final Duration JUMP = Duration.ofDays(60);

  private KeepRule() {}

  /**
   * The runs whose snapshots expire.
   *
   * @param standing runs with a snapshot, the newest first
   */
  public static List<RunRecord> expired(
      List<RunRecord> standing, Keep keep, Instant now, ZoneId zone) {
    if (standing.size() <= ALWAYS || !keep.keepsSomething() || !believable(standing, now)) {
      return List.of();
    }
    Set<Long> kept = new HashSet<>();
    standing.stream().limit(ALWAYS).forEach(run -> kept.add(run.id()));
    standing.stream()
        .filter(run -> run.state() == RunRecord.State.COMPLETE)
        .findFirst()
        .ifPresent(run -> kept.add(run.id()));
    for (RunRecord run : standing) {
      if (Duration.between(run.startedAt(), now).compareTo(YOUNG) <= 0) {
        kept.add(run.id());
      }
    }
    Periods periods = new Periods(standing, now, zone, kept);
    periods.keep(keep.daily(), 1, day -> day);
    periods.keep(keep.weekly(), 7, day -> day.get(IsoFields.WEEK_BASED_YEAR) * 100L + week(day));
    periods.keep(keep.monthly(), 31, day -> day.getYear() * 100L + day.getMonthValue());
    periods.keep(keep.yearly(), 366, LocalDate::getYear);
    return standing.stream().filter(run -> !kept.contains(run.id())).toList();
  }

  private static int week(LocalDate day) {
    return day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
  }

  /** Whether times rise with the runs and end shortly before now. */
  private static boolean believable(List<RunRecord> standing, Instant now) {
    Instant later = now;
    for (RunRecord run : standing) {
      if (run.startedAt().isAfter(later)) {
        return false;
      }
      later = run.startedAt();
    }
    return Duration.between(standing.getFirst().startedAt(), now).compareTo(JUMP) <= 0;
  }

  private record Periods(List<RunRecord> standing, Instant now, ZoneId zone, Set<Long> kept) {

    /** Keeps the last run of each of so many periods, by count or by age. */
    void keep(int number, int days, Function<LocalDate, Object> period) {
      List<Object> seen = new ArrayList<>();
      for (RunRecord run : standing) {
        Object of = period.apply(run.startedAt().atZone(zone).toLocalDate());
        if (seen.contains(of)) {
          continue;
        }
        seen.add(of);
        Duration age = Duration.between(run.startedAt(), now);
        if (seen.size() <= number || age.compareTo(Duration.ofDays((long) number * days)) <= 0) {
          kept.add(run.id());
        }
      }
    }
  }
}
