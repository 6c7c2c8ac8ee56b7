package tr.emanet.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.event.Attributes;
import tr.emanet.event.Event;
import tr.emanet.event.RecordFlags;
import tr.emanet.event.SourceAddress;
import tr.emanet.index.EventIndex;
import tr.emanet.index.IndexConfig;
import tr.emanet.index.IndexView;
import tr.emanet.index.PartitionView;
import tr.emanet.index.WordQuery;
import tr.emanet.journal.Batch;
import tr.emanet.journal.BatchPool;
import tr.emanet.journal.Journal;
import tr.emanet.journal.MemoryJournal;

class PipelineTest {

  private static final Instant NOON = Instant.parse("2026-11-22T09:00:00Z");
  private static final SourceAddress SOURCE = new SourceAddress("test", new byte[16], 0);

  /** Lines that begin with "?" are not recognised. */
  private static void parse(Event event) {
    event.setParsed(event.rawTo() > event.rawFrom() && event.raw()[event.rawFrom()] != '?');
  }

  @TempDir Path directory;
  private final BatchPool pool = new BatchPool(4);

  @Test
  void indexesEveryStreamOnceAndKeepsTheBalance() throws Exception {
    Journal journal = new MemoryJournal();
    try (EventIndex index = open();
        Pipeline pipeline = pipeline(journal, index)) {
      pipeline.start();
      append(journal, "syslog", 0, "alpha one", "? alpha two");
      append(journal, "mqtt", 0, "alpha three");
      append(journal, "syslog", RecordFlags.REDELIVERED, "alpha one");

      await().until(pipeline::caughtUp);
      index.refresh(pipeline.contiguous());

      assertThat(count(index, "alpha")).isEqualTo(3);
      PipelineStatus status = pipeline.status();
      assertThat(status.parsed()).isEqualTo(2);
      assertThat(status.unparsed()).isEqualTo(1);
      assertThat(status.redelivered()).isEqualTo(1);
      assertThat(status.processed()).isEqualTo(journal.status().appended());
      assertThat(pipeline.contiguous()).isEqualTo(4);
    }
  }

  @Test
  void replaysWhatTheLastCommitLacksAndNothingElse() throws Exception {
    Journal journal = new MemoryJournal();
    append(journal, "syslog", 0, "alpha one", "alpha two");
    try (EventIndex index = open();
        Pipeline pipeline = pipeline(journal, index)) {
      pipeline.start();
      await().until(pipeline::caughtUp);
      assertThat(pipeline.status().replayed()).isEqualTo(2);
    }
    append(journal, "syslog", 0, "alpha three");
    EventIndex crashed = open();
    Pipeline lost = pipeline(journal, crashed);
    lost.start();
    await().until(lost::caughtUp);
    crashed.close();
    lost.close();

    try (EventIndex index = open();
        Pipeline pipeline = pipeline(journal, index)) {
      assertThat(index.replayFrom("syslog")).isEqualTo(3);
      pipeline.start();
      await().until(pipeline::caughtUp);
      index.refresh(pipeline.contiguous());

      assertThat(pipeline.status().replayed()).isEqualTo(1);
      assertThat(count(index, "alpha")).isEqualTo(3);
    }
  }

  @Test
  void goesOnAfterTheIndexFailed() throws Exception {
    Journal journal = new MemoryJournal();
    try (EventIndex index = open();
        Pipeline pipeline = pipeline(journal, index)) {
      pipeline.start();
      append(journal, "syslog", 0, "alpha one");
      await().until(pipeline::caughtUp);
      // What somebody's rm does to a writer: every further use fails.
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
      append(journal, "syslog", 0, "alpha two");

      await().until(() -> pipeline.status().problem() != null);
      await().until(() -> pipeline.status().problem() == null && pipeline.caughtUp());
      index.refresh(pipeline.contiguous());

      assertThat(count(index, "alpha")).isEqualTo(2);
    }
  }

  @Test
  void showsEveryEventWithItsPositionToTheTaps() throws Exception {
    Journal journal = new MemoryJournal();
    Set<String> seen = ConcurrentHashMap.newKeySet();
    EventTaps taps = () -> (event, stream, sequence) -> seen.add(stream + ":" + sequence);
    try (EventIndex index = open();
        Pipeline pipeline = pipeline(journal, index, taps)) {
      pipeline.start();
      append(journal, "syslog", 0, "alpha one", "? alpha two");
      append(journal, "mqtt", 0, "alpha three");
      append(journal, "syslog", RecordFlags.REDELIVERED, "alpha one");

      await().until(pipeline::caughtUp);

      assertThat(seen).containsExactlyInAnyOrder("syslog:1", "syslog:2", "mqtt:3");
    }
  }

  @Test
  void bringsEventsBackUntilWhatTheTapsFoundIsKept() throws Exception {
    Journal journal = new MemoryJournal();
    FaultyTaps taps = new FaultyTaps();
    try (EventIndex index = open();
        Pipeline pipeline = pipeline(journal, index, taps)) {
      append(journal, "syslog", 0, "alpha one", "alpha two");
      pipeline.start();

      await().until(() -> pipeline.status().problem() != null);
      assertThat(taps.kept).isEmpty();
      assertThat(index.replayFrom("syslog")).isEqualTo(1);
      taps.broken = false;

      await().until(() -> pipeline.status().problem() == null && pipeline.caughtUp());
      pipeline.commit();
      index.refresh(pipeline.contiguous());
      assertThat(taps.kept).containsExactlyInAnyOrder(1L, 2L);
      assertThat(taps.seen.get()).isGreaterThanOrEqualTo(4);
      assertThat(count(index, "alpha")).isEqualTo(2);
      assertThat(index.replayFrom("syslog")).isEqualTo(3);
    }
  }

  /** Keeps what it saw at the barrier only, and cannot do so at first. */
  private static final class FaultyTaps implements EventTaps {
    final AtomicInteger seen = new AtomicInteger();
    final Set<Long> pending = ConcurrentHashMap.newKeySet();
    final Set<Long> kept = ConcurrentHashMap.newKeySet();
    volatile boolean broken = true;

    @Override
    public EventTap open() {
      return (event, stream, sequence) -> {
        seen.incrementAndGet();
        pending.add(sequence);
      };
    }

    @Override
    public void beforeCommit() throws IOException {
      if (broken) {
        pending.clear();
        throw new IOException("no space left");
      }
      kept.addAll(pending);
    }
  }

  private Pipeline pipeline(Journal journal, EventIndex index) {
    return pipeline(journal, index, EventTaps.NONE);
  }

  private Pipeline pipeline(Journal journal, EventIndex index, EventTaps taps) {
    return new Pipeline(
        journal,
        index,
        () -> PipelineTest::parse,
        taps,
        InstantSource.fixed(NOON),
        new Pipeline.Settings(2, Duration.ofMillis(300), Duration.ofMillis(100)));
  }

  private EventIndex open() throws IOException {
    return EventIndex.open(
        new IndexConfig(directory, ZoneId.of("Europe/Istanbul"), 16 << 20, 30, 0, 1));
  }

  private void append(Journal journal, String stream, int flags, String... lines)
      throws InterruptedException {
    Batch batch = pool.take();
    List<byte[]> bytes = new ArrayList<>();
    for (String line : lines) {
      bytes.add(line.getBytes(StandardCharsets.UTF_8));
    }
    for (byte[] line : bytes) {
      batch.add(line, 0, line.length, NOON.toEpochMilli() * 1000, SOURCE, Attributes.NONE, flags);
    }
    journal.append(stream, batch);
  }

  private static long count(EventIndex index, String word) throws IOException {
    long total = 0;
    try (IndexView view = index.view()) {
      for (PartitionView partition : view.partitions()) {
        total +=
            partition
                .searcher()
                .count(new WordQuery(word.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
      }
    }
    return total;
  }
}
