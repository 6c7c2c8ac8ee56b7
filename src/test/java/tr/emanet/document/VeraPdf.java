package tr.emanet.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What veraPDF says of our documents: a process with a class path of its own, which {@code
 * packaging/test} fetches to {@code target/verapdf} (see {@code src/test/verapdf/pom.xml}).
 */
public final class VeraPdf {

  private static final Path LIBRARY = Path.of("target/verapdf");
  private static final Path PROGRAM = Path.of("src/test/verapdf/Ask.java");

  private VeraPdf() {}

  /** Whether it can be asked here. */
  public static boolean there() {
    return Files.isDirectory(LIBRARY);
  }

  /** The answers for PDF/A-2u and PDF/UA-1, and every finding. */
  public static List<String> ask(Path pdf) throws Exception {
    Path errors = Files.createTempFile("verapdf", ".err");
    try {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-Dstdout.encoding=UTF-8",
                  "-cp",
                  LIBRARY.toAbsolutePath() + "/*",
                  PROGRAM.toAbsolutePath().toString(),
                  pdf.toString())
              .redirectError(errors.toFile())
              .start();
      process.getOutputStream().close();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as(text + Files.readString(errors)).isZero();
      return text.lines().toList();
    } finally {
      Files.deleteIfExists(errors);
    }
  }
}
