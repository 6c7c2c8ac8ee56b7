package tr.emanet.backup.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a rule lets go, and what no rule lets go. */
class KeepRuleTest {

  private static final ZoneId ZONE = ZoneId.of("Europe/Istanbul");
  private static final Instant NOW = Instant.parse("2026-11-23T00:00:00Z");
  private static final Keep WEEK = new Keep(7, 0, 0, 0);

  /** A run for each step back from now, the newest first. */
  private static List<RunRecord> runs(int number, Duration step) {
    List<RunRecord> out = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      out.add(run(number - i, NOW.minus(step.multipliedBy(i)), RunRecord.State.COMPLETE));
    }
    return out;
  }

  private static RunRecord run(long id, Instant at, RunRecord.State state) {
    return new RunRecord(
        id,
        1,
        id,
        RunRecord.Cause.SCHEDULE,
        "-",
        "/depo",
        state,
        at,
        at.plusSeconds(60),
        1,
        "ab" + id,
        "",
        RunRecord.Figures.NONE,
        0,
        "",
        List.of(),
        "",
        null);
  }

  @Test
  void keepsTheLastOfEachDayWeekMonthAndYear() {
    List<RunRecord> daily = runs(800, Duration.ofDays(1));

    List<RunRecord> expired = KeepRule.expired(daily, new Keep(7, 4, 12, 2), NOW, ZONE);

    assertThat(daily.size() - expired.size()).isBetween(20, 26);
    assertThat(expired).noneMatch(run -> run.startedAt().isAfter(NOW.minus(Duration.ofDays(8))));
  }

  @Test
  void losesNothingToManyRunsOfOneHour() {
    List<RunRecord> flood = new ArrayList<>(runs(1000, Duration.ofSeconds(3)));
    flood.addAll(
        runs(7, Duration.ofDays(1)).stream()
            .skip(1)
            .map(r -> run(r.id() - 1000, r.startedAt(), r.state()))
            .toList());

    assertThat(KeepRule.expired(flood, WEEK, NOW, ZONE)).isEmpty();
  }

  @Test
  void losesNothingToAYearWithoutRuns() {
    List<RunRecord> old =
        runs(10, Duration.ofDays(1)).stream()
            .map(r -> run(r.id(), r.startedAt().minus(Duration.ofDays(365)), r.state()))
            .toList();

    // Nobody knows whether a year has gone or the clock jumped: nothing goes.
    assertThat(KeepRule.expired(old, WEEK, NOW, ZONE)).isEmpty();
  }

  @Test
  void losesNothingWhenTheClockWentBack() {
    List<RunRecord> future =
        runs(40, Duration.ofDays(1)).stream()
            .map(r -> run(r.id(), r.startedAt().plus(Duration.ofDays(2)), r.state()))
            .toList();

    assertThat(KeepRule.expired(future, WEEK, NOW, ZONE)).isEmpty();
  }

  @Test
  void aNightWithTheClockFarAheadNeitherFreezesNorCostsAnything() {
    List<RunRecord> runs = runs(40, Duration.ofDays(1));
    List<RunRecord> ahead = new ArrayList<>(runs);
    RunRecord night = runs.get(5);
    ahead.set(5, run(night.id(), night.startedAt().plus(Duration.ofDays(1825)), night.state()));
    List<RunRecord> during = new ArrayList<>(runs);
    Instant then = NOW.plus(Duration.ofDays(1825));
    during.set(0, run(runs.getFirst().id(), then, runs.getFirst().state()));

    assertThat(KeepRule.expired(during, WEEK, then, ZONE)).isEmpty();
    assertThat(KeepRule.expired(ahead, WEEK, NOW, ZONE))
        .isNotEmpty()
        .doesNotContain(ahead.get(5))
        .isSubsetOf(KeepRule.expired(runs, WEEK, NOW, ZONE));
  }

  @Test
  void keepsTheNewestCompleteOneHoweverOldItIs() {
    List<RunRecord> runs = new ArrayList<>();
    for (RunRecord run : runs(40, Duration.ofDays(1))) {
      runs.add(
          run(
              run.id(),
              run.startedAt(),
              run.id() == 2 ? RunRecord.State.COMPLETE : RunRecord.State.INCOMPLETE));
    }

    List<RunRecord> expired = KeepRule.expired(runs, WEEK, NOW, ZONE);

    assertThat(expired).isNotEmpty().noneMatch(run -> run.id() == 2);
  }

  @Test
  void keepsOfEachDayTheLastWholeOneBeforeALaterPoorOne() {
    List<RunRecord> runs = new ArrayList<>();
    for (RunRecord run : runs(20 * 24, Duration.ofHours(1))) {
      // The share is not mounted at night; before each midnight a run looks like an attack.
      int hour = run.startedAt().atZone(ZONE).getHour();
      RunRecord.State state =
          hour == 23
              ? RunRecord.State.SUSPICIOUS
              : hour > 18 ? RunRecord.State.INCOMPLETE : RunRecord.State.COMPLETE;
      runs.add(run(run.id(), run.startedAt(), state));
    }

    List<RunRecord> expired = KeepRule.expired(runs, WEEK, NOW, ZONE);

    List<RunRecord> kept = new ArrayList<>(runs);
    kept.removeAll(expired);
    kept.removeIf(run -> run.startedAt().isAfter(NOW.minus(Duration.ofHours(25))));
    assertThat(kept)
        .hasSize(6)
        .allMatch(run -> run.state() == RunRecord.State.COMPLETE)
        .allMatch(run -> run.startedAt().atZone(ZONE).getHour() == 18);
  }

  @Test
  void isNotShorterWhenItKeepsAsMuchOfEverything() {
    assertThat(new Keep(7, 4, 12, 2).atLeast(WEEK)).isTrue();
    assertThat(WEEK.atLeast(new Keep(7, 4, 0, 0))).isFalse();
    assertThat(Keep.parse(WEEK.text())).isEqualTo(WEEK);
  }
}
