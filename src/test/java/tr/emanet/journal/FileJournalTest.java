package tr.emanet.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.event.Position;

class FileJournalTest {

  private final BatchPool pool = new BatchPool(8);
  @TempDir Path directory = Path.of("");

  private static void fill(Journal journal, BatchPool pool, String stream, int from, int to)
      throws InterruptedException {
    for (int n = from; n < to; n += 100) {
      journal.append(stream, Lines.batch(pool, n, Math.min(100, to - n)));
    }
  }

  private List<String> files() throws Exception {
    try (Stream<Path> walk = Files.walk(directory)) {
      return walk.filter(Files::isRegularFile)
          .map(f -> directory.relativize(f).toString())
          .sorted()
          .toList();
    }
  }

  @Test
  void keepsEverythingOverARestart() throws Exception {
    JournalConfig config = TestJournals.config(directory);
    try (FileJournal journal = TestJournals.open(config)) {
      fill(journal, pool, "a", 0, 1000);
      fill(journal, pool, "b", 1000, 1200);
    }
    try (FileJournal journal = TestJournals.open(config)) {
      assertThat(journal.committed("a") + journal.committed("b")).isGreaterThanOrEqualTo(2000);
      fill(journal, pool, "a", 1200, 1300);
    }

    try (FileJournal journal = TestJournals.open(config)) {
      List<JournalRecord> read = Lines.readAll(journal, "a", 1);

      assertThat(read).hasSize(1100);
      for (int i = 0; i < 1100; i++) {
        Lines.check(read.get(i), i < 1000 ? i : i + 200);
      }
      assertThat(read.getLast().position().sequence()).isEqualTo(1300);
      assertThat(Lines.readAll(journal, "b", 1)).hasSize(200);
      assertThat(journal.status().problems()).isEmpty();
    }
  }

  @Test
  void rollsAtMidnightOfTheConfiguredZone() throws Exception {
    long midnight = 1_795_035_600_000_000L; // 2026-11-19T00:00+03:00
    try (FileJournal journal = TestJournals.open(TestJournals.config(directory))) {
      Batch batch = pool.take();
      for (long micros : new long[] {midnight - 1, midnight, midnight - 1_000_000, midnight + 5}) {
        batch.add(
            new byte[] {65}, 0, 1, micros, Lines.source(1), tr.emanet.event.Attributes.NONE, 0);
      }
      journal.append("a", batch);
    }

    assertThat(files())
        .containsExactly(
            "a/2026/11/18/00000000000000000001.emj", "a/2026/11/19/00000000000000000002.emj");
  }

  @Test
  void rollsAtTheConfiguredSizeAndAge() throws Exception {
    JournalConfig config =
        TestJournals.config(directory).withSegments(64 * 1024, Duration.ofHours(1));
    try (FileJournal journal = TestJournals.open(config)) {
      fill(journal, pool, "a", 0, 8000);
    }

    assertThat(files()).hasSizeGreaterThan(2);
    try (FileJournal journal = TestJournals.open(config)) {
      List<JournalRecord> read = Lines.readAll(journal, "a", 1);
      assertThat(read).hasSize(8000);
      for (int n = 7999; n >= 0; n--) {
        Lines.check(journal.find(new Position("a", n + 1)).orElseThrow(), n);
      }
    }
  }

  @Test
  void decodesAFrameOnceForScansInEitherDirection() throws Exception {
    try (FileJournal journal = TestJournals.open(TestJournals.config(directory))) {
      fill(journal, pool, "a", 0, 6000);
      org.awaitility.Awaitility.await().until(() -> journal.committed("a") == 6000);

      for (int n = 5999; n >= 0; n--) {
        Lines.check(journal.find(new Position("a", n + 1)).orElseThrow(), n);
      }
      long once = journal.decodedFrames();
      for (int n = 0; n < 6000; n++) {
        assertThat(journal.find(new Position("a", n + 1))).isPresent();
      }

      assertThat(journal.decodedFrames()).isEqualTo(once).isLessThan(30);
    }
  }

  @Test
  void closesIntakeBelowTheReserveAndOpensATenthAbove() throws Exception {
    AtomicLong free = new AtomicLong(1000);
    AtomicLong nanos = new AtomicLong();
    DiskGuard guard =
        new DiskGuard(free::get, () -> nanos.addAndGet(TimeUnit.SECONDS.toNanos(1)), 500);

    assertThat(guard.intake()).isEqualTo(new Journal.Intake.Open());
    free.set(499);
    assertThat(guard.intake()).isEqualTo(new Journal.Intake.Closed(499, 550));
    free.set(549);
    assertThat(guard.intake()).isEqualTo(new Journal.Intake.Closed(549, 550));
    free.set(550);
    assertThat(guard.intake()).isEqualTo(new Journal.Intake.Open());
  }

  @Test
  void reportsExpiredSegmentsThatAreStillThere() throws Exception {
    JournalConfig config = TestJournals.config(directory);
    try (FileJournal journal = TestJournals.open(config)) {
      fill(journal, pool, "a", 0, 10);
    }

    java.time.Instant later = TestJournals.clock().instant().plus(Duration.ofDays(32));
    try (FileJournal journal =
        FileJournal.open(
            config.withRetention(Map.of("a", Duration.ofDays(30))),
            java.time.InstantSource.fixed(later),
            new java.security.SecureRandom(),
            code -> {},
            () -> Long.MAX_VALUE)) {
      JournalStatus.StreamStatus stream = journal.status().streams().getFirst();

      assertThat(stream.expiredSegments()).isEqualTo(1);
      assertThat(Lines.readAll(journal, "a", 1)).hasSize(10);
    }
  }

  @Test
  void aLockIsHeldByOneOnly() throws Exception {
    try (StateLock held = ((StateLock.Outcome.Held) StateLock.acquire(directory)).lock()) {
      assertThat(held).isNotNull();
      assertThat(StateLock.acquire(directory))
          .isEqualTo(new StateLock.Outcome.Busy(Long.toString(ProcessHandle.current().pid())));
    }

    assertThat(StateLock.acquire(directory)).isInstanceOf(StateLock.Outcome.Held.class);
  }
}
