package tr.emanet.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Restores that are killed, or whose disk is full, go on and bring all back. */
class RestoreKillsIT {

  @TempDir Path place;

  @Test
  void bringsAllBackAfterKillsAtRandomPoints() throws Exception {
    RestoreRounds rounds = new RestoreRounds(place, 20261123);
    for (int i = 0; i < 3; i++) {
      rounds.kill();
    }
    assertThat(rounds.killed()).isPositive();
  }

  @Test
  void bringsAllBackAfterADiskThatWasFull() throws Exception {
    RestoreRounds rounds = new RestoreRounds(place, 1881);
    for (int i = 0; i < 4; i++) {
      Optional<String> skipped = rounds.fullDisk();
      assumeTrue(skipped.isEmpty(), skipped.orElse(""));
    }
    assertThat(rounds.full()).isEqualTo(4);
  }
}
