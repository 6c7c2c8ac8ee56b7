package tr.emanet.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tr.emanet.crash.CrashPoint;

/** A real process dies at each crash point; what it acknowledged is there. */
@ExtendWith(QuietLog.class)
class JournalCrashIT {

  private static final int BATCHES = 120;

  @TempDir Path directory = Path.of("");

  private int run(String... properties) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC"));
    command.add("-XX:TieredStopAtLevel=1");
    command.addAll(List.of(properties));
    command.addAll(List.of("-cp", classPath()));
    command.add(CrashingJournal.class.getName());
    command.addAll(
        List.of(
            directory.resolve("journal").toString(),
            directory.resolve("acknowledged").toString(),
            "0",
            Integer.toString(BATCHES)));
    File log = directory.resolve("log").toFile();
    Process child =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
            .start();
    try {
      assertThat(child.waitFor(120, TimeUnit.SECONDS)).isTrue();
    } finally {
      child.destroyForcibly();
    }
    return child.exitValue();
  }

  /** Only what the child needs: a test runner's own class path may be hidden in a manifest. */
  private static String classPath() {
    return Stream.of(
            FileJournal.class,
            CrashingJournal.class,
            com.github.luben.zstd.Zstd.class,
            org.slf4j.Logger.class,
            ch.qos.logback.classic.Logger.class,
            ch.qos.logback.core.Context.class,
            org.jspecify.annotations.Nullable.class,
            org.assertj.core.api.Assertions.class,
            net.bytebuddy.ByteBuddy.class)
        .map(type -> Path.of(URI.create(location(type))).toString())
        .distinct()
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static String location(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation().toString();
  }

  private Set<Integer> acknowledged() throws IOException {
    Set<Integer> numbers = new HashSet<>();
    Path file = directory.resolve("acknowledged");
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file)) {
        for (int i = 0; i < CrashingJournal.BATCH; i++) {
          numbers.add(Integer.parseInt(line) + i);
        }
      }
    }
    return numbers;
  }

  /** Numbers of all records, recognised by their receive time and compared byte by byte. */
  private Set<Integer> stored() throws Exception {
    Set<Integer> numbers = new HashSet<>();
    JournalConfig config = TestJournals.config(directory.resolve("journal"));
    try (FileJournal journal = TestJournals.open(config)) {
      for (String stream : journal.streams()) {
        for (JournalRecord record : Lines.readAll(journal, stream, 1)) {
          int n = (int) ((record.receivedMicros() - Lines.DAY) / 137);
          Lines.check(record, n);
          assertThat(numbers.add(n)).as("record %d is there once", n).isTrue();
        }
      }
    }
    return numbers;
  }

  @ParameterizedTest
  @CsvSource({
    "journal.before-append, 4",
    "journal.segment-created, 3",
    "journal.segment-rolled, 2",
    "journal.after-append, 4",
    "journal.before-force, 5",
    "journal.after-force, 5",
    "journal.before-ack, 3",
    "journal.after-publish, 4"
  })
  void whatWasAcknowledgedIsThereAfterADeathAt(String point, String after) throws Exception {
    int code = run("-Demanet.crash.point=" + point, "-Demanet.crash.after=" + after);
    assertThat(code).isEqualTo(CrashPoint.EXIT_CODE);
    CrashingJournal.run(
        directory.resolve("journal"),
        directory.resolve("acknowledged"),
        BATCHES * CrashingJournal.BATCH,
        BATCHES);

    Set<Integer> stored = stored();

    assertThat(stored).containsAll(acknowledged());
    assertThat(JournalTool.verify(directory.resolve("journal"), name -> {}).sound()).isTrue();
  }

  @Test
  void acknowledgingFirstLosesRecordsWhenKilled() throws Exception {
    int code =
        run(
            "-D" + JournalConfig.UNSAFE_ACK_FIRST + "=true",
            "-Demanet.crash.point=journal.before-append",
            "-Demanet.crash.after=1");
    assertThat(code).isEqualTo(CrashPoint.EXIT_CODE);

    Set<Integer> acknowledged = acknowledged();
    acknowledged.removeAll(stored());

    assertThat(acknowledged).as("the negative control must lose").isNotEmpty();
  }
}
