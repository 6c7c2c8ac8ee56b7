package tr.emanet.backup.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the page "Backup seals", word by word, in a shell that has only Debian's. */
class SealAuditorTest {

  private SealedRepository place;

  @BeforeEach
  void make(@TempDir Path root) throws Exception {
    Assumptions.assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/openssl")), "openssl is not installed");
    place = new SealedRepository(root);
    place.threeDays();
  }

  @AfterEach
  void close() {
    if (place != null) {
      place.close();
    }
  }

  @Test
  void checksEveryStoredByteWithoutAKeyAndWithoutUs() throws Exception {
    Said said = audit();

    assertThat(said.text()).doesNotContain("FAILED", "WRONG").contains("5 seals are read");
    assertThat(said.text()).contains("Verification: OK", "everything is as it was sealed");
    assertThat(said.code()).isZero();
  }

  @Test
  void checksSealsOfAllKindsAndTheStampsOfTheirDays() throws Exception {
    String cut = place.snapshot();
    assertThat(place.seals.recover(place.repository, cut)).isInstanceOf(SealOutcome.Sealed.class);
    String foreign = place.snapshot();
    assertThat(place.seals.adopt(place.repository, "istek 7"))
        .isInstanceOf(SealOutcome.Sealed.class);
    place.nextDay();
    assertThat(place.seals.closeDays(place.repository)).isEmpty();

    Said said = audit();

    assertThat(place.directory.resolve("snapshots").resolve(foreign)).exists();
    for (String kind : new String[] {"backup", "prune", "recover", "adopt"}) {
      try (Stream<Path> seals = Files.list(place.directory.resolve("seals"))) {
        assertThat(seals.filter(f -> f.toString().endsWith(".json")).map(SealAuditorTest::text))
            .anyMatch(json -> json.contains("\"kind\":\"" + kind + "\""));
      }
    }
    assertThat(said.text()).doesNotContain("FAILED", "WRONG").contains("7 seals are read");
    assertThat(said.text().split("Verification: OK", -1)).hasSize(4);
    assertThat(said.code()).isZero();
  }

  @Test
  void sealsAndStampsOnAfterANightWithTheClockFarAhead() throws Exception {
    place.now.updateAndGet(time -> time.plus(Duration.ofDays(1825)));
    assertThat(place.backup()).isInstanceOf(SealOutcome.Sealed.class);
    assertThat(place.seals.closeDays(place.repository)).isEmpty();
    place.now.updateAndGet(time -> time.minus(Duration.ofDays(1825)));

    assertThat(place.backup()).isInstanceOf(SealOutcome.Sealed.class);
    assertThat(place.seals.closeDays(place.repository)).isEmpty();
    place.nextDay();
    assertThat(place.backup()).isInstanceOf(SealOutcome.Sealed.class);
    place.nextDay();
    assertThat(place.seals.closeDays(place.repository)).isEmpty();

    assertThat(text(place.directory.resolve("seals/00000007.json")))
        .contains("\"clock_back_seconds\":");
    assertThat(place.verify(true).findings()).isEmpty();
    Said said = audit();
    assertThat(said.text()).doesNotContain("FAILED", "WRONG").contains("8 seals are read");
    assertThat(said.code()).isZero();
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:TieredStopAtLevel=1",
                place.directory.resolve("seals/Verify.java").toString(),
                place.directory.toString())
            .redirectErrorStream(true)
            .start();
    String verified = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(verified).isZero();
    assertThat(verified).contains("had been ahead");

    // A list of a day that lost a line is named still.
    List<Path> days;
    try (Stream<Path> all = Files.list(place.directory.resolve("seals/daily"))) {
      days = all.filter(file -> file.toString().endsWith(".txt")).sorted().toList();
    }
    Path first = days.getFirst();
    List<String> lines = Files.readAllLines(first);
    Files.writeString(first, String.join("\n", lines.subList(0, lines.size() - 1)) + "\n");
    assertThat(place.verify(false).findings()).isNotEmpty();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void findsAPackWithAnotherByte() throws Exception {
    Path pack;
    try (Stream<Path> all = Files.walk(place.directory.resolve("data"))) {
      pack = all.filter(Files::isRegularFile).findFirst().orElseThrow();
    }
    byte[] bytes = Files.readAllBytes(pack);
    bytes[100] ^= 1;
    Files.delete(pack);
    Files.write(pack, bytes);

    Said said = audit();

    assertThat(said.text()).contains(pack.getFileName() + ": FAILED");
    assertThat(said.code()).isNotZero();
  }

  @Test
  void findsAFileThatIsInNoSealAndASealThatWasReplaced() throws Exception {
    Files.writeString(place.directory.resolve("snapshots/" + "ab".repeat(32)), "x");
    Path seal = place.directory.resolve("seals/00000002.json");
    Files.writeString(seal, Files.readString(seal).replace("complete", "complexe"));

    Said said = audit();

    assertThat(said.text()).contains("WRONG seals/00000002.json", "WRONG snapshots/abab");
    assertThat(said.code()).isNotZero();
  }

  /** What the shell wrote, and its exit code. */
  private record Said(int code, String text) {}

  private Said audit() throws IOException, InterruptedException {
    String page = Files.readString(Path.of("src/docs/format-backup-seal.md"));
    int from = page.indexOf("```sh\n") + 6;
    Path script =
        Files.writeString(
            place.directory.resolveSibling("audit.sh"),
            page.substring(from, page.indexOf("```", from)));
    ProcessBuilder builder =
        new ProcessBuilder("/bin/sh", script.toString())
            .directory(place.directory.toFile())
            .redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder
        .environment()
        .put("SEAL", place.directory.resolve("seals/certificates/seal.pem").toString());
    builder
        .environment()
        .put("TSA", place.directory.resolve("seals/certificates/tsa.pem").toString());
    Process process = builder.start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    return new Said(process.exitValue(), text);
  }
}
