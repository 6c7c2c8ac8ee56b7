package tr.emanet.backup.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.backup.FileNames;
import tr.emanet.backup.restic.Node;
import tr.emanet.backup.restic.NodeType;
import tr.emanet.backup.restic.Repository;
import tr.emanet.backup.restic.Snapshot;
import tr.emanet.backup.restic.TestRepository;

/** Archives as stock tools read them. */
class SnapshotArchiveTest {

  @TempDir Path place;

  private Path write(SnapshotArchive.Format format, String name) throws IOException {
    Path source = Files.createDirectories(place.resolve("source"));
    TestRepository.oddTree(source);
    Path file = place.resolve(name);
    try (Repository repository = TestRepository.init(place.resolve("repository"));
        OutputStream out = Files.newOutputStream(file)) {
      Snapshot snapshot = TestRepository.backup(repository, source);
      SnapshotPath folder = SnapshotPath.parse(source.toString());
      SnapshotArchive.Result result =
          SnapshotArchive.write(
              repository,
              snapshot,
              List.of(folder, SnapshotPath.parse("/yok\\u001b")),
              format,
              out,
              1 << 30,
              RestoreProgress.NONE);

      assertThat(result.missing()).isEqualTo(1);
      assertThat(result.leftOut()).as("two links, a FIFO, what is not there").hasSize(4);
      assertThat(result.left()).isEqualTo(4);
      assertThatThrownBy(
              () ->
                  SnapshotArchive.write(
                      repository,
                      snapshot,
                      List.of(folder),
                      format,
                      new ByteArrayOutputStream(),
                      1000,
                      RestoreProgress.NONE))
          .hasMessageContaining("larger than 1000");
    }
    return file;
  }

  private String run(String... command) throws IOException, InterruptedException {
    Assumptions.assumeTrue(
        Files.isExecutable(Path.of(command[0])), command[0] + " is not installed");
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  @Test
  void writesATarThatGnuTarUnpacksToTheSameBytes() throws Exception {
    Path file = write(SnapshotArchive.Format.TAR, "a.tar");
    Path out = Files.createDirectory(place.resolve("out"));

    run("/usr/bin/tar", "-xf", file.toString(), "-C", out.toString());

    assertThat(Files.readString(out.resolve(SnapshotArchive.LIST)))
        .contains("archive: 4\n", "source/fifo: a fifo", "/yok\\x1b: the snapshot has no such");
    Path back = out.resolve("source");
    byte[] raw = {'l', 'a', 't', 'i', 'n', (byte) 0xfd, (byte) 0xfe, (byte) 0xff};
    assertThat(FileNames.child(back, raw)).hasContent("not UTF-8");
    assertThat(back.resolve("a\"b_c")).hasContent("a\"b\\c");
    assertThat(back.resolve("two_lines")).hasContent("two\nlines");
    byte[] turkish = "şğıİöçü.txt".getBytes(StandardCharsets.UTF_8);
    assertThat(FileNames.child(back, turkish)).hasContent("şğıİöçü.txt");
    assertThat(back.resolve("x".repeat(255))).hasContent("l");
    for (String name : List.of("Mudurluk/Imar Plani/random.bin", "hole", "empty", "one", "other")) {
      assertThat(Files.mismatch(back.resolve(name), place.resolve("source").resolve(name)))
          .as(name)
          .isEqualTo(-1);
    }
    assertThat(Files.getLastModifiedTime(back.resolve("one")).toInstant().getEpochSecond())
        .isEqualTo(981_173_106L);
  }

  @Test
  void writesAZipThatUnzipAccepts() throws Exception {
    Path file = write(SnapshotArchive.Format.ZIP, "a.zip");

    try (ZipFile zip = new ZipFile(file.toFile(), StandardCharsets.UTF_8)) {
      ZipEntry entry = zip.getEntry("source/Mudurluk/Imar Plani/random.bin");
      byte[] found = zip.getInputStream(entry).readAllBytes();
      Path original = place.resolve("source/Mudurluk/Imar Plani/random.bin");
      assertThat(Arrays.equals(found, Files.readAllBytes(original))).isTrue();
      assertThat(zip.getEntry("source/şğıİöçü.txt")).isNotNull();
      assertThat(zip.getEntry("source/a_b_c")).isNotNull();
      assertThat(zip.getEntry(SnapshotArchive.LIST).getSize()).isPositive();
      assertThat(zip.stream().map(ZipEntry::getName))
          .allMatch(name -> !name.startsWith("/") && !name.contains("..") && !name.contains("\n"));
    }
    assertThat(run("/usr/bin/python3", "-m", "zipfile", "-t", file.toString()))
        .contains("Done testing");
  }

  @Test
  void showsNamesThatCommandNoTerminalAndEndNoLine() {
    byte[] name = "x\u001b[2J\nPROBLEM: y\u202e".getBytes(StandardCharsets.UTF_8);
    Folder folder = new Folder(new Folder(Folder.root(), name, null, false), name, null, false);

    String quoted = "x\\x1b[2J\\nPROBLEM: y\\u202e";
    assertThat(folder.show("İmar planı".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("/" + quoted + "/" + quoted + "/İmar planı");
  }

  @Test
  void refusesAZipOfMoreEntriesThanTheMemoryHolds() throws IOException {
    Node.Facts facts =
        TestRepository.node(new byte[] {'d'}, NodeType.FILE, 0644, List.of(), new byte[0], 0)
            .facts();
    ZipWriter zip = new ZipWriter(OutputStream.nullOutputStream());
    for (int i = 0; i < ZipWriter.ENTRIES; i++) {
      zip.begin("" + i, facts, 0);
    }

    assertThatThrownBy(() -> zip.begin("one more", facts, 0)).hasMessageContaining("choose tar");
  }

  @Test
  void makesEveryNameHarmless() {
    for (String name : List.of("..", ".", "", "a/b", "a\\b", "/etc", "a\0b", "\u001b[2J")) {
      byte[] raw = name.getBytes(StandardCharsets.UTF_8);
      for (boolean keeps : new boolean[] {true, false}) {
        assertThat(SnapshotArchive.harmless(raw, keeps))
            .isNotEmpty()
            .isNotIn(".", "..")
            .doesNotContain("/", "\\", "\0", "\u001b");
      }
    }
  }
}
