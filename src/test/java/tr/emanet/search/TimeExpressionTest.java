package tr.emanet.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Moments as people write them, in both languages. */
class TimeExpressionTest {

  private static final ZoneId ZONE = ZoneId.of("Europe/Istanbul");
  private static final Instant NOW = Instant.parse("2026-11-22T00:12:08Z");

  @ParameterizedTest
  @CsvSource({
    "now,2026-11-22T03:12:08,2026-11-22T03:12:08",
    "şimdi,2026-11-22T03:12:08,2026-11-22T03:12:08",
    "-7g,2026-11-15T03:12:08,2026-11-15T03:12:08",
    "-7d,2026-11-15T03:12:08,2026-11-15T03:12:08",
    "-1h30m,2026-11-22T01:42:08,2026-11-22T01:42:08",
    "2 gün önce,2026-11-20T03:12:08,2026-11-20T03:12:08",
    "3 hours ago,2026-11-22T00:12:08,2026-11-22T00:12:08",
    "-1 ay,2026-10-22T03:12:08,2026-10-22T03:12:08",
    "DÜN 22:00,2026-11-21T22:00,2026-11-21T22:01",
    "yesterday,2026-11-21T00:00,2026-11-22T00:00",
    "bugün,2026-11-22T00:00,2026-11-23T00:00",
    "15.11,2026-11-15T00:00,2026-11-16T00:00",
    "15.12,2025-12-15T00:00,2025-12-16T00:00",
    "15.11 08:30:05,2026-11-15T08:30:05,2026-11-15T08:30:06",
    "15 Kas 2025 08:30,2025-11-15T08:30,2025-11-15T08:31",
    "3 Ağustos,2026-08-03T00:00,2026-08-04T00:00",
    "15 Nov,2026-11-15T00:00,2026-11-16T00:00",
    "2026-11-15,2026-11-15T00:00,2026-11-16T00:00",
    "2026-11-15 08:30,2026-11-15T08:30,2026-11-15T08:31",
    "22:00,2026-11-22T22:00,2026-11-22T22:01",
    "1795305600,2026-11-22T03:00:00,2026-11-22T03:00:01",
  })
  void readsWhatPeopleWrite(String text, LocalDateTime from, LocalDateTime to) {
    TimeExpression.Span span = TimeExpression.span(text, NOW, ZONE).orElseThrow();

    assertThat(Instant.ofEpochMilli(span.fromMillis()).atZone(ZONE).toLocalDateTime())
        .isEqualTo(from);
    assertThat(Instant.ofEpochMilli(span.toMillis()).atZone(ZONE).toLocalDateTime()).isEqualTo(to);
  }

  @Test
  void readsIsoWithOffsetToTheMillisecond() {
    TimeExpression.Span span =
        TimeExpression.span("2026-11-22T00:12:08.207Z", NOW, ZONE).orElseThrow();

    assertThat(span.fromMillis())
        .isEqualTo(Instant.parse("2026-11-22T00:12:08.207Z").toEpochMilli());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-7x",
        "32.11",
        "yarınki",
        "2026-13-01",
        "-",
        "25:00",
        "15.11 99:00",
        "<script>",
        "-99999999y99999999y",
        "999999999999999999999999"
      })
  void refusesTheRest(String text) {
    assertThat(TimeExpression.span(text, NOW, ZONE)).isEmpty();
  }

  @Test
  void exchangesEndsThatAreTheWrongWayRound() {
    TimeExpression.Resolved resolved = TimeExpression.range("now", "-1h", NOW, ZONE);

    assertThat(resolved)
        .isEqualTo(
            new TimeExpression.Resolved.Good(
                new TimeExpression.Range(
                    new TimeRange(NOW.toEpochMilli() - 3_600_000, NOW.toEpochMilli()),
                    true,
                    true)));
  }

  @Test
  void takesAWholeDayWhenBothEndsNameIt() {
    TimeExpression.Resolved resolved = TimeExpression.range("dün", "dün", NOW, ZONE);

    TimeRange range = ((TimeExpression.Resolved.Good) resolved).range().range();
    assertThat(range.toMillis() - range.fromMillis()).isEqualTo(86_400_000L);
  }

  @Test
  void saysWhichEndItDidNotUnderstand() {
    assertThat(TimeExpression.range("-1h", "yarınki", NOW, ZONE))
        .isEqualTo(new TimeExpression.Resolved.Bad("yarınki", true));
  }
}
