package tr.emanet.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VerifyTest {

  private static Program program;
  private static FixtureKeys keys;
  private static FixtureKeys others;

  @TempDir Path directory;

  private Path archive;
  private SealFixture log;

  @BeforeAll
  static void compiles() throws Exception {
    program = new Program();
    keys = FixtureKeys.elliptic();
    others = FixtureKeys.elliptic();
  }

  @BeforeEach
  void writesAnArchive() throws Exception {
    archive = directory.resolve("archive");
    log = SealFixture.threeDays(archive, keys, 1);
    log.archive();
  }

  private Path pem(String name, FixtureKeys.Holder... holders) throws Exception {
    StringBuilder text = new StringBuilder();
    for (FixtureKeys.Holder holder : holders) {
      text.append(holder.pem());
    }
    return Files.writeString(directory.resolve(name), text);
  }

  @Test
  void findsNothingWrongInAnUntouchedArchive() {
    Program.Said said = program.run(archive, "--full", "--expect", log.witness());

    assertThat(said.code()).isZero();
    assertThat(said.text())
        .contains("VERDICT UNTOUCHED", "is stamped: 2026-11-20T21:05:02Z by O=Test,CN=Test time")
        .contains("day 2026-11-21 is NOT STAMPED", "day 2026-11-22 has no root")
        .contains("was destroyed by rule", "the service was started then")
        .contains("compare it with what the institution tells you");
  }

  @Test
  void trustsWhomItIsToldToTrust() throws Exception {
    Path right = pem("right.pem", keys.seal(), keys.authority());
    Path wrong = pem("wrong.pem", others.seal());

    Program.Said trusted = program.run(archive, "--trust", right);
    Program.Said refused = program.run(archive, "--trust", wrong);

    assertThat(trusted.code()).isZero();
    assertThat(trusted.text()).contains("trusted as you said");
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.names("is not among the trusted")).isTrue();
  }

  @Test
  void findsThatTheNewestCheckpointsWereCutOff() throws Exception {
    String witness = log.witness();
    Path day = archive.resolve("seals/2026/11/22");
    Files.delete(day.resolve("000000000006.checkpoint"));
    Files.delete(day.resolve("000000000006.checkpoint.p7s"));

    Program.Said without = program.run(archive, "--state");
    Program.Said with = program.run(archive, "--state", "--expect", witness);

    assertThat(without.text()).contains("checkpoints 1 to 5 are signed");
    assertThat(with.names("cut off: you expect checkpoint 6")).isTrue();
  }

  @Test
  void takesAClockThatWasSetBackIntoADayWithARootForNoTampering() throws Exception {
    Path other = directory.resolve("back");
    SealFixture back = new SealFixture(other, keys, 5);
    back.audit("-", "service.started", "", "");
    back.checkpoint("start");
    back.append("general", 3);
    back.pass(Duration.ofHours(5));
    back.checkpoint("tick");
    back.pass(Duration.ofHours(-5));
    back.append("general", 2);
    back.checkpoint("tick");
    back.pass(Duration.ofDays(2));
    back.checkpoint("start");

    Program.Said said = program.run(other, "--state", "--expect", back.witness());

    assertThat(said.text()).contains("VERDICT UNTOUCHED", "the clock went back by 18000 s");
    assertThat(other.resolve("seals/2026/11/21/root.sha256"))
        .content()
        .contains("000000000002.checkpoint", "000000000003.checkpoint");

    Path moved = other.resolve("seals/2026/11/20/000000000003.checkpoint");
    for (String ending : List.of("", ".p7s")) {
      Files.move(
          other.resolve("seals/2026/11/21/000000000003.checkpoint" + ending),
          Path.of(moved + ending));
    }
    assertThat(program.run(other, "--state").code()).isEqualTo(1);
  }

  @Test
  void takesACheckpointKeptElsewhereAsAFile() throws Exception {
    Path kept = directory.resolve("kept");
    Files.copy(archive.resolve("seals/2026/11/20/000000000002.checkpoint"), kept);

    Program.Said said = program.run(archive, "--expect", kept);

    assertThat(said.text()).contains("checkpoint 2 is the one you expect");
  }

  @Test
  void looksAtSomeDaysOfAStateDirectoryOnly() {
    Program.Said said =
        program.run(archive, "--state", "--from", "2026-11-21", "--to", "2026-11-21");

    assertThat(said.code()).isZero();
    assertThat(said.text()).contains("OK 1 segments");
  }

  @Test
  void aManifestThatSomebodyElseSignedIsRefused() throws Exception {
    byte[] manifest = Files.readAllBytes(archive.resolve("MANIFEST.sha256"));
    Files.write(archive.resolve("MANIFEST.sha256.p7s"), others.sign(manifest));

    Program.Said said = program.run(archive);

    assertThat(said.names("MANIFEST.sha256.p7s: the signer's certificate is not in")).isTrue();
  }

  @Test
  void namesFilesThatWereAddedOrTakenAway() throws Exception {
    Files.writeString(archive.resolve("note.txt"), "x");
    Files.delete(archive.resolve("seals/2026/11/20/root.sha256.p7s.tsr"));

    Program.Said said = program.run(archive);

    assertThat(said.names("note.txt: inserted")).isTrue();
    assertThat(said.names("root.sha256.p7s.tsr: missing")).isTrue();
  }

  @Test
  void refusesHostileSignaturesWithAReason() throws Exception {
    Path file = archive.resolve("seals/2026/11/20/000000000001.checkpoint.p7s");
    byte[] whole = Files.readAllBytes(file);
    byte[] deep = new byte[4000];
    Arrays.fill(deep, (byte) 0x30);
    byte[][] hostile = {
      {},
      {0x30, (byte) 0x80, 0, 0},
      {0x30, (byte) 0x84, 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff},
      {0x30, (byte) 0x81, 0x01, 0},
      {0x3f, (byte) 0xff, 0x7f, 0},
      deep,
      "<html>".getBytes(java.nio.charset.StandardCharsets.US_ASCII),
      Arrays.copyOf(whole, whole.length - 1),
      Arrays.copyOf(whole, whole.length + 1)
    };
    for (byte[] each : hostile) {
      Files.write(file, each);

      Program.Said said = program.run(archive, "--state");

      assertThat(said.code()).isEqualTo(1);
      assertThat(said.names("seals/2026/11/20/000000000001.checkpoint: ")).isTrue();
    }
  }

  @Test
  void noiseNeverEndsItOtherwiseThanWithAVerdict() throws Exception {
    Random random = new Random(5);
    for (String name :
        new String[] {
          "MANIFEST.sha256",
          "archive.txt",
          "audit/entries.txt",
          "certificates/seal.pem",
          "seals/2026/11/20/day.txt",
          "seals/2026/11/20/root.sha256.p7s.tsr"
        }) {
      byte[] whole = Files.readAllBytes(archive.resolve(name));
      for (int i = 0; i < 5; i++) {
        byte[] noise = new byte[random.nextInt(300)];
        random.nextBytes(noise);
        Files.write(archive.resolve(name), noise);

        assertThat(program.run(archive).code()).as(name).isEqualTo(1);
      }
      Files.write(archive.resolve(name), whole);
    }
    assertThat(program.run(archive).code()).isZero();
  }

  @Test
  void saysWhenItWasAskedWrongly() {
    assertThat(program.run().code()).isEqualTo(2);
    assertThat(program.run(archive, "--expect").code()).isEqualTo(2);
    assertThat(program.run(archive, "--expect", "nonsense").code()).isEqualTo(2);
    assertThat(program.run(archive, "--frobnicate").code()).isEqualTo(2);
    assertThat(program.run(directory).code()).isEqualTo(2);
  }
}
