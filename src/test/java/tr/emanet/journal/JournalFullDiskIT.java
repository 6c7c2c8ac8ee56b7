package tr.emanet.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.event.Attributes;

/** A really full file system: intake closes, nothing is lost, and it goes on by itself. */
@ExtendWith(QuietLog.class)
class JournalFullDiskIT {

  private static final int BATCHES = 40;
  private static final int RECORD_BYTES = 50_000;

  private final BatchPool pool = new BatchPool(BATCHES);
  @TempDir Path directory = Path.of("");
  private boolean mounted;

  private static int run(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return process.waitFor(20, TimeUnit.SECONDS) ? process.exitValue() : -1;
  }

  @BeforeEach
  void mountASmallDisk() throws Exception {
    mounted = run("mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", directory.toString()) == 0;
    assumeThat(mounted).as("a small file system can be mounted here").isTrue();
  }

  @AfterEach
  void unmount() throws Exception {
    if (mounted) {
      assertThat(run("umount", directory.toString())).isZero();
    }
  }

  private static byte[] bytes(int n) {
    byte[] noise = new byte[RECORD_BYTES];
    new Random(n).nextBytes(noise);
    return noise;
  }

  @Test
  void waitsForSpaceAndGoesOn() throws Exception {
    Path filler = directory.resolve("filler");
    Files.write(filler, new byte[2 << 20]);
    AtomicInteger acknowledged = new AtomicInteger();
    AtomicInteger fatal = new AtomicInteger();
    JournalConfig config = TestJournals.config(directory.resolve("journal"));
    try (FileJournal journal =
        FileJournal.open(
            config, TestJournals.clock(), new java.security.SecureRandom(), fatal::set)) {
      for (int n = 0; n < BATCHES; n++) {
        Batch batch = pool.take();
        byte[] noise = bytes(n);
        batch.add(noise, 0, noise.length, Lines.DAY, Lines.source(1), Attributes.NONE, 0);
        batch.onDurable(acknowledged::incrementAndGet);
        journal.append("a", batch);
      }
      await().until(() -> journal.intake() instanceof Journal.Intake.Closed);
      assertThat(acknowledged).hasValueLessThan(BATCHES);

      Files.delete(filler);

      await().until(() -> acknowledged.get() == BATCHES);
      await().until(() -> journal.intake() instanceof Journal.Intake.Open);
      List<JournalRecord> read = Lines.readAll(journal, "a", 1);
      assertThat(read).hasSize(BATCHES);
      for (int n = 0; n < BATCHES; n++) {
        assertThat(read.get(n).bytes()).isEqualTo(bytes(n));
      }
    }
    assertThat(fatal).hasValue(0);
    assertThat(JournalTool.verify(config.directory(), name -> {}).damages()).isEmpty();
  }
}
