package tr.emanet.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tr.emanet.event.Position;

/** What every journal promises. */
abstract class JournalContract {

  final BatchPool pool = new BatchPool(8);
  private Journal journal = new MemoryJournal();

  abstract Journal open() throws IOException;

  @BeforeEach
  void openJournal() throws IOException {
    journal = open();
  }

  @AfterEach
  void closeJournal() throws Exception {
    journal.close();
  }

  /** Appends and waits until it is durable. */
  void store(String stream, int from, int count) throws InterruptedException {
    Batch batch = Lines.batch(pool, from, count);
    CompletableFuture<Boolean> durable = new CompletableFuture<>();
    batch.onDurable(() -> durable.complete(true));
    journal.append(stream, batch);
    assertThat(durable.orTimeout(20, java.util.concurrent.TimeUnit.SECONDS).join()).isTrue();
    await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(2))
        .until(() -> pool.free() == pool.size());
  }

  @Test
  void readsBackExactlyWhatWasAppended() throws Exception {
    store("firewall", 0, 500);
    store("firewall", 500, 300);

    List<JournalRecord> read = Lines.readAll(journal, "firewall", 1);

    assertThat(read).hasSize(800);
    for (int n = 0; n < 800; n++) {
      assertThat(read.get(n).position()).isEqualTo(new Position("firewall", n + 1));
      Lines.check(read.get(n), n);
    }
    assertThat(journal.committed("firewall")).isEqualTo(800);
    assertThat(journal.first("firewall")).isEqualTo(1);
  }

  @Test
  void holdsNothingAtFirst() throws Exception {
    assertThat(journal.streams()).isEmpty();
    assertThat(journal.committed("none")).isZero();
    assertThat(journal.first("none")).isEqualTo(1);
    assertThat(journal.find(new Position("none", 1))).isEmpty();
    assertThat(Lines.readAll(journal, "none", 1)).isEmpty();
    assertThat(journal.streams()).isEmpty();
  }

  @Test
  void givesSequencesThatRiseOverAllStreams() throws Exception {
    store("web", 0, 10);
    store("auth", 10, 5);
    store("web", 15, 10);

    assertThat(journal.streams()).containsExactly("auth", "web");
    assertThat(journal.committed("web")).isEqualTo(25);
    assertThat(journal.committed("auth")).isEqualTo(15);
    assertThat(journal.first("auth")).isEqualTo(11);
    assertThat(Lines.readAll(journal, "web", 1))
        .extracting(r -> r.position().sequence())
        .startsWith(1L, 2L)
        .contains(10L, 16L)
        .doesNotContain(11L)
        .endsWith(25L);
    assertThat(Lines.readAll(journal, "auth", 1)).hasSize(5);
  }

  @Test
  void blocksHaveConsecutiveSequences() throws Exception {
    store("web", 0, 10);
    store("auth", 10, 5);
    store("web", 15, 10);

    List<Long> firsts = new ArrayList<>();
    try (JournalReader reader = journal.read("web", 4)) {
      RecordBlock block = new RecordBlock();
      while (reader.next(block, Duration.ZERO) != null) {
        firsts.add(block.firstSequence());
        for (JournalRecord record : Lines.copy(block)) {
          Lines.check(record, (int) record.position().sequence() - 1);
        }
      }
      assertThat(reader.quarantinedRecords()).isZero();
    }
    assertThat(firsts).containsExactly(4L, 16L);
  }

  @Test
  void beginsAtTheFirstRecordFromAnySequence() throws Exception {
    store("a", 0, 700);
    store("b", 700, 10);
    store("a", 710, 700);

    for (long from : new long[] {-5, 0, 1, 2, 350, 700, 701, 705, 711, 1400, 1410, 1411, 9999}) {
      List<JournalRecord> read = Lines.readAll(journal, "a", from);
      long expected = from <= 1 ? 1 : from > 700 && from < 711 ? 711 : from;
      if (expected > 1410) {
        assertThat(read).isEmpty();
      } else {
        assertThat(read.getFirst().position().sequence()).as("from %d", from).isEqualTo(expected);
        assertThat(read.getLast().position().sequence()).isEqualTo(1410);
      }
    }
  }

  @Test
  void findsEveryRecordInAnyOrder() throws Exception {
    store("a", 0, 700);
    store("b", 700, 50);
    store("a", 750, 700);
    Random random = new Random(42);

    for (int k = 0; k < 3000; k++) {
      int n = random.nextInt(1450);
      boolean inB = n >= 700 && n < 750;

      assertThat(journal.find(new Position(inB ? "a" : "b", n + 1))).isEmpty();
      JournalRecord found = journal.find(new Position(inB ? "b" : "a", n + 1)).orElseThrow();
      Lines.check(found, n);
    }
    assertThat(journal.find(new Position("a", 1451))).isEmpty();
  }

  @Test
  void aReaderFollowsTheTail() throws Exception {
    try (JournalReader reader = journal.read("tail", 1)) {
      CompletableFuture<List<Long>> seen = new CompletableFuture<>();
      Thread follower =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      List<Long> all = new ArrayList<>();
                      RecordBlock block = new RecordBlock();
                      while (all.size() < 60
                          && reader.next(block, Duration.ofSeconds(20)) != null) {
                        for (JournalRecord record : Lines.copy(block)) {
                          Lines.check(record, (int) record.position().sequence() - 1);
                          all.add(record.position().sequence());
                        }
                      }
                      seen.complete(all);
                    } catch (Exception | AssertionError e) {
                      seen.completeExceptionally(e);
                    }
                  });

      for (int n = 0; n < 60; n += 3) {
        store("tail", n, 3);
      }

      List<Long> all = seen.get(20, java.util.concurrent.TimeUnit.SECONDS);
      assertThat(all).hasSize(60).isSorted().doesNotHaveDuplicates();
      follower.join();
    }
  }

  @Test
  void closingWakesAWaitingReader() throws Exception {
    try (JournalReader reader = journal.read("quiet", 1)) {
      CompletableFuture<Boolean> ended =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return reader.next(new RecordBlock(), Duration.ofSeconds(60)) == null;
                } catch (IOException | InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              });

      journal.close();

      assertThat(ended.get(10, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void acknowledgesEveryBatchOnceAndGivesItBack() throws Exception {
    AtomicInteger acknowledged = new AtomicInteger();
    for (int n = 0; n < 200; n++) {
      Batch batch = Lines.batch(pool, n, n % 4);
      batch.onDurable(acknowledged::incrementAndGet);
      batch.onDurable(acknowledged::incrementAndGet);
      journal.append(n % 2 == 0 ? "even" : "odd", batch);
    }
    await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(2))
        .until(() -> pool.free() == pool.size());

    assertThat(acknowledged).hasValue(400);
    assertThat(journal.status().appended()).isEqualTo(300);
  }

  @Test
  void commitsWhatNobodyWaitsFor() throws Exception {
    journal.append("a", Lines.batch(pool, 0, 3));

    await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(2))
        .until(() -> journal.committed("a") == 3);
    assertThat(Lines.readAll(journal, "a", 1)).hasSize(3);
  }

  @Test
  void refusesWhatIsNotAStream() throws Exception {
    Batch batch = Lines.batch(pool, 0, 1);

    for (String name : List.of("", "Upper", "a/b", "..", "x".repeat(33), "ı")) {
      assertThatThrownBy(() -> journal.append(name, batch))
          .isInstanceOf(IllegalArgumentException.class);
    }
    batch.release();
  }

  @Test
  void refusesBatchesAfterClose() throws Exception {
    journal.close();
    Batch batch = Lines.batch(pool, 0, 1);

    assertThatThrownBy(() -> journal.append("a", batch)).isInstanceOf(IllegalStateException.class);
  }
}
