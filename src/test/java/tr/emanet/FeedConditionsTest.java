package tr.emanet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tr.emanet.alert.Condition;
import tr.emanet.alert.Facts;
import tr.emanet.alert.Severity;
import tr.emanet.indicator.FeedFailure;
import tr.emanet.indicator.FeedState;
import tr.emanet.indicator.Revision;

class FeedConditionsTest {

  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);

  private static FeedState state(
      @Nullable Duration goodAgo, @Nullable FeedFailure failure, int failures) {
    Instant good = goodAgo == null ? null : NOW.minus(goodAgo);
    Instant since = failure == null ? null : NOW.minus(Duration.ofMinutes(10));
    return new FeedState(
        "usom", 7, false, good, good, NOW, failure, "http://a: seen", since, failures);
  }

  private static Revision waiting(String reason, Duration ago) {
    return new Revision(
        8,
        "usom",
        Revision.Kind.FULL,
        Revision.State.WAITING,
        "",
        "none",
        0,
        true,
        NOW.minus(ago),
        null,
        "-",
        new Revision.Counts(1, 1, 0, 0),
        0,
        0,
        "",
        reason);
  }

  private static List<Condition> judge(FeedState state, Revision... newest) {
    return FeedConditions.of(state, List.of(newest), HOUR, NOW.minus(Duration.ofDays(30)), NOW);
  }

  private static Severity severity(Duration goodAgo, FeedFailure failure) {
    return judge(state(goodAgo, failure, 3)).getFirst().severity();
  }

  @Test
  void findsNothingWrongWithAFeedThatWorks() {
    assertThat(judge(state(Duration.ofMinutes(50), null, 0))).isEmpty();
  }

  @Test
  void becomesWorseWithTheAgeOfTheLastGoodList() {
    assertThat(severity(HOUR, FeedFailure.UNREACHABLE)).isEqualTo(Severity.LOW);
    assertThat(severity(HOUR, FeedFailure.HTML)).isEqualTo(Severity.MEDIUM);
    assertThat(severity(Duration.ofHours(7), FeedFailure.TIMEOUT)).isEqualTo(Severity.MEDIUM);
    assertThat(severity(Duration.ofHours(25), FeedFailure.HTML)).isEqualTo(Severity.HIGH);
    assertThat(severity(Duration.ofDays(8), FeedFailure.UNREACHABLE)).isEqualTo(Severity.CRITICAL);
  }

  @Test
  void namesReasonTriesAndWhatStaysInForce() {
    Condition found = judge(state(HOUR, FeedFailure.HTML, 3)).getFirst();

    assertThat(found.key()).isEqualTo("usom:html");
    assertThat(found.tries()).isEqualTo(3);
    assertThat(found.facts())
        .containsEntry(Facts.CONDITION, "broken")
        .containsEntry(Facts.REASON, "html")
        .containsEntry(Facts.DETAIL, "http://a: seen")
        .containsEntry(Facts.LAST_GOOD, NOW.minus(HOUR).toString());
  }

  @Test
  void noticesSilenceThatNobodyCallsAFailure() {
    Condition silent = judge(state(Duration.ofHours(3), null, 0)).getFirst();

    assertThat(silent.key()).isEqualTo("usom:silent");
    assertThat(silent.severity()).isEqualTo(Severity.MEDIUM);
    assertThat(judge(state(null, null, 0)).getFirst().severity()).isEqualTo(Severity.CRITICAL);
    Instant justStarted = NOW.minus(Duration.ofMinutes(5));
    FeedState old = state(Duration.ofDays(2), null, 0);
    assertThat(FeedConditions.of(old, List.of(), HOUR, justStarted, NOW)).isEmpty();
  }

  @Test
  void tellsOfAListThatWaitsBelowAFeedThatFails() {
    FeedState held = state(HOUR, FeedFailure.CHANGE_TOO_LARGE, 1);

    Condition fresh = judge(held, waiting("change-too-large: 9 changes", HOUR)).getFirst();
    Condition old = judge(held, waiting("held: since", Duration.ofDays(2))).getFirst();
    Condition poisoned = judge(held, waiting("poisoned: 0.0.0.0/0", HOUR)).getFirst();

    assertThat(fresh.key() + " " + fresh.severity()).isEqualTo("usom:change-too-large LOW");
    assertThat(old.key() + " " + old.severity()).isEqualTo("usom:held MEDIUM");
    assertThat(poisoned.key() + " " + poisoned.severity()).isEqualTo("usom:poisoned HIGH");
    assertThat(judge(held, waiting("held: since", HOUR))).hasSize(1);
  }

  @Test
  void tellsOfAFeedThatNobodyFetchesOnlyWhatWaits() {
    FeedState imported = state(Duration.ofDays(90), FeedFailure.FILE, 1);

    assertThat(FeedConditions.of(imported, List.of(), null, NOW, NOW)).isEmpty();
    assertThat(FeedConditions.of(imported, List.of(waiting("poisoned: x", HOUR)), null, NOW, NOW))
        .hasSize(1);
  }
}
