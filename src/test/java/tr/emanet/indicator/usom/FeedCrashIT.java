package tr.emanet.indicator.usom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tr.emanet.crash.CrashPoint;
import tr.emanet.demo.usom.UsomSimulator;
import tr.emanet.indicator.Indicator;
import tr.emanet.indicator.IndicatorFilter;

/** A real process dies in the middle of a fetch; the next one finishes it, nothing comes twice. */
class FeedCrashIT {

  /** Two pages of the feed, and two steps of a revision. */
  private static final int ROWS = 10_500;

  @TempDir Path directory = Path.of("");

  private int run(String url, String... properties) throws IOException, InterruptedException {
    List<String> command =
        new java.util.ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC"));
    command.addAll(List.of(properties));
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path")
                + java.io.File.pathSeparator
                + classes(CrashingFeed.class)
                + java.io.File.pathSeparator
                + classes(CrashPoint.class)
                + java.io.File.pathSeparator
                + libraries(),
            CrashingFeed.class.getName(),
            directory.resolve("state").toString(),
            url));
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

  private static String classes(Class<?> type) {
    return Path.of(java.net.URI.create(location(type))).toString();
  }

  private static String location(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation().toString();
  }

  /** A test runner's own class path may be hidden in a manifest. */
  private static String libraries() {
    return java.util.stream.Stream.of(
            org.jdbi.v3.core.Jdbi.class,
            org.sqlite.SQLiteDataSource.class,
            org.slf4j.Logger.class,
            io.leangen.geantyref.GenericTypeReflector.class,
            com.github.benmanes.caffeine.cache.Caffeine.class,
            com.fasterxml.jackson.databind.ObjectMapper.class,
            com.fasterxml.jackson.core.JsonFactory.class,
            com.fasterxml.jackson.annotation.JsonInclude.class)
        .map(FeedCrashIT::classes)
        .collect(java.util.stream.Collectors.joining(java.io.File.pathSeparator));
  }

  @ParameterizedTest
  @CsvSource({
    "indicator.staged, 2",
    "indicator.applying, 1",
    "indicator.apply-step, 2",
    "indicator.before-move, 1",
    "indicator.after-move, 1"
  })
  void finishesAfterACrashAt(String point, int times) throws Exception {
    java.nio.file.Files.createDirectories(directory.resolve("state"));
    try (UsomSimulator simulator =
        UsomSimulator.start(
            UsomSimulator.Options.of(ROWS, List.of()), java.time.InstantSource.system())) {

      int crashed =
          run(simulator.url(), "-Demanet.crash.point=" + point, "-Demanet.crash.after=" + times);
      boolean finished = CrashingFeed.fetch(directory.resolve("state").toString(), simulator.url());

      assertThat(crashed).isEqualTo(CrashPoint.EXIT_CODE);
      assertThat(finished).isTrue();
      try (FeedBench bench = new FeedBench(directory.resolve("state"))) {
        assertThat(bench.listed()).isEqualTo(ROWS);
        TreeSet<String> ids = new TreeSet<>();
        long before = Long.MAX_VALUE;
        int rows = 0;
        List<Indicator> page;
        do {
          page = bench.store.page(new IndicatorFilter("", "", "", "", "", "", before, 500));
          for (Indicator indicator : page) {
            ids.add(indicator.external());
            before = indicator.id();
            rows++;
          }
        } while (page.size() == 500);
        assertThat(rows).isEqualTo(ROWS);
        assertThat(ids).hasSize(ROWS);
      }
    }
  }
}
