package tr.emanet.backup.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When a schedule fits, also on the days on which the clock jumps. */
class CronTest {

  private static final ZoneId ISTANBUL = ZoneId.of("Europe/Istanbul");
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  private static List<String> next(String text, String after, ZoneId zone, int number) {
    Cron cron = Cron.parse(text);
    List<String> out = new ArrayList<>();
    Instant at = Instant.parse(after);
    for (int i = 0; i < number; i++) {
      at = cron.next(at, zone).orElseThrow();
      out.add(at.atZone(zone).toLocalDateTime().toString());
    }
    return out;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "30 2 * * *;2026-11-23T00:00:00Z;2026-11-24T02:30",
        "30 2 * * *;2026-11-22T23:29:59Z;2026-11-23T02:30",
        "30 2 * * *;2026-11-22T23:30:00Z;2026-11-24T02:30",
        "*/15 8-10 * * 1-5;2026-11-20T07:46:00Z;2026-11-23T08:00",
        "0 0 1 1,7 *;2026-11-23T00:00:00Z;2027-01-01T00:00",
        "0 0 29 2 *;2026-11-23T00:00:00Z;2028-02-29T00:00",
        "0 12 13 * 5;2026-11-23T00:00:00Z;2026-11-27T12:00",
        "0 12 * * 7;2026-11-23T00:00:00Z;2026-11-29T12:00",
      })
  void findsTheFirstMomentAfter(String text, String after, String expected) {
    assertThat(next(text, after, ISTANBUL, 1)).containsExactly(expected);
  }

  @Test
  void runsAfterTheJumpWhatSummerTimeSkips() {
    assertThat(next("30 2 * * *", "2026-03-28T12:00:00Z", BERLIN, 2))
        .containsExactly("2026-03-29T03:30", "2026-03-30T02:30");
  }

  @Test
  void runsOnceWhatSummerTimeRepeats() {
    assertThat(next("30 2 * * *", "2026-10-24T12:00:00Z", BERLIN, 2))
        .containsExactly("2026-10-25T02:30", "2026-10-26T02:30");
  }

  @Test
  void runsEveryHourOfALongDay() {
    List<Instant> found = new ArrayList<>();
    Instant at = Instant.parse("2026-10-24T22:00:00Z");
    for (int i = 0; i < 24; i++) {
      at = Cron.parse("0 * * * *").next(at, BERLIN).orElseThrow();
      found.add(at);
    }
    assertThat(found.getLast()).isEqualTo(Instant.parse("2026-10-25T22:00:00Z"));
  }

  @Test
  void knowsTheYearInWhichTurkeyStayedInSummerTime() {
    // Until 2016 the clock went back in autumn; since then it stands.
    assertThat(next("30 3 * * *", "2015-11-07T12:00:00Z", ISTANBUL, 1))
        .containsExactly("2015-11-08T03:30");
    assertThat(Cron.parse("0 3 * * *").next(Instant.parse("2026-11-01T00:00:00Z"), ISTANBUL))
        .contains(Instant.parse("2026-11-02T00:00:00Z"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "* * * *",
        "* * * * * *",
        "60 * * * *",
        "* 24 * * *",
        "* * 0 * *",
        "* * * 13 *",
        "* * * * 8",
        "5-1 * * * *",
        "*/0 * * * *",
        "a * * * *",
        "1--2 * * * *",
        "1/2/3 * * * *"
      })
  void refusesWhatIsNoSchedule(String text) {
    assertThatThrownBy(() -> Cron.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void saysThatAThirtiethOfFebruaryNeverComes() {
    assertThat(Cron.parse("0 0 30 2 *").next(Instant.parse("2026-01-01T00:00:00Z"), ISTANBUL))
        .isEmpty();
  }
}
