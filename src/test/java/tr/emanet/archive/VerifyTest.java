package tr.emanet.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VerifyTest {

  private static Program verifier;
  private static FixtureKeys keys;

  @TempDir Path directory;

  @BeforeAll
  static void compiles() throws Exception {
    verifier = new Program();
    keys = FixtureKeys.elliptic();
  }

  @Test
  void findsNothingWrongInAnUntouchedArchive() throws Exception {
    SealFixture log = SealFixture.threeDays(directory, keys, 1);
    log.archive();

    Program.Said said = verifier.run(directory, "--full", "--expect", log.witness());

    assertThat(said.text()).contains("VERDICT UNTOUCHED");
    assertThat(said.code()).isZero();
  }
}
