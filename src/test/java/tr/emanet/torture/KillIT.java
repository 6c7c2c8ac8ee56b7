package tr.emanet.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** The small form of {@code packaging/torture kill}. */
class KillIT {

  private static final int ROUNDS = 20;
  private static final int CONTROL_ROUNDS = 8;

  /** Halves the processor time of a start; what is tested stays the same. */
  private static final String QUICK = "-XX:TieredStopAtLevel=1";

  @TempDir private Path work;

  private final Notes notes = new Notes();

  @BeforeEach
  void needsABroker() {
    Optional<String> reason = Broker.unavailable();
    assumeTrue(reason.isEmpty(), reason.orElse(""));
  }

  @AfterEach
  void keepsTheNotes(TestInfo test) throws Exception {
    notes.keep(test.getTestMethod().orElseThrow().getName());
  }

  @Test
  void losesNothingAcknowledgedAndShowsNothingTwiceWhenItIsKilled() throws Exception {
    try (KillRounds exercise =
        new KillRounds(
            work, notes.seed(), List.of(QUICK), CrashPoints.ofLines(), new Bookkeeping(), notes)) {
      for (int i = 0; i < ROUNDS; i++) {
        exercise.round();
      }

      Verdict all = exercise.finish();

      assertThat(exercise.kills()).as(notes.toString()).isGreaterThanOrEqualTo(ROUNDS / 2);
      assertThat(all.examples()).as(notes.toString()).isEmpty();
      assertThat(all.kept()).isTrue();
      assertThat(all.acknowledged()).isPositive();
    }
  }

  @Test
  void noticesTheLossWhenTheJournalAcknowledgesBeforeItWrites() throws Exception {
    Bookkeeping books = new Bookkeeping(Duration.ofSeconds(3));
    try (KillRounds exercise =
        new KillRounds(
            work,
            notes.seed(),
            List.of(QUICK, "-Demanet.journal.unsafe-ack-first=true"),
            List.of(),
            books,
            notes)) {
      for (int i = 0; i < CONTROL_ROUNDS && books.sum().lost() == 0; i++) {
        exercise.round("journal.before-append", 10 + 3 * i);
        exercise.settle();
      }

      assertThat(books.sum().lost()).as(notes.toString()).isPositive();
    }
  }
}
