package tr.emanet.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tr.emanet.alert.Alerts;
import tr.emanet.alert.Asset;
import tr.emanet.alert.Facts;
import tr.emanet.alert.Hit;
import tr.emanet.alert.Policies;
import tr.emanet.alert.Policy;
import tr.emanet.audit.AuditLog;
import tr.emanet.event.Attributes;
import tr.emanet.event.Event;
import tr.emanet.event.Field;
import tr.emanet.event.IpAddress;
import tr.emanet.event.Position;
import tr.emanet.event.SourceAddress;
import tr.emanet.index.EventIndex;
import tr.emanet.index.IndexConfig;
import tr.emanet.indicator.hunt.Observed;
import tr.emanet.indicator.match.EventMatcher;
import tr.emanet.indicator.match.IndicatorSet;
import tr.emanet.indicator.value.CanonicalValue;
import tr.emanet.indicator.value.IndicatorKind;
import tr.emanet.indicator.value.ValueReader;
import tr.emanet.journal.Batch;
import tr.emanet.journal.BatchPool;
import tr.emanet.journal.FileJournal;
import tr.emanet.journal.JournalConfig;
import tr.emanet.parse.EventParser;
import tr.emanet.parse.SourceSettings;
import tr.emanet.pipeline.Pipeline;
import tr.emanet.search.EventHunt;
import tr.emanet.search.HuntTerms;
import tr.emanet.search.TimeRange;
import tr.emanet.search.lucene.LuceneHunt;
import tr.emanet.store.Database;
import tr.emanet.store.StoreException;

/**
 * {@code HuntBench EVENTS DIRECTORY [HITS]}: fills a directory with the corpus through journal and
 * pipeline, unless it is filled already, and hunts 1,000 new indicators in it: first with none that
 * occurs, then with some that occur in about HITS (5,000) events, and a whole pass of a first load.
 * From the call to the last hit stored, the median of three; prints one JSON line a figure.
 */
public final class HuntBench {

  private static final ZoneId ZONE = ZoneId.of("Europe/Istanbul");
  private static final String STREAM = "syslog";
  private static final int INDICATORS = 1_000;

  /** As many as one pass of a first load. */
  private static final int PASS = 10_000;

  private static final int ROUNDS = 3;
  private static final int SAMPLE = 200_000;

  private final FileJournal journal;
  private final EventIndex index;
  private final Supplier<Consumer<Event>> parsers = HuntBench::parser;
  private final Path directory;
  private final Figures figures = new Figures(System.out);

  private HuntBench(Path directory) throws IOException {
    this.directory = directory;
    this.journal =
        FileJournal.open(
            JournalConfig.of(directory.resolve("journal"), ZONE),
            InstantSource.system(),
            new SecureRandom(),
            code -> Runtime.getRuntime().halt(code));
    this.index =
        EventIndex.open(
            new IndexConfig(
                directory.resolve("index"), ZONE, 192L << 20, 3650, 0, EventParser.VERSION));
  }

  private static Consumer<Event> parser() {
    return new EventParser(SourceSettings.all(SourceSettings.Sender.TURKEY))::parse;
  }

  public static void main(String[] args) throws Exception {
    long events = Long.parseLong(args[0].replace("_", ""));
    HuntBench bench = new HuntBench(Files.createDirectories(Path.of(args[1])));
    bench.fill(events);
    List<CanonicalValue> absent = absent(INDICATORS);
    bench.measure("retro_hunt_1000_none", events, absent);
    List<CanonicalValue> present = bench.present(args.length > 2 ? Long.parseLong(args[2]) : 5_000);
    List<CanonicalValue> some = new ArrayList<>(absent.subList(0, INDICATORS - present.size()));
    some.addAll(present);
    bench.measure("retro_hunt_1000_some", events, some);
    bench.measure("retro_hunt_10000_none", events, absent(PASS));
    bench.index.close();
    bench.journal.close();
  }

  /** Events go the way they always go; the clock is that of the machine. */
  private void fill(long events) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    Pipeline pipeline =
        new Pipeline(journal, index, parsers, InstantSource.system(), Pipeline.Settings.DEFAULT);
    pipeline.start();
    SourceAddress source = new SourceAddress("syslog_tcp", new byte[16], 514);
    BatchPool pool = new BatchPool(48);
    Corpus corpus =
        new Corpus(
            Corpus.SEED, Instant.now().minus(Duration.ofHours(12)), (int) (events / 43_200) + 1);
    long done = journal.committed(STREAM);
    while (done < events) {
      Batch batch = pool.take();
      long now = System.currentTimeMillis() * 1000;
      while (done < events) {
        int length = corpus.next() - 1;
        if (!batch.add(corpus.bytes(), 0, length, now, source, Attributes.NONE, 0)) {
          break;
        }
        done++;
      }
      journal.append(STREAM, batch);
    }
    while (pool.free() < pool.size() || !pipeline.caughtUp()) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
    pipeline.close();
    index.refresh(journal.committed(STREAM));
    figures.print(
        "filled",
        (System.nanoTime() - begin) / 1e9,
        "s",
        "events",
        journal.committed(STREAM),
        "segments",
        index.status().partitions().stream().mapToInt(p -> p.segments()).sum());
  }

  /** Of the kinds and shapes of a real list: 93 % names, pages, addresses, hashes. */
  private static List<CanonicalValue> absent(int count) {
    List<CanonicalValue> out = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String word = Integer.toHexString(i * 0x9E3779B1).replaceAll("[^a-f]", "x");
      String raw =
          switch (i % 100) {
            case 0, 1 -> "giris-" + word + i + ".example/hesap/onay" + i + "?id=" + i;
            case 2, 3, 4 -> "198." + (18 + i / 100 / 256) + "." + i / 100 % 256 + "." + (i % 100);
            case 5 -> "203.0." + i / 100 % 256 + ".64/26";
            case 6 -> String.format(java.util.Locale.ROOT, "%032x", i + 7L);
            default -> "banka-" + word + "-giris" + i + (i % 2 == 0 ? ".example" : ".example.com");
          };
      if (ValueReader.value(i % 100 == 6 ? IndicatorKind.FILE_HASH : null, raw)
          instanceof CanonicalValue value) {
        out.add(value);
      }
    }
    return out;
  }

  /** Values that occur in the corpus, together in about so many events. */
  private List<CanonicalValue> present(long hits) {
    Map<String, Integer> seen = new TreeMap<>();
    Corpus corpus = new Corpus(Corpus.SEED, Instant.now().minus(Duration.ofHours(12)), 250);
    Event event = new Event();
    Consumer<Event> parser = parsers.get();
    SourceAddress source = new SourceAddress("syslog_tcp", new byte[16], 514);
    for (int i = 0; i < SAMPLE; i++) {
      int length = corpus.next() - 1;
      event.reset(
          corpus.bytes(), 0, length, System.currentTimeMillis() * 1000, source, Attributes.NONE, 0);
      parser.accept(event);
      for (Field field : List.of(Field.DNS_QUESTION, Field.SOURCE_IP, Field.DESTINATION_IP)) {
        String text = event.text(field);
        if (text != null) {
          seen.merge(text, 1, Integer::sum);
        }
      }
    }
    double scale = journal.committed(STREAM) / (double) SAMPLE;
    List<CanonicalValue> out = new ArrayList<>();
    double expected = 0;
    for (Map.Entry<String, Integer> one : seen.entrySet()) {
      // Neither a neighbour that is seen all day nor a name that was seen once.
      double each = one.getValue() * scale;
      if (expected < hits
          && each >= hits / 100.0
          && each <= hits / 10.0
          && ValueReader.value(null, one.getKey()) instanceof CanonicalValue value) {
        out.add(value);
        expected += each;
      }
    }
    return out;
  }

  private void measure(String name, long events, List<CanonicalValue> values) throws Exception {
    double[] seconds = new double[ROUNDS];
    long hits = 0;
    long looked = 0;
    double storing = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Path store = Files.createTempDirectory(directory, "store");
      Sink sink = new Sink(store, values);
      long begin = System.nanoTime();
      LuceneHunt hunt = new LuceneHunt(index, journal, parsers);
      HuntTerms.Builder terms = new HuntTerms.Builder();
      for (CanonicalValue value : values) {
        switch (value.kind()) {
          case DOMAIN -> terms.name(value.text());
          case URL -> terms.url(value.text());
          case ADDRESS -> terms.network(value.bytes(), 128);
          case NETWORK -> terms.network(value.bytes(), value.bytes()[16] & 255);
          case FILE_HASH -> terms.word(value.text());
        }
      }
      HuntTerms asked = terms.build();
      looked = 0;
      for (String partition : hunt.partitions()) {
        looked += hunt.hunt(partition, asked, TimeRange.ALL, sink);
      }
      sink.flush();
      seconds[round] = (System.nanoTime() - begin) / 1e9;
      hits = sink.hits;
      storing = sink.storing / 1e9;
      sink.close();
      Children.delete(store);
    }
    figures.goal(
        name,
        Figures.median(seconds),
        "s",
        10,
        false,
        "events",
        events,
        "indicators",
        values.size(),
        "looked",
        looked,
        "hits",
        hits,
        "storing_s",
        storing,
        "rounds",
        seconds);
  }

  /** Matches and stores as retro-hunt does. */
  private static final class Sink implements EventHunt.Hunter {
    private final List<CanonicalValue> values;
    private final EventMatcher matcher;
    private final Database database;
    private final Alerts alerts;
    private final List<Hit> waiting = new ArrayList<>();
    private long hits;
    private long storing;

    Sink(Path store, List<CanonicalValue> values) throws StoreException {
      this.values = values;
      IndicatorSet.Builder set = new IndicatorSet.Builder(System.nanoTime());
      for (int i = 0; i < values.size(); i++) {
        set = set.add(i, values.get(i), 0, Long.MAX_VALUE);
      }
      IndicatorSet all = set.build();
      matcher = new EventMatcher(() -> all);
      database = Database.open(store, List.of("audit", "alert"));
      alerts =
          new Alerts(
              database,
              new AuditLog(database, InstantSource.system()),
              Policies.fixed(Policy.SHIPPED),
              Map::of,
              ZONE,
              InstantSource.system());
    }

    @Override
    public boolean goesOn() {
      return true;
    }

    @Override
    public void look(Event event, Position position) {
      int ignored =
          matcher.match(
              event,
              (id, field, source, from, to, weak) ->
                  waiting.add(
                      hit(event, position, id, field, Observed.of(field, source, from, to, weak))));
      if (waiting.size() >= 1000) {
        flush();
      }
    }

    private Hit hit(Event event, Position position, long id, @Nullable Field field, Observed seen) {
      String text = values.get((int) id).text();
      Map<String, String> facts = new LinkedHashMap<>();
      facts.put(Facts.INDICATOR, text);
      facts.put(Facts.FEED, "bench");
      facts.put(Facts.CLASS, field == null ? "PH" : "BC");
      List<String> addresses = new ArrayList<>(2);
      for (Field one : List.of(Field.SOURCE_IP, Field.DESTINATION_IP)) {
        String address = event.text(one);
        if (address != null) {
          addresses.add(address);
        }
      }
      return new Hit(
          Hit.Kind.INDICATOR,
          "bench:" + text,
          position,
          Instant.ofEpochMilli(event.timestampMillis()),
          Asset.of(
              addresses,
              event.text(Field.HOST_NAME),
              event.source().address(),
              address -> IpAddress.isV4(address, 0) && address[12] == 10),
          seen.field(),
          seen.value(),
          true,
          facts);
    }

    void flush() {
      if (!waiting.isEmpty()) {
        long begin = System.nanoTime();
        hits += alerts.accept(List.copyOf(waiting));
        waiting.clear();
        storing += System.nanoTime() - begin;
      }
    }

    void close() {
      database.close();
    }
  }
}
