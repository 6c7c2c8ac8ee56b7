package tr.emanet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.crypto.sign.SealKey;

/** What the commands remove, mend and take over stands in the seals beside the repository. */
class SealedCommandsTest {

  @TempDir Path dir;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final Random random = new Random(4);

  @BeforeEach
  void repositoryWithTwoSnapshotsUnderASeal() throws IOException {
    Files.createDirectories(dir.resolve("belge/Şehir"));
    Files.writeString(dir.resolve("parola"), "gizli şifre 3");
    SealKey.openOrCreate(
            dir.resolve("durum/keys"), "sunucu", new SecureRandom(), InstantSource.system())
        .close();
    done("repo", "init", path("depo"));
    backUp("bir.bin");
    backUp("iki.bin");
    done("repo", "seal", "now", path("depo"), "--adopt", "Yazı 12", "--seal-state", path("durum"));
  }

  private void backUp(String name) throws IOException {
    byte[] bytes = new byte[300_000];
    random.nextBytes(bytes);
    try (Stream<Path> old = Files.list(dir.resolve("belge/Şehir"))) {
      for (Path file : old.toList()) {
        Files.delete(file);
      }
    }
    Files.write(dir.resolve("belge/Şehir").resolve(name), bytes);
    done("backup", "run", "--repo", path("depo"), path("belge"));
  }

  private String path(String name) {
    return dir.resolve(name).toString();
  }

  private int emanet(String... arguments) {
    said.reset();
    PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
    return Main.run(out, out, arguments);
  }

  private String said() {
    return said.toString(StandardCharsets.UTF_8);
  }

  private void done(String... arguments) {
    String[] all =
        Stream.concat(Stream.of(arguments), Stream.of("--password-file", path("parola")))
            .toArray(String[]::new);
    assertThat(emanet(all)).as(said()).isZero();
  }

  /** Compares with the seals, as an auditor without a password does. */
  private int verified() {
    return emanet(
        "repo",
        "seal",
        "verify",
        path("depo"),
        "--trust",
        path("depo/seals/certificates/seal.pem"));
  }

  private List<String> stored(String kind) throws IOException {
    try (Stream<Path> files = Files.walk(dir.resolve("depo").resolve(kind))) {
      return files.filter(Files::isRegularFile).map(f -> f.getFileName().toString()).toList();
    }
  }

  private String oldest() {
    done("repo", "snapshots", path("depo"));
    return said().lines().findFirst().orElseThrow().split(" ", 2)[0];
  }

  @Test
  void sealsWhatForgetAndPruneRemove() throws Exception {
    List<String> before = stored("data");

    done(
        "repo",
        "forget",
        path("depo"),
        oldest(),
        "--reason",
        "dava bitti",
        "--seal-state",
        path("durum"));
    assertThat(verified()).as(said()).isZero();
    done("repo", "prune", path("depo"), "--seal-state", path("durum"));

    assertThat(verified()).as(said()).isZero();
    assertThat(stored("data")).isNotEqualTo(before);
    assertThat(stored("snapshots")).hasSize(1);
    try (Stream<Path> seals = Files.list(dir.resolve("depo/seals"))) {
      assertThat(
              seals
                  .filter(f -> f.toString().endsWith(".json"))
                  .map(SealedCommandsTest::text)
                  .filter(text -> text.contains("dava bitti")))
          .hasSize(1);
    }
  }

  @Test
  void leavesAFileAloneThatIsAlreadyThere() throws Exception {
    Path archive = Files.writeString(dir.resolve("dünkü.zip"), "dünkü yedek");

    int code =
        emanet(
            "restore",
            "--repo",
            path("depo"),
            "latest",
            "--zip",
            archive.toString(),
            "--password-file",
            path("parola"));

    assertThat(code).isEqualTo(ExitCode.USAGE);
    assertThat(said()).contains("is there already");
    assertThat(Files.readString(archive)).isEqualTo("dünkü yedek");
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void saysWhatIsInNoSealAndTakesItOverWithAnApproval() throws Exception {
    done("repo", "forget", path("depo"), oldest());
    assertThat(said()).contains("NOT SEALED");
    assertThat(verified()).as(said()).isEqualTo(4);

    done("repo", "seal", "now", path("depo"), "--adopt", "Yazı 13", "--seal-state", path("durum"));

    assertThat(verified()).as(said()).isZero();
  }

  @Test
  void sealsWhatARepairHasMade() throws Exception {
    done("repo", "copy", path("depo"), path("kopya"));
    Path pack = dir.resolve("depo/data");
    try (Stream<Path> files = Files.walk(pack)) {
      pack = files.filter(Files::isRegularFile).findFirst().orElseThrow();
    }
    Files.write(pack, new byte[] {1, 2, 3});
    assertThat(verified()).as(said()).isEqualTo(4);

    done(
        "repo",
        "repair",
        path("depo"),
        "--read-data",
        "--heal-from",
        path("kopya"),
        "--seal-state",
        path("durum"));

    assertThat(verified()).as(said()).isZero();
    done("repo", "check", "--read-data", path("depo"));
  }

  @Test
  void takesBackFromTheCopyWhatIsSealedAndGone() throws Exception {
    done("repo", "copy", path("depo"), path("kopya"));
    List<String> indexes = stored("index");
    for (String kind : List.of("index", "snapshots")) {
      for (String name : stored(kind)) {
        Files.delete(dir.resolve("depo").resolve(kind).resolve(name));
      }
    }
    assertThat(verified()).as(said()).isEqualTo(4);

    done(
        "repo",
        "repair",
        path("depo"),
        "--heal-from",
        path("kopya"),
        "--seal-state",
        path("durum"));

    assertThat(stored("index")).containsExactlyInAnyOrderElementsOf(indexes);
    assertThat(verified()).as(said()).isZero();
    done("repo", "check", "--read-data", path("depo"));
  }

  @Test
  void refusesAStateDirectoryWithoutASeal() {
    Path empty = dir.resolve("boş");

    int code =
        emanet(
            "repo",
            "prune",
            path("depo"),
            "--seal-state",
            empty.toString(),
            "--password-file",
            path("parola"));

    assertThat(code).isEqualTo(ExitCode.USAGE);
    assertThat(said()).contains("holds no machine seal");
    assertThat(empty).doesNotExist();
  }
}
