package tr.emanet.backup.plan;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    if (standing.size() <= ALWAYS || !keep.keepsSomething() || jumped(standing, now)) {
      return List.of();
    }
    Map<Long, Instant> began = began(standing, now);
    Set<Long> kept = new HashSet<>();
    standing.stream().limit(ALWAYS).forEach(run -> kept.add(run.id()));
    standing.stream()
        .filter(run -> run.state() == RunRecord.State.COMPLETE)
        .findFirst()
        .ifPresent(run -> kept.add(run.id()));
    for (RunRecord run : standing) {
      if (Duration.between(began.getOrDefault(run.id(), now), now).compareTo(YOUNG) <= 0) {
        kept.add(run.id());
      }
    }
    Periods periods = new Periods(standing, began, now, zone, kept);
    periods.keep(keep.daily(), 1, day -> day);
    periods.keep(keep.weekly(), 7, day -> day.get(IsoFields.WEEK_BASED_YEAR) * 100L + week(day));
    periods.keep(keep.monthly(), 31, day -> day.getYear() * 100L + day.getMonthValue());
    periods.keep(keep.yearly(), 366, LocalDate::getYear);
    return standing.stream().filter(run -> !kept.contains(run.id())).toList();
  }

  private static int week(LocalDate day) {
    return day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
  }

  /**
   * When each run began; one that says later than a newer run began while the clock was ahead, and
   * counts as a day before that one, or as the run before it when that is later. So a night with
   * the clock years ahead neither freezes the rule nor costs its snapshot.
   */
  private static Map<Long, Instant> began(List<RunRecord> standing, Instant now) {
    Map<Long, Instant> began = new HashMap<>();
    Instant later = now;
    for (int i = 0; i < standing.size(); i++) {
      Instant own = standing.get(i).startedAt();
      if (own.isAfter(later)) {
        Instant older = i + 1 < standing.size() ? standing.get(i + 1).startedAt() : later;
        own = later.minus(YOUNG);
        own = older.isAfter(own) && older.isBefore(later) ? older : own;
      }
      later = own;
      began.put(standing.get(i).id(), own);
    }
    return began;
  }

  /**
   * Whether the clock may be wrong now: the newest run is after it or far before it, or is itself
   * far after the one before it. The run after next tells a clock that jumped from a job that
   * rested.
   */
  private static boolean jumped(List<RunRecord> standing, Instant now) {
    Instant newest = standing.get(0).startedAt();
    return newest.isAfter(now) || far(newest, now) || far(standing.get(1).startedAt(), newest);
  }

  private static boolean far(Instant from, Instant to) {
    return Duration.between(from, to).compareTo(JUMP) > 0;
  }

  private record Periods(
      List<RunRecord> standing,
      Map<Long, Instant> began,
      Instant now,
      ZoneId zone,
      Set<Long> kept) {

    /**
     * Keeps one run of each of so many periods, by count or by age: the last whole one, else the
     * last that misses something. One that looks like an attack stands for a period only when there
     * is nothing else, whenever in the period it ran.
     */
    void keep(int number, int days, Function<LocalDate, Object> period) {
      Map<Object, List<RunRecord>> all = new LinkedHashMap<>();
      for (RunRecord run : standing) {
        all.computeIfAbsent(
                period.apply(began(run).atZone(zone).toLocalDate()), p -> new ArrayList<>())
            .add(run);
      }
      int seen = 0;
      for (List<RunRecord> runs : all.values()) {
        seen++;
        Duration age = Duration.between(began(runs.getFirst()), now);
        if (seen <= number || age.compareTo(Duration.ofDays((long) number * days)) <= 0) {
          // The first of the best: the list is newest first, and min keeps the earlier of equals.
          runs.stream()
              .min(Comparator.comparingInt(Periods::rank))
              .ifPresent(r -> kept.add(r.id()));
        }
      }
    }

    private Instant began(RunRecord run) {
      return began.getOrDefault(run.id(), run.startedAt());
    }

    private static int rank(RunRecord run) {
      return switch (run.state()) {
        case COMPLETE -> 0;
        case INCOMPLETE -> 1;
        case SUSPICIOUS, FAILED, STOPPED, RUNNING -> 2;
      };
    }
  }
}
