package tr.emanet.backup.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalTime;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuietHoursTest {

  @ParameterizedTest
  @CsvSource({
    "08:30-17:30,08:30,true",
    "08:30-17:30,17:30,false",
    "22:00-06:00,23:59,true",
    "22:00-06:00,05:59,true",
    "22:00-06:00,06:00,false",
  })
  void coversTheHoursOverMidnightToo(String text, LocalTime time, boolean covered) {
    assertThat(QuietHours.parse(text).orElseThrow().covers(time)).isEqualTo(covered);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "8-17", "08:30", "08:30-", "08:30-17:30-19:00", "25:00-26:00"})
  void refusesWhatIsNoHours(String text) {
    assertThat(QuietHours.parse(text)).isEmpty();
  }
}
