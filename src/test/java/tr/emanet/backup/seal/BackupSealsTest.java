package tr.emanet.backup.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.backup.BackupException;

/** What is sealed, what is refused, and what another tool's changes look like. */
class BackupSealsTest {

  private SealedRepository place;

  @BeforeEach
  void open(@TempDir Path root) throws Exception {
    place = new SealedRepository(root);
  }

  @AfterEach
  void close() {
    place.close();
  }

  @Test
  void sealsRunsAndPrunesSoThatNothingIsLeftOver() throws Exception {
    place.threeDays();

    SealReport report = place.verify(true);

    assertThat(report.findings()).isEmpty();
    assertThat(report.head().sequence()).isEqualTo(5);
    assertThat(report.bytesRead()).isGreaterThan(90_000);
  }

  @Test
  void keepsASnapshotOfAnotherToolVisibleUntilItIsAdopted() throws Exception {
    place.backup();
    String foreign = place.snapshot();
    place.backup();

    List<SealFinding> before = place.verify(false).findings();
    SealOutcome adopted = place.seals.adopt(place.repository, "talep 7");

    assertThat(before).contains(new SealFinding.UnsealedSnapshot("snapshots/" + foreign));
    assertThat(adopted).isInstanceOf(SealOutcome.Sealed.class);
    assertThat(place.verify(true).findings()).isEmpty();
  }

  @Test
  void adoptsNothingWithoutAnApproval() throws Exception {
    place.snapshot();

    assertThatThrownBy(() -> place.seals.adopt(place.repository, " "))
        .isInstanceOf(BackupException.class)
        .hasMessageContaining("approval");
  }

  @Test
  void recoversASnapshotThatWasCutBeforeItsSeal() throws Exception {
    place.backup();
    String cut = place.snapshot();

    List<String> unsealed = place.seals.unsealedSnapshots(place.repository);
    SealOutcome recovered = place.seals.recover(place.repository, cut);
    SealOutcome again = place.seals.recover(place.repository, cut);

    assertThat(unsealed).containsExactly(cut);
    assertThat(recovered).isInstanceOf(SealOutcome.Sealed.class);
    assertThat(again).isInstanceOf(SealOutcome.Nothing.class);
    assertThat(place.verify(true).findings()).isEmpty();
  }

  @Test
  void sealsPacksThatACutRunHasLeftAndNoKeyThatSomebodyAdded() throws Exception {
    place.backup();
    String cut = place.snapshot();
    Files.delete(place.directory.resolve("snapshots/" + cut));
    String key = place.repository.addPassword(new byte[] {1, 2, 3}, place.now.get()).hex();

    place.backup();

    assertThat(place.verify(true).findings())
        .containsExactly(new SealFinding.Foreign("keys/" + key));
  }

  @Test
  void takesAwayWhatASealLeftThatWasCut() throws Exception {
    place.backup();
    Path folder = place.directory.resolve("seals");
    Files.writeString(folder.resolve("00000002.packs.sha256"), "half");
    Files.writeString(folder.resolve("00000002.json.p7s"), "half");

    boolean sound = place.verify(false).sound();
    place.backup();

    assertThat(sound).isFalse();
    assertThat(place.verify(true).findings()).isEmpty();
  }

  @Test
  void alarmsWhenASnapshotIsRemovedThatNobodyNamed() throws Exception {
    place.backup();
    place.backup();

    place.prune(false);

    assertThat(place.verify(true).findings())
        .singleElement()
        .isInstanceOf(SealFinding.MissingSnapshot.class);
  }

  @Test
  void refusesToSealBehindABrokenChain() throws Exception {
    place.backup();
    place.backup();
    Files.delete(place.directory.resolve("seals/00000001.json"));

    SealOutcome outcome = place.backup();

    assertThat(outcome)
        .isInstanceOfSatisfying(
            SealOutcome.Refused.class,
            refused -> assertThat(refused.reason()).contains("00000001.json"));
  }

  @Test
  void noticesARepositoryThatWasPutBackByAHeadKeptElsewhere() throws Exception {
    place.backup();
    SealHead kept = new SealHead(2, "ab".repeat(32));

    SealReport report = place.seals.verify(place.repository, place.trust(), false, kept);

    assertThat(report.findings()).singleElement().isInstanceOf(SealFinding.RolledBack.class);
  }

  @Test
  void saysThatADayIsNotStamped() throws Exception {
    BackupSeals unstamped =
        new BackupSeals(place.key, place.now::get, SealedRepository.ISTANBUL, null);
    place.backup();
    place.nextDay();

    List<String> said = unstamped.closeDays(place.repository);

    assertThat(said).singleElement().asString().contains("2026-11-20");
    assertThat(place.verify(false).findings())
        .singleElement()
        .isInstanceOf(SealFinding.Unstamped.class);
    assertThat(place.verify(false).sound()).isTrue();
  }

  @Test
  void showsWhatStockResticHasRemovedAndWrittenAsForeign(@TempDir Path root) throws Exception {
    Assumptions.assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/restic")),
        "restic is not installed: apt-get install restic");
    place.backup();
    place.backup();
    Path password = Files.write(root.resolve("password"), SealedRepository.PASSWORD);

    Process process =
        new ProcessBuilder(
                "/usr/bin/restic",
                "--no-cache",
                "-r",
                place.directory.toString(),
                "-p",
                password.toString(),
                "forget",
                "--keep-last",
                "1",
                "--prune",
                "--max-unused",
                "0")
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int code = process.waitFor();
    List<SealFinding> findings = place.verify(true).findings();
    SealOutcome adopted = place.seals.adopt(place.repository, "talep 12");

    assertThat(code).as(said).isZero();
    assertThat(findings).hasAtLeastOneElementOfType(SealFinding.MissingSnapshot.class);
    assertThat(findings).hasAtLeastOneElementOfType(SealFinding.Missing.class);
    assertThat(findings).hasAtLeastOneElementOfType(SealFinding.Foreign.class);
    assertThat(adopted).isInstanceOf(SealOutcome.Sealed.class);
    assertThat(place.verify(true).findings()).isEmpty();
  }

  @Test
  void aPasswordThatIsAddedOrTakenAwayOnPurposeIsSealed() throws Exception {
    place.backup();
    SealedKeys keys = new SealedKeys(place.seals, place.now::get);
    byte[] second = "ikinci".getBytes(StandardCharsets.UTF_8);

    String added = keys.add(place.repository, second, "parola değişti");
    String again = keys.add(place.repository, second, "parola değişti");
    List<SealFinding> afterAdd = place.verify(true).findings();
    keys.remove(place.repository, added, "eski parola kalktı");
    keys.remove(place.repository, added, "eski parola kalktı");

    assertThat(again).isEqualTo(added);
    assertThat(afterAdd).isEmpty();
    assertThat(place.verify(true).findings()).isEmpty();
    assertThat(place.repository.alsoOpens(second)).isEmpty();
    assertThat(place.verify(true).head().sequence()).isEqualTo(3);
    assertThatThrownBy(() -> keys.remove(place.repository, place.repository.key(), "x"))
        .hasMessageContaining("is open with");
    assertThat(place.backup()).isInstanceOf(SealOutcome.Sealed.class);
    assertThat(place.verify(true).findings()).isEmpty();
  }

  @Test
  void aKeyThatSomebodyElseTookAwayStaysMissing() throws Exception {
    place.backup();
    SealedKeys keys = new SealedKeys(place.seals, place.now::get);
    String ours = keys.add(place.repository, new byte[] {1}, "parola değişti");
    Files.delete(place.directory.resolve("keys").resolve(ours));

    String other = keys.add(place.repository, new byte[] {2}, "parola değişti");

    assertThat(place.verify(true).findings())
        .singleElement()
        .satisfies(finding -> assertThat(finding.object()).isEqualTo("keys/" + ours));
    assertThat(other).isNotEqualTo(ours);
  }
}
