package tr.emanet.backup.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.backup.BackupException;
import tr.emanet.backup.FileNames;
import tr.emanet.backup.restic.Repository;
import tr.emanet.backup.restic.Snapshot;
import tr.emanet.backup.restic.TestRepository;

/** Directories and names of snapshots. */
class SnapshotBrowserTest {

  @TempDir Path place;

  @Test
  void listsPagesAndFindsNamesOverSnapshotsAsPeopleWriteThem() throws IOException {
    Path source = Files.createDirectory(place.resolve("source"));
    Path folder = Files.createDirectories(source.resolve("İmar/ŞİKÂYETLER"));
    Files.writeString(folder.resolve("ısıtma gideri.txt"), "bir");
    Files.writeString(folder.resolve("Çöp.txt"), "iki");
    byte[] raw = {'r', (byte) 0xfd, (byte) 0xff};
    Files.writeString(FileNames.child(source, raw), "raw");
    try (Repository repository = TestRepository.init(place.resolve("repository"))) {
      Snapshot first = TestRepository.backup(repository, source);
      try (SnapshotBrowser browser = SnapshotBrowser.open(repository)) {
        Files.writeString(source.resolve("ISITMA.pdf"), "üç");
        Snapshot second = TestRepository.backup(repository, source);
        SnapshotPath top = SnapshotPath.parse(source.toString());

        SnapshotBrowser.Page page = browser.list(first, top, 0, 1);
        assertThat(page.total()).isEqualTo(2);
        assertThat(page.entries()).hasSize(1);
        SnapshotBrowser.Entry odd =
            browser.list(first, top, 0, 10).entries().stream()
                .filter(entry -> entry.name().startsWith("r"))
                .findFirst()
                .orElseThrow();
        assertThat(odd.path()).isEqualTo(top + "/r\\xfd\\xff");
        assertThat(browser.stat(first, SnapshotPath.parse(odd.path()))).isEqualTo(odd);

        SnapshotBrowser.Hits hits =
            browser.find(List.of(first, second), SnapshotPath.ROOT, "isitma", 0, 10);
        assertThat(hits.hits())
            .extracting(hit -> hit.snapshot().id() + " " + hit.entry().name())
            .containsExactlyInAnyOrder(
                first.id() + " ısıtma gideri.txt",
                second.id() + " ısıtma gideri.txt",
                second.id() + " ISITMA.pdf");
        assertThat(hits.more()).isFalse();
        assertThat(browser.find(List.of(first, second), SnapshotPath.ROOT, "SİKAYET", 1, 1).hits())
            .extracting(hit -> hit.snapshot().id())
            .containsExactly(second.id());
        assertThat(browser.find(List.of(first, second), SnapshotPath.ROOT, "ısıtma", 0, 1).more())
            .isTrue();
        assertThat(browser.find(List.of(second), top.child(raw), "ısıtma", 0, 9).hits()).isEmpty();
        assertThatThrownBy(() -> browser.list(first, SnapshotPath.parse("/yok"), 0, 1))
            .isInstanceOf(BackupException.class);
      }
    }
  }
}
