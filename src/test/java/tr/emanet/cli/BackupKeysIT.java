package tr.emanet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.crypto.sign.SealKey;

/** The day after the disaster: what we escrowed opens with openssl, restic and Python alone. */
class BackupKeysIT {

  private static final Path PAGE = Path.of("src/docs/backup-keys.md");

  @TempDir Path dir;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  @BeforeEach
  void needsStockTools() {
    for (String tool : List.of("openssl", "restic", "python3")) {
      assumeTrue(Files.isExecutable(Path.of("/usr/bin", tool)), "SKIP: no " + tool);
    }
  }

  private int emanet(String... arguments) {
    said.reset();
    PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
    List<String> all = new ArrayList<>(List.of("backup", "keys"));
    all.addAll(List.of(arguments));
    if (!arguments[0].equals("combine")) {
      all.addAll(List.of("--state", path("state")));
    }
    return Main.run(out, out, all.toArray(String[]::new));
  }

  private String said() {
    return said.toString(StandardCharsets.UTF_8);
  }

  private String path(String name) {
    return dir.resolve(name).toString();
  }

  private String stock(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).directory(dir.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(text).isZero();
    return text;
  }

  private void snapshots(String password) throws IOException, InterruptedException {
    stock(
        "/usr/bin/restic",
        "-r",
        path("repo"),
        "--no-cache",
        "--password-file",
        password,
        "snapshots");
  }

  private void escrowPair() throws IOException, InterruptedException {
    stock(
        "/usr/bin/openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-passout",
        "pass:kasa",
        "-keyout",
        "escrow.key",
        "-out",
        "escrow.pem",
        "-days",
        "7300",
        "-subj",
        "/CN=Yedek emaneti",
        "-addext",
        "keyUsage=critical,keyEncipherment");
  }

  @Test
  void whatItEscrowsOpensWithStockToolsAlone() throws Exception {
    escrowPair();
    assertThat(emanet("init", "belge", "--repo", path("repo"))).as(said()).isEqualTo(1);
    assertThat(said()).contains("NOT READY", "no escrow");

    assertThat(emanet("wrap", "belge", "--escrow", "kasa=" + path("escrow.pem")))
        .as(said())
        .isZero();

    stock(
        "/usr/bin/openssl",
        "cms",
        "-decrypt",
        "-binary",
        "-inform",
        "DER",
        "-in",
        "state/keys/backup/belge/era-1/password.p7m",
        "-recip",
        "escrow.pem",
        "-inkey",
        "escrow.key",
        "-passin",
        "pass:kasa",
        "-out",
        "password.txt");
    snapshots("password.txt");
    Files.writeString(dir.resolve("word"), "kasa");
    assertThat(
            emanet(
                "open",
                "--envelope",
                path("state/keys/backup/belge/era-1/password.p7m"),
                "--key",
                path("escrow.key"),
                "--key-password-file",
                path("word"),
                "--out",
                path("again")))
        .as(said())
        .isZero();
    assertThat(dir.resolve("again")).hasSameTextualContentAs(dir.resolve("password.txt"));
    String password = Files.readString(dir.resolve("password.txt"));
    assertThat(
            emanet("drill", "belge", "--password-file", path("password.txt"), "--by", "Ayşe Kaya"))
        .as(said())
        .isZero();
    Files.writeString(dir.resolve("password.txt"), "aaaa" + password.substring(4));
    assertThat(emanet("drill", "belge", "--password-file", path("password.txt"))).isEqualTo(1);
    assertThat(emanet("status", "belge")).isZero();
    assertThat(said())
        .contains("ESCROW\tkasa", "by Ayşe Kaya, CERTIFICATE")
        .doesNotContain(password);
    kitWithoutSecrets(password);
  }

  private void kitWithoutSecrets(String password) throws IOException {
    assertThat(emanet("kit", "belge", "--out", path("kit.pdf"), "--language", "en"))
        .as(said())
        .isZero();
    try (var pdf = Loader.loadPDF(dir.resolve("kit.pdf").toFile())) {
      String text = new PDFTextStripper().getText(pdf);
      assertThat(text)
          .contains("Emergency kit", "openssl cms -decrypt", path("repo"), "Ayşe Kaya")
          .doesNotContain(password.substring(0, 9));
    }
  }

  private int seals(String... arguments) {
    said.reset();
    PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
    return Main.run(out, out, arguments);
  }

  private String opened(String name) throws IOException, InterruptedException {
    stock(
        "/usr/bin/openssl",
        "cms",
        "-decrypt",
        "-binary",
        "-inform",
        "DER",
        "-in",
        "state/keys/backup/belge/era-1/password.p7m",
        "-recip",
        "escrow.pem",
        "-inkey",
        "escrow.key",
        "-passin",
        "pass:kasa",
        "-out",
        name);
    return path(name);
  }

  /** A repository with a seal over a first snapshot, as the service leaves it. */
  private void sealedRepository() throws Exception {
    escrowPair();
    assertThat(
            emanet(
                "init", "belge", "--repo", path("repo"), "--escrow", "kasa=" + path("escrow.pem")))
        .as(said())
        .isZero();
    try (SealKey ignored =
        SealKey.openOrCreate(
            dir.resolve("state/keys"), "sunucu", new SecureRandom(), InstantSource.system())) {
      assertThat(dir.resolve("state/keys/seal.p12")).exists();
    }
    Files.writeString(Files.createDirectories(dir.resolve("belge")).resolve("a"), "a");
    assertThat(
            seals(
                "backup",
                "run",
                "--repo",
                path("repo"),
                "--password-file",
                opened("first.txt"),
                "--seal-state",
                path("state"),
                path("belge")))
        .as(said())
        .isZero();
  }

  @Test
  void anotherPasswordIsSealedAndTheOldOneGoesAfterTheEscrowIsProven() throws Exception {
    sealedRepository();
    String[] verify = {"repo", "seal", "verify", path("repo")};

    assertThat(emanet("password", "belge", "--seal-state", path("state"))).as(said()).isZero();

    assertThat(seals(verify)).as(said()).isZero();
    snapshots(opened("second.txt"));
    snapshots("first.txt");
    assertThat(emanet("password", "belge", "--seal-state", path("state"))).isEqualTo(1);
    assertThat(said()).contains("still opens");
    assertThat(emanet("password", "belge", "--remove-old", "--seal-state", path("state")))
        .isEqualTo(1);
    assertThat(said()).contains("drill it first");
    assertThat(emanet("drill", "belge", "--password-file", path("first.txt"))).isEqualTo(1);
    assertThat(emanet("drill", "belge", "--password-file", path("second.txt"))).isZero();
    assertThat(emanet("status", "belge")).isZero();
    assertThat(said()).contains("still opens", "escrow proven since");
    assertThat(emanet("password", "belge", "--remove-old", "--seal-state", path("state")))
        .as(said())
        .isZero();
    assertThat(seals(verify)).as(said()).isZero();
    snapshots("second.txt");
    Process old =
        new ProcessBuilder(
                "/usr/bin/restic",
                "-r",
                path("repo"),
                "--no-cache",
                "--password-file",
                path("first.txt"),
                "snapshots")
            .redirectErrorStream(true)
            .start();
    assertThat(new String(old.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .contains("wrong password");
    assertThat(old.waitFor()).isNotZero();
  }

  @Test
  void sharesComeBackFromPaperWithPythonAlone() throws Exception {
    assertThat(emanet("init", "belge", "--repo", path("repo"))).isEqualTo(1);
    assertThat(emanet("split", "belge", "--out", path("shares"))).as(said()).isZero();
    String page = Files.readString(PAGE);
    int from = page.indexOf("```python\n") + 10;
    Files.writeString(dir.resolve("join.py"), page.substring(from, page.indexOf("```", from)));

    Files.writeString(
        dir.resolve("python.txt"),
        stock("/usr/bin/python3", "join.py", "shares/share-3.txt", "shares/share-1.txt"));

    snapshots("python.txt");
    assertThat(
            emanet(
                "combine",
                "--share",
                path("shares/share-2.txt"),
                "--share",
                path("shares/share-3.txt"),
                "--out",
                path("joined.txt")))
        .as(said())
        .isZero();
    assertThat(dir.resolve("joined.txt")).hasSameTextualContentAs(dir.resolve("python.txt"));
    assertThat(
            emanet(
                "drill",
                "belge",
                "--share",
                path("shares/share-1.txt"),
                "--share",
                path("shares/share-2.txt"),
                "--by",
                "Ayşe Kaya"))
        .as(said())
        .isZero();
    kitWithShares();
  }

  private void kitWithShares() throws Exception {
    assertThat(emanet("kit", "belge", "--out", path("kit.pdf"), "--shares")).as(said()).isZero();
    try (var pdf = Loader.loadPDF(dir.resolve("kit.pdf").toFile())) {
      assertThat(new PDFTextStripper().getText(pdf)).contains("Acil durum kiti", "kimde", "belge");
      for (int page = 0; page < 2; page++) {
        PDFTextStripper one = new PDFTextStripper();
        one.setStartPage(pdf.getNumberOfPages() - page);
        one.setEndPage(pdf.getNumberOfPages() - page);
        Files.writeString(
            dir.resolve("typed-" + page),
            one.getText(pdf)
                .lines()
                .map(String::strip)
                .filter(line -> line.matches("([a-z2-7]{5} ?){4}"))
                .reduce("", (a, b) -> a + b + "\n"));
      }
    }
    assertThat(
            emanet(
                "combine",
                "--share",
                path("typed-0"),
                "--share",
                path("typed-1"),
                "--out",
                path("paper.txt")))
        .as(said())
        .isZero();
    assertThat(dir.resolve("paper.txt")).hasSameTextualContentAs(dir.resolve("joined.txt"));
  }

  @Test
  void refusesWrongUseWithTheDocumentedCodes() throws Exception {
    assertThat(emanet("status", "yok")).isEqualTo(1);
    assertThat(emanet("status", "../yok")).isEqualTo(2);
    assertThat(emanet("open", "--out", path("x"))).isEqualTo(2);
    Files.writeString(dir.resolve("there"), "x");
    Files.writeString(dir.resolve("share"), "abcde");
    assertThat(emanet("combine", "--share", path("share"), "--out", path("there"))).isEqualTo(1);
    assertThat(said()).contains("group 1");
    assertThat(emanet("drill", "belge")).isEqualTo(2);
  }
}
