package tr.emanet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tr.emanet.alert.Condition;
import tr.emanet.alert.Facts;
import tr.emanet.backup.plan.RepositoryState;
import tr.emanet.backup.seal.SealHead;

/** What of a repository's state is an alarm. */
class RepositoryConditionsTest {

  private static final Instant NOW = Instant.parse("2026-11-23T06:00:00Z");

  private static List<Condition> of(String unstamped, Instant now) {
    return RepositoryConditions.of(
        new RepositoryState(
            "/srv/depo",
            new SealHead(1, "a".repeat(64)),
            null,
            null,
            now,
            null,
            "",
            List.of(),
            null,
            unstamped,
            null,
            null,
            0,
            null),
        now);
  }

  @Test
  void tellsOfADayWithoutAStampWhenTheAuthorityHadTwoDays() {
    String line = "2026-11-19: the authority answers 503";

    assertThat(of(line, NOW))
        .singleElement()
        .satisfies(
            condition -> {
              assertThat(condition.key()).isEqualTo("backup:unstamped:/srv/depo");
              assertThat(condition.facts()).containsEntry(Facts.DETAIL, line);
            });
    assertThat(of(line, NOW.minus(Duration.ofDays(3)))).isEmpty();
  }

  @Test
  void saysNothingWhereNoAuthorityIsSet() {
    assertThat(of("2026-11-19: no time stamp authority is set", NOW)).isEmpty();
  }
}
