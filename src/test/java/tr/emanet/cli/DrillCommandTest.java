package tr.emanet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code emanet drill} on a repository that the command line made, without a service. */
class DrillCommandTest {

  private static final int FILES = 5;

  @TempDir Path dir;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  @BeforeEach
  void backsUp() throws IOException {
    Path source = Files.createDirectories(dir.resolve("İmar"));
    for (int i = 0; i < FILES; i++) {
      byte[] bytes = new byte[30_000];
      new Random(i).nextBytes(bytes);
      Files.write(source.resolve("çizelge " + i), bytes);
    }
    Files.writeString(dir.resolve("parola"), "gizli");
    assertThat(emanet("repo", "init", path("depo"))).as(said()).isZero();
    assertThat(emanet("backup", "run", "--repo", path("depo"), path("İmar"))).as(said()).isZero();
  }

  private int emanet(String... arguments) {
    said.reset();
    PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
    String[] all =
        Stream.concat(Stream.of(arguments), Stream.of("--password-file", path("parola")))
            .toArray(String[]::new);
    return Main.run(out, out, all);
  }

  private String said() {
    return said.toString(StandardCharsets.UTF_8);
  }

  private String path(String name) {
    return dir.resolve(name).toString();
  }

  private List<String> sandbox() throws IOException {
    try (Stream<Path> all = Files.list(dir.resolve("kum"))) {
      return all.map(Path::toString).toList();
    }
  }

  @Test
  void restoresReadsAgainAndWritesTheRecordAsJsonAndOnPaper() throws Exception {
    Files.createDirectory(dir.resolve("kum"));

    int code =
        emanet(
            "drill",
            path("depo"),
            "--sandbox",
            path("kum"),
            "--json",
            path("kayit.json"),
            "--pdf",
            path("kayit.pdf"),
            "--by",
            "Ayşe Kaya");

    assertThat(code).as(said()).isZero();
    assertThat(said())
        .contains("5 of 5 files, 150000 bytes restored; 5 files, 150000 bytes read again")
        .contains("the snapshot came back as it was");
    assertThat(sandbox()).isEmpty();
    JsonNode record = new ObjectMapper().readTree(dir.resolve("kayit.json").toFile());
    assertThat(record.path("result").asText()).isEqualTo("passed");
    try (var pdf = Loader.loadPDF(dir.resolve("kayit.pdf").toFile())) {
      assertThat(new PDFTextStripper().getText(pdf))
          .contains("Geri dönüş testi kaydı", "Ayşe Kaya", "geri geldi", path("depo"));
    }
  }

  @Test
  void namesWhatDoesNotComeBackWithTheCodeOfDamage() throws Exception {
    Path pack;
    try (Stream<Path> all = Files.walk(dir.resolve("depo/data"))) {
      pack =
          all.filter(Files::isRegularFile)
              .max(Comparator.comparingLong(p -> p.toFile().length()))
              .orElseThrow();
    }
    byte[] bytes = Files.readAllBytes(pack);
    bytes[1000] ^= 1;
    assertThat(pack.toFile().setWritable(true)).isTrue();
    Files.write(pack, bytes);

    int damaged = emanet("drill", path("depo"), "--sandbox", dir.toString());
    String damagedSaid = said();

    assertThat(damaged).as(damagedSaid).isEqualTo(4);
    assertThat(damagedSaid).contains("PROBLEM: ", "did not come back as it was");
  }

  @Test
  void takesASampleAndRefusesWrongUse() throws Exception {
    assertThat(emanet("drill", path("depo"), "--sandbox", dir.toString(), "--sample", "2"))
        .isZero();
    assertThat(said()).contains("2 of 5 files");
    assertThat(emanet("drill", path("depo"), "--sample", "-1")).isEqualTo(2);
    assertThat(emanet("drill", path("depo"), "--snapshot", "0000")).isNotZero();
    Files.writeString(dir.resolve("parola"), "yanlış");
    assertThat(emanet("drill", path("depo"))).isNotZero();
  }
}
