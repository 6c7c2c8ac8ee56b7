package tr.emanet.backup.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeriodTest {

  @ParameterizedTest
  @CsvSource({
    "30 2 * * *,daily,02:30",
    "5 23 * * 0,weekly,23:05",
    "5 23 * * 7,weekly,23:05",
    "15 * * * *,hourly,00:15",
  })
  void saysAPlainScheduleInAWord(String cron, String when, String time) {
    assertThat(Period.of(cron)).isEqualTo(new Period(when, time));
  }

  @ParameterizedTest
  @ValueSource(strings = {"*/5 * * * *", "30 2 * * 1-5", "30 2 1 * *", "5 * * * 0", "0 25 * * *"})
  void leavesTheOthersAsTheyAre(String cron) {
    assertThat(Period.of(cron)).isEqualTo(new Period("cron", ""));
  }

  @Test
  void knowsThatThereIsNoSchedule() {
    assertThat(Period.of("").when()).isEqualTo("none");
  }
}
