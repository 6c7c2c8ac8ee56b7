package tr.emanet.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tr.emanet.event.Attributes;

/**
 * The N-th write, force, create, cut or rename fails, for N = 1, 2, 3 and so on until a run is not
 * reached by the fault any more; then the power is cut. Acknowledged records are never lost, wrong
 * ones never read.
 */
@ExtendWith(QuietLog.class)
class JournalFaultTest {

  private static final int GROUPS = 8;
  private static final List<String> STREAMS = List.of("a", "b");

  @TempDir Path directory = Path.of("");

  /** One life of a journal on a bad disk, and what it has acknowledged. */
  private static final class Life {
    final Set<Integer> acknowledged = new HashSet<>();
    final BatchPool pool = new BatchPool(6);
    final CountDownLatch fatal = new CountDownLatch(1);
    boolean failed;

    void live(JournalConfig config, Storage storage, int from)
        throws IOException, InterruptedException {
      Surroundings surroundings =
          new Surroundings(
              TestJournals.clock(),
              System::nanoTime,
              new SecureRandom(),
              () -> Long.MAX_VALUE,
              storage,
              code -> fatal.countDown());
      try (FileJournal journal = FileJournal.open(config, surroundings)) {
        for (int g = 0; g < GROUPS && fatal.getCount() > 0; g++) {
          CountDownLatch done = new CountDownLatch(2);
          int n = from + g * 20;
          send(journal, "a", n, 13, done);
          send(journal, "b", n + 13, 7, done);
          while (!done.await(1, TimeUnit.MILLISECONDS) && fatal.getCount() > 0) {
            Thread.onSpinWait();
          }
        }
      } catch (IOException e) {
        failed = true;
      }
    }

    private void send(FileJournal journal, String stream, int n, int count, CountDownLatch done)
        throws InterruptedException {
      Batch batch = pool.poll(Duration.ofMillis(50));
      if (batch == null) {
        return;
      }
      for (int i = n; i < n + count; i++) {
        byte[] line = line(i);
        batch.add(line, 0, line.length, Lines.DAY, Lines.source(i % 3), Attributes.NONE, 0);
      }
      batch.onDurable(
          () -> {
            synchronized (acknowledged) {
              for (int i = n; i < n + count; i++) {
                acknowledged.add(i);
              }
            }
            done.countDown();
          });
      journal.append(stream, batch);
    }
  }

  private static byte[] line(int n) {
    java.util.Random random = new java.util.Random(n);
    return (n + " " + Lines.line(n, random) + random.nextLong()).getBytes(StandardCharsets.UTF_8);
  }

  /** All record numbers that can be read, each checked to be exactly what was sent. */
  private static Set<Integer> readable(FileJournal journal) throws Exception {
    Set<Integer> numbers = new HashSet<>();
    Set<Long> sequences = new HashSet<>();
    for (String stream : STREAMS) {
      long last = 0;
      for (JournalRecord record : Lines.readAll(journal, stream, 1)) {
        String text = new String(record.bytes(), StandardCharsets.UTF_8);
        int n = Integer.parseInt(text.substring(0, text.indexOf(' ')));
        assertThat(record.bytes()).isEqualTo(line(n));
        assertThat(n % 20 < 13 ? "a" : "b").isEqualTo(stream);
        assertThat(numbers.add(n)).as("record %d is there once", n).isTrue();
        assertThat(sequences.add(record.position().sequence())).isTrue();
        assertThat(record.position().sequence()).isGreaterThan(last);
        last = record.position().sequence();
        assertThat(journal.find(record.position()).orElseThrow().bytes()).isEqualTo(line(n));
      }
      assertThat(journal.committed(stream)).isEqualTo(last);
    }
    return numbers;
  }

  private JournalConfig config(Path journal) throws IOException {
    return TestJournals.config(journal).withSegments(4096, Duration.ofHours(1));
  }

  @ParameterizedTest
  @EnumSource
  void acknowledgedRecordsSurviveAFaultAtEveryStep(FaultyStorage.Fault fault) throws Exception {
    int n = 0;
    boolean reached = true;
    while (reached) {
      n++;
      JournalConfig config = config(directory.resolve(fault + "-" + n));
      Life life = new Life();
      FaultyStorage storage = new FaultyStorage(fault, n, true, n);
      life.live(config, storage, 0);
      reached = storage.reached();
      storage.powerCut();

      try (FileJournal journal = TestJournals.openUnforced(config)) {
        assertThat(readable(journal)).as("fault at step %d", n).containsAll(life.acknowledged);
      }
      assertThat(JournalTool.verify(config.directory(), name -> {}).damages())
          .as("chain after a fault at step %d", n)
          .noneMatch(damage -> damage.reason().contains("digest"));
      if (!reached) {
        assertThat(life.acknowledged).hasSize(GROUPS * 20);
      }
    }
    assertThat(n).isGreaterThan(40);
  }

  @Test
  void recoversFromAFaultAtEveryStepOfRecovery() throws Exception {
    int n = 0;
    boolean reached = true;
    while (reached) {
      n++;
      JournalConfig config = config(directory.resolve("recovery-" + n));
      Life first = new Life();
      FaultyStorage torn = new FaultyStorage(FaultyStorage.Fault.CRASH, 45, true, 5 + n % 7);
      first.live(config, torn, 0);
      torn.powerCut();
      FaultyStorage storage = new FaultyStorage(FaultyStorage.Fault.CRASH, n, true, n);
      Life second = new Life();
      second.live(config, storage, GROUPS * 20);
      reached = storage.reached();
      storage.powerCut();

      Set<Integer> all = new HashSet<>(first.acknowledged);
      all.addAll(second.acknowledged);
      try (FileJournal journal = TestJournals.openUnforced(config)) {
        assertThat(readable(journal)).as("fault at step %d", n).containsAll(all);
      }
    }
    assertThat(n).isGreaterThan(40);
  }

  @Test
  void aFullDiskLosesNothingAndStopsNothing() throws Exception {
    for (int n = 1; n < 25; n++) {
      JournalConfig config = config(directory.resolve("full-" + n));
      Life life = new Life();
      FaultyStorage storage = new FaultyStorage(FaultyStorage.Fault.FULL_ONCE, n, true, n);

      life.live(config, storage, 0);

      if (!life.failed) {
        assertThat(life.acknowledged).as("full at step %d", n).hasSize(GROUPS * 20);
      }
    }
  }

  @Test
  void acknowledgesNothingAfterAFailedForce() throws Exception {
    List<Integer> failures = new ArrayList<>();
    for (int n = 1; n < 30; n++) {
      JournalConfig config = config(directory.resolve("eio-" + n));
      Life life = new Life();

      life.live(config, new FaultyStorage(FaultyStorage.Fault.ERROR_ONCE, n, true, n), 0);

      if (life.fatal.getCount() == 0) {
        failures.add(n);
        assertThat(life.failed).isTrue();
        assertThat(life.acknowledged.size()).isLessThan(GROUPS * 20);
      }
    }
    assertThat(failures).hasSizeGreaterThan(15);
  }

  @Test
  void withoutForceAPowerCutLosesAcknowledgedRecords() throws Exception {
    int lost = 0;
    for (int n = 1; n <= 5; n++) {
      JournalConfig config = config(directory.resolve("noforce-" + n));
      Life life = new Life();
      FaultyStorage storage = new FaultyStorage(FaultyStorage.Fault.CRASH, 60, false, n);
      life.live(config, storage, 0);
      storage.powerCut();

      try (FileJournal journal = TestJournals.openUnforced(config)) {
        life.acknowledged.removeAll(readable(journal));
        lost += life.acknowledged.size();
      }
    }
    assertThat(lost).as("the negative control must lose").isPositive();
  }

  @Test
  void acknowledgingFirstLosesRecords() throws Exception {
    JournalConfig safe = config(directory.resolve("ackfirst"));
    JournalConfig config =
        new JournalConfig(
            safe.directory(),
            safe.zone(),
            0,
            safe.segmentBytes(),
            safe.segmentAge(),
            safe.frameAge(),
            safe.cacheBytes(),
            safe.retention(),
            false,
            true);
    Life life = new Life();
    FaultyStorage storage = new FaultyStorage(FaultyStorage.Fault.CRASH, 9, true, 1);
    life.live(config, storage, 0);
    storage.powerCut();

    try (FileJournal journal = TestJournals.openUnforced(safe)) {
      life.acknowledged.removeAll(readable(journal));
    }
    assertThat(life.acknowledged).as("the negative control must lose").isNotEmpty();
  }
}
