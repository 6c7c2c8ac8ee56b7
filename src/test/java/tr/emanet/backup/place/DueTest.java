package tr.emanet.backup.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tr.emanet.backup.plan.RunRecord;
import tr.emanet.backup.target.TargetAddress;

class DueTest {

  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

  private static RunRecord run(int hoursAgo, RunRecord.State state) {
    Instant at = NOW.minus(Duration.ofHours(hoursAgo));
    return new RunRecord(
        1,
        1,
        1,
        RunRecord.Cause.SCHEDULE,
        "-",
        "/depo",
        state,
        at,
        at,
        1,
        "",
        "",
        RunRecord.Figures.NONE,
        0,
        "",
        List.of(),
        "",
        null);
  }

  private static Optional<CopyRecord> copy(int hoursAgo) {
    Instant at = NOW.minus(Duration.ofHours(hoursAgo));
    return Optional.of(
        new CopyRecord(
            1,
            1,
            1,
            "/depo",
            CopyRecord.State.COMPLETE,
            at,
            at,
            0,
            0,
            "",
            CopyRecord.Followed.NONE));
  }

  private static List<RunRecord> hourly(int runs) {
    List<RunRecord> all = new ArrayList<>();
    for (int i = 0; i < runs; i++) {
      all.add(run(i, RunRecord.State.COMPLETE));
    }
    return all;
  }

  @Test
  void lagsSinceTheOldestRunThatIsNotCopied() {
    assertThat(Due.since(hourly(50), true, copy(30))).contains(NOW.minus(Duration.ofHours(30)));
    assertThat(Due.since(hourly(40), true, Optional.empty()))
        .contains(NOW.minus(Duration.ofHours(39)));
  }

  @Test
  void lagsSinceTheLastCopyWhenMoreRunsWaitThanWereLookedAt() {
    assertThat(Due.since(hourly(10), false, copy(100))).contains(NOW.minus(Duration.ofHours(100)));
  }

  @Test
  void doesNotLagWithoutANewSnapshot() {
    List<RunRecord> runs =
        List.of(run(1, RunRecord.State.FAILED), run(30, RunRecord.State.COMPLETE));

    assertThat(Due.since(runs, true, copy(29))).isEmpty();
    assertThat(Due.since(List.of(), true, Optional.empty())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "Ek bina,/mnt/disk,'',''",
    "'',/mnt/disk,'',name",
    "Ek bina,http://x,'',address",
    "Ek bina,sftp://u:p@h//x,'',address",
    "Ek bina,sftp://u@h//x,'',host-key",
    "Ek bina,sftp://u@h//x,SHA256:+8FmO1csR+8xKqQHzTTdMn991BhE1ksmwDnDBhsBQIA,''",
  })
  void namesWhatIsWrongWithAPlace(String name, String address, String hostKey, String wrong) {
    PlaceSpec spec =
        new PlaceSpec(name, address, hostKey, "", "", 0, 0, "22:00-06:00", true, List.of());

    assertThat(spec.wrong()).isEqualTo(wrong);
  }

  @Test
  void takesOnlyCertificatesAsAuthorities() {
    assertThat(PlaceFiles.certificates("-----BEGIN CERTIFICATE-----\nçöp\n")).isFalse();
    assertThat(PlaceFiles.certificates("merhaba")).isFalse();
  }

  private static boolean rests(CopyRecord.State state, int begun, int runEnded) {
    Instant at = NOW.minus(Duration.ofHours(begun));
    CopyRecord last =
        new CopyRecord(1, 1, 1, "/depo", state, at, at, 0, 0, "", CopyRecord.Followed.NONE);
    List<RunRecord> runs = List.of(run(runEnded, RunRecord.State.COMPLETE));
    return Due.rests(Optional.of(last), runs, NOW, Duration.ofHours(3));
  }

  @Test
  void leavesAStoppedCopyAloneUntilTheNextRun() {
    assertThat(rests(CopyRecord.State.STOPPED, 5, 6)).isTrue();
    assertThat(rests(CopyRecord.State.STOPPED, 5, 1)).isFalse();
  }

  @Test
  void triesAFailedCopyAgainAfterAWhile() {
    assertThat(rests(CopyRecord.State.FAILED, 1, 6)).isTrue();
    assertThat(rests(CopyRecord.State.FAILED, 5, 6)).isFalse();
    assertThat(Due.rests(Optional.empty(), List.of(), NOW, Duration.ofHours(3))).isFalse();
  }

  @Test
  void refusesTheEmptyMountPointOfADiskThatHasACopy(@TempDir Path disk) throws Exception {
    TargetAddress copy = TargetAddress.parse(disk.resolve("depo").toString());

    assertThatThrownBy(() -> CopyWork.requireCopy(copy, true))
        .hasMessageContaining("connect and mount the disk");
    CopyWork.requireCopy(copy, false);
    Files.createDirectory(disk.resolve("depo"));
    CopyWork.requireCopy(copy, true);
  }
}
