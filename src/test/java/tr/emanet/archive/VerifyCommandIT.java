package tr.emanet.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verifier as an expert runs it: from the archive, on another machine's JDK. */
class VerifyCommandIT {

  private static final int CHANGES = 20;

  @TempDir static Path directory;

  private static Path archive;
  private static String witness;

  @BeforeAll
  static void writesAnArchive() throws Exception {
    archive = directory.resolve("archive");
    SealFixture log = SealFixture.threeDays(archive, FixtureKeys.elliptic(), 11);
    Program.source(archive);
    log.archive();
    witness = log.witness();
  }

  private record Ended(int code, String said) {}

  private static Ended run(Path java, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(java.toString(), "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).directory(archive.toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), said);
  }

  private static Path java() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }

  /** The JDK that runs this test, and every JDK 17 that is installed. */
  private static List<Path> jdks() throws IOException {
    List<Path> found = new ArrayList<>(List.of(java()));
    Path all = Path.of("/usr/lib/jvm");
    if (Files.isDirectory(all)) {
      try (Stream<Path> homes = Files.list(all)) {
        homes
            .filter(home -> String.valueOf(home.getFileName()).startsWith("java-17-"))
            .map(home -> home.resolve("bin/java"))
            .filter(Files::isExecutable)
            .limit(1)
            .forEach(found::add);
      }
    }
    return found;
  }

  @Test
  void runsAsOneSourceFile() throws Exception {
    for (Path jdk : jdks()) {
      Ended ended =
          run(jdk, "Verify.java", ".", "--trust", "certificates/seal.pem", "--expect", witness);

      assertThat(ended.said()).as(jdk.toString()).contains("VERDICT UNTOUCHED");
      assertThat(ended.code()).isZero();
    }
  }

  @Test
  void namesTwentyChanges() throws Exception {
    Path classes = Files.createDirectory(directory.resolve("classes"));
    int compiled =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-d", classes.toString(), archive + "/Verify.java");
    assertThat(compiled).isZero();
    List<String> names;
    try (Stream<Path> files = Files.walk(archive)) {
      names =
          files
              .filter(Files::isRegularFile)
              .map(file -> archive.relativize(file).toString())
              .filter(name -> name.matches("(journal|seals|audit|text)/.*"))
              .sorted()
              .toList();
    }
    Random random = new Random(20);
    for (int i = 0; i < CHANGES; i++) {
      String name = names.get(i * names.size() / CHANGES);
      byte[] was = Files.readAllBytes(archive.resolve(name));
      byte[] now = was.clone();
      now[random.nextInt(now.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(archive.resolve(name), now);

      Ended ended = run(java(), "-cp", classes.toString(), "Verify", ".");

      assertThat(ended.code()).as(name).isEqualTo(1);
      assertThat(ended.said()).contains("WRONG " + name + ": ", "VERDICT NOT UNTOUCHED");
      Files.write(archive.resolve(name), was);
    }
  }
}
