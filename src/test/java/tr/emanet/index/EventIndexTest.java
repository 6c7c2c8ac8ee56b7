package tr.emanet.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.lucene.search.Query;
import org.apache.lucene.util.BytesRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.event.Attributes;
import tr.emanet.event.Event;
import tr.emanet.event.Field;
import tr.emanet.event.SourceAddress;

class EventIndexTest {

  private static final ZoneId ZONE = ZoneId.of("Europe/Istanbul");
  private static final long NOON = Instant.parse("2026-11-22T09:00:00Z").toEpochMilli() * 1000;
  private static final long DAY_MICROS = 86_400_000_000L;

  @TempDir Path directory;

  @Test
  void findsWordsAndCombinedFieldsAfterRefresh() throws IOException {
    try (EventIndex index = open(1)) {
      add(index, "main", 1, NOON, "BAŞARISIZ giriş", "failure");
      add(index, "main", 2, NOON, "başarılı giriş", "success");
      index.refresh(2);

      assertThat(count(index, term("giris"))).isEqualTo(2);
      assertThat(count(index, term("basarisiz"))).isEqualTo(1);
      assertThat(count(index, outcome("failure"))).isEqualTo(1);
      assertThat(index.searchableUpTo()).isEqualTo(2);
    }
  }

  @Test
  void keepsWhatWasCommittedAndSkipsItInReplay() throws IOException {
    try (EventIndex index = open(1)) {
      add(index, "main", 1, NOON, "one", "success");
      index.commit(Map.of("main", 1L), NOON);
      add(index, "main", 2, NOON, "two", "success");
    }

    try (EventIndex index = open(1)) {
      assertThat(index.replayFrom("main")).isEqualTo(2);
      assertThat(add(index, "main", 1, NOON, "one", "success")).isFalse();
      assertThat(add(index, "main", 2, NOON, "two", "success")).isTrue();
      index.refresh(2);
      assertThat(count(index, term("one"))).isEqualTo(1);
      assertThat(count(index, term("two"))).isEqualTo(1);
    }
  }

  @Test
  void sealsPastDaysAndReplaysFromTheOpenOne() throws IOException {
    try (EventIndex index = open(1)) {
      add(index, "main", 1, NOON - DAY_MICROS, "yesterday", "success");
      add(index, "main", 2, NOON, "today", "success");
      index.commit(Map.of("main", 2L), NOON);

      assertThat(index.replayFrom("main")).isEqualTo(3);
      assertThat(count(index, term("yesterday"))).isEqualTo(1);
    }

    try (EventIndex index = open(1)) {
      assertThat(index.status().partitions()).hasSize(2);
      assertThat(index.replayFrom("main")).isEqualTo(3);
      assertThat(add(index, "main", 3, NOON - DAY_MICROS, "late", "success")).isTrue();
      index.refresh(3);
      assertThat(count(index, term("late"))).isEqualTo(1);
      assertThat(count(index, term("yesterday"))).isEqualTo(1);
    }
  }

  @Test
  void emptiesPartitionsOfAnotherParserVersionAndDamagedOnes() throws IOException {
    try (EventIndex index = open(1)) {
      add(index, "main", 1, NOON, "one", "success");
      index.commit(Map.of("main", 1L), NOON);
    }
    try (EventIndex index = open(2)) {
      assertThat(index.replayFrom("main")).isEqualTo(1);
      add(index, "main", 1, NOON, "one", "success");
      index.commit(Map.of("main", 1L), NOON);
    }
    try (Stream<Path> files = Files.walk(directory)) {
      Path segments =
          files.filter(f -> f.getFileName().toString().startsWith("segments_")).findFirst().get();
      Files.write(segments, new byte[] {1, 2, 3});
    }

    try (EventIndex index = open(2)) {
      assertThat(index.replayFrom("main")).isEqualTo(1);
      assertThat(add(index, "main", 1, NOON, "one", "success")).isTrue();
      index.refresh(1);
      assertThat(count(index, term("one"))).isEqualTo(1);
    }
  }

  @Test
  void deletesOldPartitionsButNeverOpenOnes() throws IOException {
    try (EventIndex index = open(1)) {
      add(index, "main", 1, NOON - 40 * DAY_MICROS, "old", "success");
      add(index, "main", 2, NOON, "new", "success");
      Instant now = Instant.ofEpochMilli(NOON / 1000);

      assertThat(index.retain(now)).isEmpty();
      index.commit(Map.of("main", 2L), NOON);
      assertThat(index.retain(now)).hasSize(1);
      index.refresh(2);

      assertThat(count(index, term("old"))).isZero();
      assertThat(count(index, term("new"))).isEqualTo(1);
    }
  }

  @Test
  void viewsStayReadableAfterTheirPartitionIsDeleted() throws IOException {
    try (EventIndex index = open(1)) {
      add(index, "main", 1, NOON - 40 * DAY_MICROS, "old", "success");
      index.commit(Map.of("main", 1L), NOON);
      try (IndexView view = index.view()) {
        assertThat(index.retain(Instant.ofEpochMilli(NOON / 1000))).hasSize(1);

        assertThat(view.partitions().getFirst().searcher().count(term("old"))).isEqualTo(1);
      }
    }
  }

  private EventIndex open(int rules) throws IOException {
    return EventIndex.open(new IndexConfig(directory, ZONE, 16 << 20, 30, 0, rules));
  }

  private static boolean add(
      EventIndex index, String stream, long sequence, long micros, String line, String outcome)
      throws IOException {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    Event event = new Event();
    event.reset(
        bytes,
        0,
        bytes.length,
        micros,
        new SourceAddress("test", new byte[16], 0),
        Attributes.NONE,
        0);
    event.set(Field.EVENT_OUTCOME, outcome.getBytes(StandardCharsets.UTF_8));
    return index.appender().add(event, stream, sequence);
  }

  private static Query term(String folded) {
    return new WordQuery(folded.getBytes(StandardCharsets.UTF_8));
  }

  private static Query outcome(String value) {
    return new CombinationQuery(
        Field.EVENT_OUTCOME, value, part -> part.equals(new BytesRef(value)));
  }

  private static long count(EventIndex index, Query query) {
    try (IndexView view = index.view()) {
      long total = 0;
      for (PartitionView partition : view.partitions()) {
        total += partition.searcher().count(query);
      }
      return total;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
