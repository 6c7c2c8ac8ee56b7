package tr.emanet.backup.restic;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The fast way reads what the library reads, or leaves it to the library. */
class TimestampsTest {

  @Test
  void readsWhatTreesAreWrittenWith() {
    Random random = new Random(3);
    int fast = 0;
    for (int i = 0; i < 2000; i++) {
      Instant time =
          Instant.ofEpochSecond(
              random.nextLong(-2_000_000_000L, 5_000_000_000L), random.nextInt(1_000_000_000));

      Instant found = Timestamps.parse(TreeWriter.timeText(time));

      fast += found == null ? 0 : 1;
      assertThat(found == null ? time : found).isEqualTo(time);
    }
    assertThat(fast).isGreaterThan(1500);
  }

  @Test
  void leavesOtherFormsToTheLibrary() {
    assertThat(Timestamps.parse("2026-11-22T10:00:00+03:00")).isNull();
    assertThat(Timestamps.parse("2026-02-30T10:00:00Z")).isNull();
    assertThat(Timestamps.parse("2026-11-22T10:00:00.Z")).isNull();
    assertThat(Timestamps.parse("2026-11-22T10:00:00.1234567890Z")).isNull();
    assertThat(Timestamps.parse("2026-11-2xT10:00:00Z")).isNull();
    assertThat(Timestamps.parse("")).isNull();
  }
}
