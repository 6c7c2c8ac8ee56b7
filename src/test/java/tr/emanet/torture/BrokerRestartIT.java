package tr.emanet.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** The small form of {@code packaging/torture broker}. */
class BrokerRestartIT {

  private static final int ROUNDS = 4;

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
  void losesNothingWhenItsBrokerIsRestartedAndComesBackWhenTheBrokerWasKilled() throws Exception {
    try (BrokerRounds exercise = new BrokerRounds(work, notes.seed(), new Bookkeeping(), notes)) {
      for (int i = 0; i < ROUNDS; i++) {
        assertThat(exercise.restart().examples()).as(notes.toString()).isEmpty();
      }

      assertThat(exercise.kill().examples()).as(notes.toString()).isEmpty();
      assertThat(exercise.books().sum().kept()).as(notes.toString()).isTrue();
      assertThat(exercise.stop()).isIn(0, 143);
    }
  }
}
