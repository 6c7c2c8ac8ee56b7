package tr.emanet.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A few true kills of the command line; {@code packaging/torture repository} does hundreds. */
class RepositoryKillIT {

  @TempDir Path place;

  @Test
  void aKilledBackupOrPruneLeavesASoundRepositoryAndTheNextCompletes() throws Exception {
    RepositoryKills kills = new RepositoryKills(place, 3);

    for (int i = 0; i < 3; i++) {
      kills.round();
    }

    assertThat(kills.killed()).isPositive();
  }
}
