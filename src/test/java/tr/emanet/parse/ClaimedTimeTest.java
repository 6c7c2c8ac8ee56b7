package tr.emanet.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tr.emanet.event.EventRecord;

class ClaimedTimeTest {

  private static final ZoneId ISTANBUL = ZoneId.of("Europe/Istanbul");

  @ParameterizedTest
  @CsvSource({
    // receipt, stamp in Istanbul's time, meant instant
    "2026-12-31T22:30:00Z, Jan  1 01:29:00, 2026-12-31T22:29:00Z",
    "2026-12-31T21:00:10Z, Dec 31 23:59:58, 2026-12-31T20:59:58Z",
    "2027-01-01T00:00:00Z, Dec 31 23:59:58, 2026-12-31T20:59:58Z",
    "2026-12-31T20:58:00Z, Jan  1 00:01:00, 2026-12-31T21:01:00Z",
    "2028-02-29T09:00:00Z, Feb 29 11:00:00, 2028-02-29T08:00:00Z",
  })
  void takesTheYearThatIsNearestToTheReceipt(Instant received, String stamp, Instant meant) {
    Lines lines = new Lines(new ConfiguredSources(SourceConfig.DEFAULT), received);

    EventRecord e = lines.parse("<13>" + stamp + " host app: text");

    assertThat(EcsJson.iso(e.timestampMillis())).isEqualTo(EcsJson.iso(meant.toEpochMilli()));
    assertThat(e.fields()).doesNotContainKey("emanet.time");
  }

  @ParameterizedTest
  @CsvSource({
    // Turkey: winter +02, summer +03 until 2016, since then +03 all the year
    "2015-01-15 12:00:00, 2015-01-15T10:00:00Z",
    "2015-07-15 12:00:00, 2015-07-15T09:00:00Z",
    "2016-01-15 12:00:00, 2016-01-15T10:00:00Z",
    "2016-12-15 12:00:00, 2016-12-15T09:00:00Z",
    "2026-01-15 12:00:00, 2026-01-15T09:00:00Z",
  })
  void knowsTheClockChangesOfTurkey(String stamp, Instant meant) {
    SourceSettings imports =
        SourceSettings.all(
            new SourceSettings.Sender(ISTANBUL, SourceSettings.Sender.TURKEY.fallback(), true));
    Lines lines = new Lines(imports, Lines.NOON);

    EventRecord e = lines.parse("<13>" + stamp + " host app: old file");

    assertThat(EcsJson.iso(e.timestampMillis())).isEqualTo(EcsJson.iso(meant.toEpochMilli()));
    assertThat(e.fields()).doesNotContainKey("emanet.time");
  }

  @Test
  void takesTheZoneOfTheSendersNetwork() {
    SourceConfig config =
        new SourceConfig(
            "Europe/Istanbul",
            "windows-1254",
            Set.of(),
            List.of(new SourceConfig.Network("10.0.0.0/8", "UTC", null)));

    EventRecord e =
        new Lines(new ConfiguredSources(config), Lines.NOON)
            .parse("<13>Oct 12 08:59:00 host app: text");

    assertThat(EcsJson.iso(e.timestampMillis())).isEqualTo("2026-10-12T08:59:00.000Z");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Europe/Istanbul",
        "Europe/Berlin",
        "America/New_York",
        "Asia/Kathmandu",
        "Pacific/Chatham",
        "Australia/Lord_Howe",
        "UTC",
        "+05:45"
      })
  void turnsLocalTimesIntoTheSameInstantsAsTheJdk(String zoneName) {
    ZoneId zone = ZoneId.of(zoneName);
    ZoneClock clock = new ZoneClock(zone);
    Random random = new Random(42);

    for (int i = 0; i < 20_000; i++) {
      // 1971 to 2099, to the second.
      long local = 31_536_000L + (long) (random.nextDouble() * 4_070_000_000.0);
      long expected =
          LocalDateTime.ofEpochSecond(local, 0, ZoneOffset.UTC).atZone(zone).toEpochSecond();
      assertThat(clock.utcMillis(local * 1000))
          .as("local second " + local)
          .isEqualTo(expected * 1000);
    }
  }

  @Test
  void countsDaysAsTheJdkDoes() {
    for (int day = -800_000; day < 800_000; day += 37) {
      java.time.LocalDate date = java.time.LocalDate.ofEpochDay(day);
      assertThat(Dates.dayOf(date.getYear(), date.getMonthValue(), date.getDayOfMonth()))
          .isEqualTo(day);
      assertThat(Dates.yearOfDay(day)).isEqualTo(date.getYear());
    }
  }

  @Test
  void refusesSettingsThatItCannotUse() {
    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(
                () ->
                    new ConfiguredSources(
                        new SourceConfig("Mars/Olympus", "windows-1254", Set.of(), List.of()))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Mars/Olympus");
    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(
                () ->
                    new ConfiguredSources(new SourceConfig("UTC", "UTF-16", Set.of(), List.of()))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("UTF-16");
    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(
                () ->
                    new ConfiguredSources(
                        new SourceConfig(
                            "UTC",
                            "windows-1254",
                            Set.of(),
                            List.of(new SourceConfig.Network("10.0.0.0/64", null, null))))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("10.0.0.0/64");
  }
}
