package tr.emanet.backup.restic;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.backup.restore.RestoreReport;

/** What we write restic reads, and the other way round. */
class StockResticTest {

  @TempDir Path place;

  @Test
  void readsChecksAndRestoresWhatWeWrote() throws Exception {
    Path source = Files.createDirectory(place.resolve("source"));
    Fixture.oddTree(source);
    Path store = place.resolve("repository");
    BackupRun.Result result;
    try (Repository repository = Fixture.init(store)) {
      result = Fixture.backup(repository, source);
    }

    Fixture.Run check = Fixture.restic(store, "check", "--read-data");
    Fixture.Run list = Fixture.restic(store, "ls", "latest");
    Fixture.Run restored =
        Fixture.restic(store, "restore", "latest", "--target", place.resolve("out").toString());

    assertThat(result.unread()).isEmpty();
    assertThat(check.out()).contains("no errors were found");
    assertThat(list.out()).contains("şğıİöçü.txt").contains("Imar Plani");
    assertThat(restored.code()).as(restored.out()).isZero();
    Path back = place.resolve("out").resolve(source.subpath(0, source.getNameCount()));
    assertThat(Fixture.facts(back)).isEqualTo(Fixture.facts(source));
  }

  @Test
  void findsNothingNewInWhatWeWrote() throws Exception {
    Path source = Files.createDirectory(place.resolve("source"));
    Fixture.oddTree(source);
    Path store = place.resolve("repository");
    try (Repository repository = Fixture.init(store)) {
      Fixture.backup(repository, source);
    }

    Fixture.Run again = Fixture.restic(store, "backup", "-vv", "--force", source.toString());

    assertThat(again.out()).containsPattern("Data Blobs:\\s+0 new");
  }

  @Test
  void writesWhatWeReadCheckAndRestore() throws Exception {
    Path source = Files.createDirectory(place.resolve("source"));
    Fixture.oddTree(source);
    Path store = place.resolve("repository");
    Fixture.restic(store, "init", "--repository-version", "2");
    Fixture.Run backup = Fixture.restic(store, "backup", source.toString());
    assertThat(backup.code()).as(backup.out()).isZero();

    try (Repository repository = Fixture.open(store)) {
      CheckRun.Report report = CheckRun.run(repository, true);
      RestoreReport restored = Fixture.restore(repository, place.resolve("out"));
      BackupRun.Result again = Fixture.backup(repository, source);

      assertThat(report.problems()).isEmpty();
      assertThat(restored.problems()).isEmpty();
      assertThat(again.counts().newBytes()).isLessThan(100_000);
    }
    Path back = place.resolve("out").resolve(source.subpath(0, source.getNameCount()));
    assertThat(Fixture.facts(back)).isEqualTo(Fixture.facts(source));
  }
}
