package tr.emanet.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts and the unit by which the product is started. */
class PackagingTest {

  private static final Path PACKAGING = Path.of("packaging");
  private static final Path ANALYZE = Path.of("/usr/bin/systemd-analyze");

  @TempDir Path dir;

  private static List<Path> scripts() throws IOException {
    try (Stream<Path> files = Files.list(PACKAGING)) {
      return files.filter(file -> !file.toString().endsWith(".service")).sorted().toList();
    }
  }

  @Test
  void everyScriptRunsInALocaleThatKnowsAllFileNames() throws Exception {
    for (Path script : scripts()) {
      String text = Files.readString(script);
      assertThat(text)
          .as(script.toString())
          .containsAnyOf("export LC_ALL=C.UTF-8", "/common.sh\"", "packaging/common.sh");
    }
    assertThat(Files.readString(PACKAGING.resolve("common.sh")))
        .contains("export LC_ALL=C.UTF-8", "ulimit -c 0");
  }

  @Test
  void theUnitHasTheLocaleAndNoCoreDumps() throws Exception {
    assertThat(Files.readAllLines(PACKAGING.resolve("emanet.service")))
        .contains(
            "Environment=LC_ALL=C.UTF-8",
            "LimitCORE=0",
            "StateDirectoryMode=0700",
            "NoNewPrivileges=yes");
  }

  @Test
  void systemdUnderstandsTheUnit() throws Exception {
    Assumptions.assumeTrue(Files.isExecutable(ANALYZE), "SKIP: systemd-analyze is not installed");
    Path unit = dir.resolve("emanet.service");
    String text = Files.readString(PACKAGING.resolve("emanet.service"));
    Files.writeString(
        unit, text.replace("/opt/emanet/", Path.of("").toAbsolutePath().toString() + "/"));

    Process process =
        new ProcessBuilder(ANALYZE.toString(), "verify", unit.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    boolean ended = process.waitFor(60, TimeUnit.SECONDS);

    assertThat(ended).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
    assertThat(said).doesNotContain("emanet.service:");
  }
}
