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

/** The small form of {@code packaging/torture power}; needs root and a loop device. */
class PowerCutIT {

  private static final int ROUNDS = 10;
  private static final int CONTROL_ROUNDS = 6;

  /** Exit code for a disk that failed (EX_IOERR), see the operations page. */
  private static final int DISK_FAILED = 74;

  /** Halves the processor time of a start; what is tested stays the same. */
  private static final String QUICK = "-XX:TieredStopAtLevel=1";

  @TempDir private Path work;

  private final Notes notes = new Notes();

  @BeforeEach
  void needsABrokerAndADisk() throws Exception {
    Optional<String> reason = Broker.unavailable().or(this::noDisk);
    assumeTrue(reason.isEmpty(), reason.orElse(""));
  }

  private Optional<String> noDisk() {
    try {
      return LoopDisk.unavailable(work);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("interrupted");
    }
  }

  @AfterEach
  void keepsTheNotes(TestInfo test) throws Exception {
    notes.keep(test.getTestMethod().orElseThrow().getName());
  }

  @Test
  void losesNothingAcknowledgedAndShowsNothingTwiceWhenThePowerIsCut() throws Exception {
    try (PowerRounds exercise =
        new PowerRounds(work, notes.seed(), List.of(QUICK), new Bookkeeping(), notes)) {
      for (int i = 0; i < ROUNDS; i++) {
        exercise.round();
      }

      Verdict all = exercise.finish();

      assertThat(all.examples()).as(notes.toString()).isEmpty();
      assertThat(all.kept()).isTrue();
      assertThat(all.acknowledged()).isPositive();
    }
  }

  @Test
  void noticesTheLossWhenTheJournalForcesNothingToDisk() throws Exception {
    Bookkeeping books = new Bookkeeping(Duration.ofSeconds(3));
    try (PowerRounds exercise =
        new PowerRounds(
            work,
            notes.seed(),
            List.of(QUICK, "-Demanet.journal.unsafe-no-force=true"),
            books,
            notes)) {
      for (int i = 0; i < CONTROL_ROUNDS && books.sum().lost() == 0; i++) {
        exercise.round();
      }

      assertThat(books.sum().lost()).as(notes.toString()).isPositive();
    }
  }

  @Test
  void endsWithItsOwnCodeWhenTheDiskFailsUnderIt() throws Exception {
    try (PowerRounds exercise =
        new PowerRounds(work, notes.seed(), List.of(QUICK), new Bookkeeping(), notes)) {

      int code = exercise.failTheDiskUnderTheService();

      assertThat(code).as(notes.toString()).isEqualTo(DISK_FAILED);
    }
  }
}
