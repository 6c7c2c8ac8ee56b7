package tr.emanet.crypto;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** The openssl of the distribution as an independent judge; tests without it are skipped. */
public final class Openssl {

  private static final Path PROGRAM = Path.of("/usr/bin/openssl");

  private Openssl() {}

  /**
   * What a run said.
   *
   * @param code exit status
   * @param text standard output and error, mixed
   */
  public record Run(int code, String text) {}

  /** Runs openssl in the directory. */
  public static Run run(Path directory, String... arguments)
      throws IOException, InterruptedException {
    Assumptions.assumeTrue(Files.isExecutable(PROGRAM), "SKIP: openssl is not installed");
    List<String> command = new ArrayList<>(List.of(PROGRAM.toString()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException("openssl does not end");
    }
    return new Run(process.exitValue(), text);
  }
}
