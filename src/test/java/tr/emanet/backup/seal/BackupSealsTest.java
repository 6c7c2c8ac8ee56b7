package tr.emanet.backup.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tr.emanet.backup.seal.SealedRepository.ISTANBUL;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.backup.BackupException;
import tr.emanet.crypto.CryptoException;
import tr.emanet.crypto.sign.MachineSeal;
import tr.emanet.crypto.sign.SealKey;

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
  void namesHowMuchWasUnreadAndTheDigestOfTheListThatIsKept() throws Exception {
    List<String> listed = List.of("/belge/a: izin yok", "/belge/ş: izin yok");
    SealMark mark = place.seals.mark(place.repository);

    place.seals.sealBackup(
        place.repository,
        mark,
        new BackupFacts(
            place.snapshot(),
            "İmar",
            "",
            SnapshotState.INCOMPLETE,
            Map.of("unread", 731L),
            listed));

    String kept = String.join("\n", listed);
    assertThat(Files.readString(place.directory.resolve("seals/00000001.json")))
        .contains("\"unread\":731,\"unread_listed\":2")
        .contains("\"unread\":\"" + Seal.digest(kept.getBytes(StandardCharsets.UTF_8)) + "\"");
    assertThat(place.verify(false).findings()).isEmpty();
  }

  @Test
  void sealsOnAfterTheFirstSealOfANewKeyWasCutBeforeItCounted() throws Exception {
    place.backup();
    try (SealKey renewed = renewed()) {
      MachineSeal cut = new CutSeal(renewed);
      BackupSeals failing = new BackupSeals(cut, place.now::get, ISTANBUL, place.authority);
      SealMark mark = failing.mark(place.repository);
      BackupFacts facts = place.facts(place.snapshot());
      assertThatThrownBy(() -> failing.sealBackup(place.repository, mark, facts))
          .isInstanceOf(IOException.class);

      assertThat(place.verify(false).findings().toString())
          .contains("00000002.packs.sha256")
          .doesNotContain("seal.pem", "Verify.java");
      assertThat(place.backup()).isInstanceOf(SealOutcome.Sealed.class);
    }
  }

  @Test
  void putsInItsPlaceWhatASealNamesWhenItWasCutAfterItCounted() throws Exception {
    place.backup();
    Path there = place.directory.resolve("seals/certificates/seal.pem");
    byte[] old = Files.readAllBytes(there);
    try (SealKey renewed = renewed()) {
      BackupSeals next = new BackupSeals(renewed, place.now::get, ISTANBUL, place.authority);
      SealMark mark = next.mark(place.repository);
      assertThat(next.sealBackup(place.repository, mark, place.facts(place.snapshot())))
          .isInstanceOf(SealOutcome.Sealed.class);
      byte[] named = Files.readAllBytes(there);
      Path staged = place.directory.resolve("seals/00000002.seal.pem.tmp");
      Files.write(staged, named);
      Files.write(there, old);

      List<SealFinding> cut =
          next.verify(
                  place.repository,
                  new SealTrust(List.of(place.key.certificate(), renewed.certificate()), List.of()),
                  false,
                  null)
              .findings();
      SealOutcome after = place.backup();

      assertThat(named).isNotEqualTo(old);
      assertThat(cut).isEmpty();
      assertThat(after).isInstanceOf(SealOutcome.Sealed.class);
      assertThat(there).hasSize(named.length);
      assertThat(staged).doesNotExist();
    }
  }

  private SealKey renewed() throws Exception {
    return SealKey.openOrCreate(
        place.directory.resolveSibling("renewed"), "sunucu", new SecureRandom(), place.now::get);
  }

  /** Signs nothing, as a module that is unplugged. */
  private record CutSeal(MachineSeal key) implements MachineSeal {
    @Override
    public byte[] sign(byte[] content) throws CryptoException {
      throw new CryptoException("unplugged", null);
    }

    @Override
    public byte[] sign(InputStream content) throws IOException {
      throw new IOException("unplugged");
    }

    @Override
    public byte[] signDigest(byte[] sha256) throws CryptoException {
      throw new CryptoException("unplugged", null);
    }

    @Override
    public X509Certificate certificate() {
      return key.certificate();
    }

    @Override
    public List<X509Certificate> certificates() {
      return key.certificates();
    }

    @Override
    public String keyId() {
      return key.keyId();
    }
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
