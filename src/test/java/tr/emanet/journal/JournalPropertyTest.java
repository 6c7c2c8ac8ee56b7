package tr.emanet.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tr.emanet.event.Attributes;
import tr.emanet.event.Position;

/** Random batches, streams, segment sizes and restarts; everything comes back, in order. */
class JournalPropertyTest {

  private static final List<String> STREAMS = List.of("auth", "firewall-long", "mqtt", "w");

  private final BatchPool pool = new BatchPool(8);
  @TempDir Path directory = Path.of("");

  private record Sent(byte[] bytes, long micros, int source, Attributes attributes, int flags) {}

  private static Sent random(Random random, long clock) {
    byte[] bytes =
        new byte[random.nextInt(200) == 0 ? random.nextInt(100_000) : random.nextInt(300)];
    random.nextBytes(bytes);
    Attributes attributes =
        switch (random.nextInt(4)) {
          case 0 -> Attributes.NONE;
          case 1 -> Lines.attributes(random.nextInt(9));
          default ->
              Attributes.builder()
                  .put(Attributes.Key.MQTT_PACKET_ID, new byte[] {(byte) random.nextInt(), 7})
                  .put(Attributes.Key.MQTT_TOPIC, new byte[random.nextInt(4090)])
                  .build();
        };
    long micros = clock + random.nextInt(2_000_000) - 1_000_000;
    return new Sent(bytes, micros, random.nextInt(6000), attributes, random.nextInt(256));
  }

  private Batch batch(Random random, long clock, List<Sent> sent) throws InterruptedException {
    Batch batch = pool.take();
    int most = random.nextInt(5) == 0 ? 3000 : 1 + random.nextInt(20);
    for (int i = 0; i < most; i++) {
      Sent one = random(random, clock);
      if (!batch.add(
          one.bytes(),
          0,
          one.bytes().length,
          one.micros(),
          Lines.source(one.source()),
          one.attributes(),
          one.flags())) {
        break;
      }
      sent.add(one);
    }
    if (random.nextBoolean()) {
      batch.onDurable(() -> {});
    }
    return batch;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void whatGoesInComesOut(long seed) throws Exception {
    Random random = new Random(seed);
    Map<String, List<Sent>> sent = new TreeMap<>();
    long clock = Lines.DAY;
    JournalConfig config =
        TestJournals.config(directory)
            .withSegments(4096L << random.nextInt(10), Duration.ofHours(1))
            .withCache(random.nextInt(4) * 1_000_000L);
    for (int life = 0; life < 4; life++) {
      try (FileJournal journal = TestJournals.openUnforced(config)) {
        for (int k = 0; k < 12; k++) {
          String stream = STREAMS.get(random.nextInt(STREAMS.size()));
          clock += random.nextLong(10L * 3600 * 1_000_000);
          journal.append(
              stream, batch(random, clock, sent.computeIfAbsent(stream, s -> new ArrayList<>())));
        }
      }
    }

    try (FileJournal journal = TestJournals.openUnforced(config)) {
      assertThat(journal.streams()).containsExactlyElementsOf(sent.keySet());
      for (Map.Entry<String, List<Sent>> entry : sent.entrySet()) {
        check(journal, entry.getKey(), entry.getValue(), random);
      }
      assertThat(journal.status().problems()).isEmpty();
    }
    JournalTool.Report report = JournalTool.verify(directory, name -> {});
    assertThat(report.damages()).isEmpty();
    assertThat(report.gaps()).isEmpty();
    assertThat(report.records()).isEqualTo(sent.values().stream().mapToLong(List::size).sum());
  }

  private static void check(FileJournal journal, String stream, List<Sent> sent, Random random)
      throws Exception {
    List<JournalRecord> read = Lines.readAll(journal, stream, 1);
    assertThat(read).hasSize(sent.size());
    for (int i = 0; i < sent.size(); i++) {
      same(read.get(i), sent.get(i));
    }
    for (int k = 0; k < 200; k++) {
      int i = random.nextInt(sent.size());
      Position position = read.get(i).position();
      same(journal.find(position).orElseThrow(), sent.get(i));
    }
    int from = random.nextInt(sent.size());
    List<JournalRecord> rest = Lines.readAll(journal, stream, read.get(from).position().sequence());
    assertThat(rest).hasSize(sent.size() - from);
    same(rest.getFirst(), sent.get(from));
  }

  private static void same(JournalRecord record, Sent sent) {
    assertThat(record.bytes()).isEqualTo(sent.bytes());
    assertThat(record.receivedMicros()).isEqualTo(sent.micros());
    assertThat(record.source()).isEqualTo(Lines.source(sent.source()));
    assertThat(record.attributes()).isEqualTo(sent.attributes());
    assertThat(record.flags() & 255).isEqualTo(sent.flags());
  }
}
