package tr.emanet.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cache for quick starts is a gain or nothing: no state of it may break a start. */
class QuickStartIT {

  private static final Path MADE = Path.of("target", "emanet.aot");

  @TempDir private Path directory;
  private Path cache = Path.of("");

  private record Ran(int code, String out, String err) {}

  @BeforeEach
  void copyTheCache() throws IOException {
    Path made = Java.root().resolve(MADE);
    Assumptions.assumeTrue(Files.exists(made), "the build made no cache: " + made);
    cache = directory.resolve("emanet.aot");
    Files.copy(made, cache);
    Files.copy(made.resolveSibling("emanet.aot.sum"), directory.resolve("emanet.aot.sum"));
  }

  /** The flags that the commands would start the JVM with. */
  private Ran flags(String jvm) throws IOException, InterruptedException {
    String script =
        ". packaging/common.sh; EMANET_JVM=$2; use_cache \"$1\"; echo \"${cache_flags[*]}\"";
    return run(List.of("bash", "-euc", script, "bash", cache.toString(), jvm));
  }

  @Test
  void isUsedWhenItIsWhole() throws Exception {
    Ran ran = flags("");

    assertThat(ran.out().strip()).isEqualTo("-XX:AOTCache=" + cache);
    assertThat(ran.err()).isEmpty();
  }

  @Test
  void isLeftOutWhenItIsMissing() throws Exception {
    Files.delete(cache);

    assertThat(flags("").out()).isBlank();
  }

  @Test
  void isLeftOutWhenItIsDamagedWherever() throws Exception {
    long size = Files.size(cache);
    for (long at : new long[] {0, 200, size / 2, size - 50_000, size - 1}) {
      flip(at);
      Ran ran = flags("");
      flip(at);

      assertThat(ran.out()).as("byte " + at).isBlank();
      assertThat(ran.err()).contains("is damaged and not used");
    }
    try (RandomAccessFile file = new RandomAccessFile(cache.toFile(), "rw")) {
      file.setLength(size / 2);
    }
    assertThat(flags("").out()).isBlank();
  }

  private void flip(long at) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(cache.toFile(), "rw")) {
      file.seek(at);
      int was = file.read();
      file.seek(at);
      file.write(was ^ 0x10);
    }
  }

  @Test
  void isLeftOutWhenTheOperatorHasFlagsOfHisOwn() throws Exception {
    assertThat(flags("-XX:+UseZGC").out()).isBlank();
  }

  @Test
  void startsWithoutItAndWithACleanOutputWhenItIsOfOtherClasses() throws Exception {
    Path jar = directory.resolve("emanet.jar");
    Files.copy(Java.root().resolve(Path.of("target", "emanet.jar")), jar);
    List<String> command = new ArrayList<>(Java.command());
    int classPath = command.indexOf("-cp") + 1;
    command.set(classPath, jar + ":" + command.get(classPath));
    command.add("-XX:AOTCache=" + cache);
    command.addAll(List.of("tr.emanet.cli.Main", "--version"));

    Ran ran = run(command);

    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.out()).isEqualTo("emanet 0.1.0\n");
    assertThat(ran.err()).contains("[aot]");
  }

  private Ran run(List<String> command) throws IOException, InterruptedException {
    Path out = Files.createTempFile(directory, "out", "");
    Path err = Files.createTempFile(directory, "err", "");
    Process process =
        new ProcessBuilder(command)
            .directory(Java.root().toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
      throw new AssertionError(command + " did not end");
    }
    return new Ran(
        process.exitValue(),
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }
}
