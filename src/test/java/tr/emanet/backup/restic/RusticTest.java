package tr.emanet.backup.restic;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.backup.restore.RestoreReport;

/**
 * The other implementation of the format, in Rust, reads what we write and the other way round. It
 * is not in Debian: {@code cargo install rustic-rs --locked --no-default-features}, and on the
 * PATH.
 */
class RusticTest {

  @TempDir Path place;

  private static Optional<Path> rustic() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
        .map(directory -> Path.of(directory, "rustic"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private Fixture.Run rustic(Path store, String... arguments)
      throws IOException, InterruptedException {
    Optional<Path> found = rustic();
    Assumptions.assumeTrue(found.isPresent(), "rustic is not installed: cargo install rustic-rs");
    Path password = place.resolve("password");
    Files.write(password, Fixture.PASSWORD);
    List<String> command =
        new ArrayList<>(
            List.of(
                found.orElseThrow().toString(),
                "--no-cache",
                "--no-progress",
                "-r",
                store.toString(),
                "--password-file",
                password.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("HOME", place.toString()); // no profile of whoever runs the tests
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(120, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    return new Fixture.Run(process.exitValue(), out);
  }

  @Test
  void checksAndRestoresWhatWeWrote() throws Exception {
    Path source = Files.createDirectory(place.resolve("source"));
    Fixture.oddTree(source);
    Path store = place.resolve("repository");
    try (Repository repository = Fixture.init(store)) {
      Fixture.backup(repository, source);
    }

    Fixture.Run check = rustic(store, "check", "--read-data");
    Fixture.Run list = rustic(store, "ls", "latest");
    Path out = place.resolve("out");
    Fixture.Run restored = rustic(store, "restore", "latest", out.toString());

    assertThat(check.code()).as(check.out()).isZero();
    assertThat(check.out()).doesNotContain("ERROR").doesNotContain("[WARN]");
    assertThat(list.out()).contains("Imar Plani");
    assertThat(restored.code()).as(restored.out()).isZero();
    Path back = out.resolve(source.subpath(0, source.getNameCount()));
    assertThat(Fixture.facts(back)).isEqualTo(Fixture.facts(source));
  }

  @Test
  void writesIntoOurRepositoryWhatWeCheckAndRestore() throws Exception {
    Path source = Files.createDirectory(place.resolve("source"));
    Fixture.oddTree(source);
    Path store = place.resolve("repository");
    try (Repository repository = Fixture.init(store)) {
      Fixture.backup(repository, source);
      Files.write(source.resolve("comes"), Fixture.random(900_000, 11));

      Fixture.Run backup = rustic(store, "backup", source.toString());
      Fixture.Run forget = rustic(store, "forget", "--keep-last", "1", "--group-by", "", "--prune");

      assertThat(backup.code()).as(backup.out()).isZero();
      assertThat(forget.code()).as(forget.out()).isZero();
    }
    try (Repository repository = Fixture.open(store)) {
      CheckRun.Report report = CheckRun.run(repository, true);
      RestoreReport restored = Fixture.restore(repository, place.resolve("out"));

      assertThat(report.problems()).isEmpty();
      assertThat(report.snapshots()).isEqualTo(1);
      assertThat(restored.problems()).isEmpty();
      Path back = place.resolve("out").resolve(source.subpath(0, source.getNameCount()));
      assertThat(Fixture.facts(back)).isEqualTo(Fixture.facts(source));
    }
  }

  @Test
  void makesARepositoryThatWeWriteTo() throws Exception {
    Path source = Files.createDirectory(place.resolve("source"));
    Fixture.oddTree(source);
    Path store = place.resolve("repository");
    Fixture.Run init = rustic(store, "init");
    Fixture.Run first = rustic(store, "backup", source.toString());
    assertThat(init.code()).as(init.out()).isZero();
    assertThat(first.code()).as(first.out()).isZero();

    try (Repository repository = Fixture.open(store)) {
      BackupRun.Result again = Fixture.backup(repository, source);

      assertThat(again.counts().newBytes()).isLessThan(100_000);
      assertThat(CheckRun.run(repository, true).problems()).isEmpty();
    }
    Fixture.Run check = rustic(store, "check", "--read-data");
    assertThat(check.code()).as(check.out()).isZero();
  }
}
