package tr.emanet.indicator.notice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tr.emanet.audit.ChainCheck;
import tr.emanet.crash.CrashPoint;

/** A real process dies while it compares; the next one goes on, and no task comes twice. */
class NoticeCrashIT {

  private static final int NOTICES = 6;

  @TempDir Path directory = Path.of("");

  @ParameterizedTest
  @CsvSource({"notice.matched, 3", "notice.compared, 3"})
  void makesEachTaskOnceAfterACrashAt(String point, int times) throws Exception {
    Path state = directory.resolve("state");
    Files.createDirectories(state);
    try (NoticesFixture given = new NoticesFixture(state)) {
      given.inventory(NoticesFixture.INVENTORY);
      for (int i = 1; i <= NOTICES; i++) {
        given.rows.put(
            i, "Fortinet FortiOS bildirimi", "FortiOS 7.4.4 öncesi", true, given.instant());
      }
    }

    int crashed = run("-Demanet.crash.point=" + point, "-Demanet.crash.after=" + times);
    int finished = run("-Demanet.crash.point=");

    assertThat(crashed).isEqualTo(CrashPoint.EXIT_CODE);
    assertThat(finished).isZero();
    try (NoticesFixture given = new NoticesFixture(state)) {
      assertThat(given.watch.compare()).isZero();
      assertThat(given.desk.tasks(null, null, 500))
          .extracting(task -> task.notice().external())
          .containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L, 6L);
      assertThat(given.actions()).filteredOn("notice.task.create"::equals).hasSize(NOTICES);
      assertThat(given.audit.verify()).isInstanceOf(ChainCheck.Intact.class);
    }
  }

  private int run(String... properties) throws IOException, InterruptedException {
    String path =
        Stream.concat(Stream.of(System.getProperty("java.class.path")), classes())
            .collect(Collectors.joining(File.pathSeparator));
    List<String> command =
        Stream.concat(
                Stream.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx128m",
                    "--enable-native-access=ALL-UNNAMED",
                    "-XX:+UseSerialGC"),
                Stream.concat(
                    Stream.of(properties),
                    Stream.of(
                        "-cp",
                        path,
                        CrashingNotices.class.getName(),
                        directory.resolve("state").toString())))
            .toList();
    Process child =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("log").toFile())
            .start();
    try {
      assertThat(child.waitFor(180, TimeUnit.SECONDS)).isTrue();
    } finally {
      child.destroyForcibly();
    }
    return child.exitValue();
  }

  /** A test runner's own class path may be hidden in a manifest. */
  private static Stream<String> classes() {
    return Stream.of(
            CrashingNotices.class,
            CrashPoint.class,
            org.jdbi.v3.core.Jdbi.class,
            org.sqlite.SQLiteDataSource.class,
            org.slf4j.Logger.class,
            io.leangen.geantyref.GenericTypeReflector.class,
            com.github.benmanes.caffeine.cache.Caffeine.class,
            de.siegmar.fastcsv.reader.CsvReader.class)
        .map(
            type ->
                Path.of(
                        URI.create(
                            type.getProtectionDomain().getCodeSource().getLocation().toString()))
                    .toString());
  }
}
