package tr.emanet.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Terms;
import org.apache.lucene.search.IndexSearcher;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.event.Attributes;
import tr.emanet.event.Event;
import tr.emanet.event.Field;
import tr.emanet.event.IpAddress;
import tr.emanet.event.SourceAddress;

class CommonWordsTest {

  private static final ZoneId ZONE = ZoneId.of("Europe/Istanbul");
  private static final long NOON = Instant.parse("2026-11-22T09:00:00Z").toEpochMilli() * 1000;

  @TempDir Path directory;

  private final Random random = new Random(5);
  private final Map<String, Integer> documentsWith = new HashMap<>();
  private long sequence;

  @Test
  void findsEachWordInExactlyTheDocumentsThatHaveIt() throws IOException {
    try (EventIndex index = open()) {
      IndexAppender appender = index.appender();
      for (int i = 0; i < 6_000; i++) {
        add(appender, "fw", firewallLine(), null);
        add(appender, "sshd", loginLine(), null);
        if (i % 1500 == 1499) {
          index.refresh(sequence);
        }
      }
      index.refresh(sequence);

      assertThat(templates(index)).isGreaterThan(1);
      documentsWith.forEach(
          (word, documents) -> assertThat(count(index, word)).as(word).isEqualTo(documents));
    }
  }

  @Test
  void countsAWordOnlyOnceAfterADeviceChangesItsWords() throws IOException {
    try (EventIndex index = open()) {
      IndexAppender appender = index.appender();
      for (int i = 0; i < 140_000; i++) {
        String version = i < 70_000 ? "alpha beta gamma delta" : "gamma delta epsilon zeta";
        add(appender, "dev", version + " n" + random.nextInt(50), null);
      }
      index.refresh(sequence);

      for (String word : List.of("alpha", "gamma", "delta", "epsilon", "zeta", "n7")) {
        assertThat(count(index, word)).as(word).isEqualTo(documentsWith.get(word));
      }
    }
  }

  @Test
  void staysSmallWhenSendersInventProgramsAndWords() throws IOException {
    try (EventIndex index = open()) {
      IndexAppender appender = index.appender();
      for (int i = 0; i < 30_000; i++) {
        StringBuilder line = new StringBuilder("kalip sabit sozcuk burada");
        for (int w = 0; w < 12; w++) {
          line.append(random.nextBoolean() ? " w" + w : "");
        }
        add(appender, i % 2 == 0 ? "same" : "p" + i, line.toString(), null);
      }
      index.refresh(sequence);

      assertThat(templates(index)).isLessThanOrEqualTo(4 * WordSet.MAX_TEMPLATES);
      documentsWith.forEach(
          (word, documents) -> assertThat(count(index, word)).as(word).isEqualTo(documents));
    }
  }

  @Test
  void indexesALineOfMoreWordsThanItLooksAtWordByWord() throws IOException {
    try (EventIndex index = open()) {
      IndexAppender appender = index.appender();
      for (int i = 0; i < 1_000; i++) {
        add(
            appender,
            "long",
            "one two three four " + (i % 10 == 0 ? "x ".repeat(2_000) : ""),
            null);
      }
      index.refresh(sequence);

      assertThat(count(index, "three")).isEqualTo(1_000);
      assertThat(count(index, "x")).isEqualTo(100);
    }
  }

  @Test
  void findsAnAddressByItsColumnAndElsewhereAsAWord() throws IOException {
    try (EventIndex index = open()) {
      IndexAppender appender = index.appender();
      add(appender, "fw", "srcip=10.1.2.3 dst=192.0.2.9", "10.1.2.3");
      add(appender, "fw", "note about 10.1.2.3", null);
      add(appender, "fw", "from 2001:DB8:0:0::1f", "2001:db8::1f");
      index.refresh(sequence);

      assertThat(count(index, "10.1.2.3")).isEqualTo(2);
      assertThat(count(index, "192.0.2.9")).isEqualTo(1);
      assertThat(count(index, "2001:db8::1f")).isEqualTo(1);
    }
  }

  private String firewallLine() {
    return "date=2026 action="
        + (random.nextBoolean() ? "accept" : "deny")
        + " srcport="
        + random.nextInt(200)
        + (random.nextInt(40) == 0 ? " tehlike=yüksek" : "")
        + " policyid="
        + random.nextInt(7)
        + " service=DNS";
  }

  private String loginLine() {
    return "Failed password for user"
        + random.nextInt(9)
        + " from host"
        + random.nextInt(300)
        + " port "
        + random.nextInt(9)
        + " ssh2";
  }

  private EventIndex open() throws IOException {
    return EventIndex.open(new IndexConfig(directory, ZONE, 16 << 20, 30, 0, 1));
  }

  private void add(IndexAppender appender, String program, String line, @Nullable String source)
      throws IOException {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    Event event = new Event();
    event.reset(
        bytes, 0, bytes.length, NOON, new SourceAddress("t", new byte[16], 0), Attributes.NONE, 0);
    event.set(Field.PROCESS_NAME, program.getBytes(StandardCharsets.UTF_8));
    if (source != null) {
      event.setIp(Field.SOURCE_IP, java.util.Objects.requireNonNull(IpAddress.parse(source)));
    }
    assertThat(appender.add(event, "main", ++sequence)).isTrue();
    TermSplitter splitter = new TermSplitter();
    Set<String> words = new HashSet<>();
    for (byte[] text : List.of(bytes, program.getBytes(StandardCharsets.UTF_8))) {
      splitter.reset(text, 0, text.length);
      while (splitter.next()) {
        words.add(new String(splitter.term(), 0, splitter.length(), StandardCharsets.UTF_8));
      }
    }
    words.forEach(word -> documentsWith.merge(word, 1, Integer::sum));
  }

  private static int count(EventIndex index, String word) {
    try (IndexView view = index.view()) {
      IndexSearcher searcher = view.partitions().getFirst().searcher();
      return searcher.count(new WordQuery(word.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static int templates(EventIndex index) throws IOException {
    List<Long> sizes = new ArrayList<>();
    try (IndexView view = index.view()) {
      IndexSearcher searcher = view.partitions().getFirst().searcher();
      for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
        Terms terms = leaf.reader().terms(Schema.COMMON);
        sizes.add(terms == null ? 0L : terms.size());
      }
    }
    return (int) sizes.stream().mapToLong(Long::longValue).max().orElse(0);
  }
}
