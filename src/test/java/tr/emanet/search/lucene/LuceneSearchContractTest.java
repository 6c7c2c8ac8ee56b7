package tr.emanet.search.lucene;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.event.EventRecord;
import tr.emanet.event.Field;
import tr.emanet.event.Principal;
import tr.emanet.event.Role;
import tr.emanet.index.EventIndex;
import tr.emanet.search.Cursor;
import tr.emanet.search.Masking;
import tr.emanet.search.Query;
import tr.emanet.search.QueryMatcher;
import tr.emanet.search.QueryPrinter;
import tr.emanet.search.Results;
import tr.emanet.search.SearchLimits;
import tr.emanet.search.SearchRefused;
import tr.emanet.search.SearchRequest;
import tr.emanet.search.TimeRange;

/** The index answers exactly what a linear scan over the events answers. */
final class LuceneSearchContractTest {

  private static final int EVENTS = 3_000;
  private static final int QUERIES = 80;
  private static final Principal ANALYST = new Principal("ayse", "Ayşe", Set.of(Role.ANALYST));

  private static final Corpus CORPUS = new Corpus(42);
  private static @Nullable EventIndex index;
  private static @Nullable LuceneSearch search;

  @BeforeAll
  static void fill(@TempDir Path directory) throws IOException {
    EventIndex opened = Corpus.open(directory);
    CORPUS.fill(opened, EVENTS);
    index = opened;
    search =
        new LuceneSearch(
            opened,
            CORPUS,
            new Masking(Masking.OWN_NETWORKS, new byte[16]),
            new SearchLimits(Duration.ofMinutes(5), 2, Duration.ZERO, 1024, 10_000),
            Corpus.ZONE,
            System::nanoTime);
  }

  @AfterAll
  static void close() throws IOException {
    if (index != null) {
      index.close();
    }
  }

  private static LuceneSearch search() {
    LuceneSearch known = search;
    if (known == null) {
      throw new IllegalStateException("not filled");
    }
    return known;
  }

  @Test
  void answersLikeALinearScan() throws Exception {
    Random random = new Random(7);
    RandomQueries queries = new RandomQueries(random);

    for (int i = 0; i < QUERIES; i++) {
      Query query = queries.next(3);
      long from = Corpus.START + random.nextInt(150_000_000);
      TimeRange range =
          i % 3 == 0 ? TimeRange.ALL : new TimeRange(from, from + random.nextInt(60_000_000));
      SearchRequest request = new SearchRequest(query, range, ANALYST);
      List<EventRecord> expected = scan(query, range);
      String what = QueryPrinter.print(query) + " in " + range;

      assertThat(search().count(request)).as(what).isEqualTo(expected.size());
      assertThat(pages(request, 20 + random.nextInt(300), expected.size()))
          .as(what)
          .isEqualTo(sequences(expected));
      checkHistogram(request, expected, what);
      for (String field :
          List.of("user.name", "source.ip", "event.action", "destination.port", "mqtt.topic")) {
        checkTop(request, field, expected, what);
      }
    }
  }

  @Test
  void scansEverythingNewestFirst() throws Exception {
    SearchRequest request = new SearchRequest(new Query.All(), TimeRange.ALL, ANALYST);
    List<Long> seen = new ArrayList<>();

    long handed = search().scan(request, event -> seen.add(event.position().sequence()));

    assertThat(handed).isEqualTo(EVENTS);
    assertThat(seen).isEqualTo(sequences(scan(new Query.All(), TimeRange.ALL)));
  }

  @Test
  void countsFieldsOfTheHits() throws Exception {
    Query query = new Query.FieldIs("event.action", "logon");
    SearchRequest request = new SearchRequest(query, TimeRange.ALL, ANALYST);
    Map<String, Long> with = new HashMap<>();
    Map<String, Set<Object>> values = new HashMap<>();
    for (EventRecord event : scan(query, TimeRange.ALL)) {
      event
          .fields()
          .forEach(
              (field, value) -> {
                if (Field.named(field).isPresent()) {
                  with.merge(field, 1L, Long::sum);
                  values.computeIfAbsent(field, f -> new java.util.HashSet<>()).add(value);
                }
              });
    }

    Results.FieldList fields = search().fields(request);

    Map<String, Long> counted = new HashMap<>();
    for (Results.FieldCount field : fields.fields()) {
      if (!field.type().equals("d")) {
        counted.put(field.field(), field.withField());
        assertThat(field.distinct())
            .as(field.field())
            .isEqualTo(values.getOrDefault(field.field(), Set.of()).size());
      }
    }
    assertThat(counted).isEqualTo(with);
  }

  @Test
  void tailsWhatBecameSearchableAfterASequence() throws Exception {
    SearchRequest request = new SearchRequest(new Query.All(), TimeRange.ALL, ANALYST);

    Results.Page few = search().since(request, EVENTS - 5, 100);
    Results.Page many = search().since(request, 10, 20);
    Results.Page none = search().since(request, EVENTS, 20);

    assertThat(few.events())
        .extracting(event -> event.position().sequence())
        .containsExactly(2996L, 2997L, 2998L, 2999L, 3000L);
    assertThat(many.events())
        .extracting(event -> event.position().sequence())
        .hasSize(20)
        .startsWith(EVENTS - 19L)
        .endsWith((long) EVENTS);
    assertThat(none.events()).isEmpty();
  }

  @Test
  void showsTheLinesOfTheSameSourceAroundAnEvent() throws Exception {
    List<EventRecord> same = new ArrayList<>();
    QueryMatcher host = QueryMatcher.of(new Query.FieldIs("host.name", "iot7"));
    for (EventRecord event : CORPUS.records()) {
      if (host.matches(event)) {
        same.add(event);
      }
    }
    EventRecord middle = same.get(same.size() / 2);

    Results.Context context = search().context(middle.position(), 3, 4, ANALYST).orElseThrow();

    int at = same.size() / 2;
    assertThat(context.event()).isEqualTo(middle);
    assertThat(context.before()).isEqualTo(same.subList(at - 3, at));
    assertThat(context.after()).isEqualTo(same.subList(at + 1, at + 5));
  }

  private static List<EventRecord> scan(Query query, TimeRange range) {
    QueryMatcher matcher = QueryMatcher.of(query);
    List<EventRecord> out = new ArrayList<>();
    for (EventRecord event : CORPUS.records()) {
      if (range.contains(event.timestampMillis()) && matcher.matches(event)) {
        out.add(event);
      }
    }
    out.sort(
        Comparator.comparingLong(EventRecord::timestampMillis)
            .thenComparing(EventRecord::position)
            .reversed());
    return out;
  }

  private static List<Long> sequences(List<EventRecord> events) {
    return events.stream().map(event -> event.position().sequence()).toList();
  }

  private static List<Long> pages(SearchRequest request, int size, int expected)
      throws SearchRefused, IOException {
    List<Long> out = new ArrayList<>();
    Cursor after = null;
    do {
      Results.Page page = search().page(request, size, after);
      assertThat(page.coverage().complete()).isTrue();
      out.addAll(sequences(page.events()));
      after = page.next();
    } while (after != null && out.size() <= expected);
    return out;
  }

  private static void checkHistogram(SearchRequest request, List<EventRecord> expected, String what)
      throws SearchRefused, IOException {
    Results.Histogram histogram = search().histogram(request, 40, Corpus.ZONE);
    long[] counts = new long[histogram.counts().length];
    long[] failures = new long[counts.length];
    for (EventRecord event : expected) {
      int bucket =
          (int) ((event.timestampMillis() - histogram.startMillis()) / histogram.bucketMillis());
      counts[bucket]++;
      failures[bucket] += "failure".equals(event.text(Field.EVENT_OUTCOME)) ? 1 : 0;
    }

    assertThat(histogram.counts()).as(what).isEqualTo(counts);
    assertThat(histogram.failures()).as(what).isEqualTo(failures);
    assertThat(histogram.total()).as(what).isEqualTo(expected.size());
  }

  private static void checkTop(
      SearchRequest request, String field, List<EventRecord> expected, String what)
      throws SearchRefused, IOException {
    Map<String, Long> counts = new HashMap<>();
    for (EventRecord event : expected) {
      Object value = event.fields().get(field);
      if (value != null) {
        counts.merge(value.toString(), 1L, Long::sum);
      }
    }

    Results.TopValues top = search().top(request, field, 5);

    assertThat(top.values()).as(what).isEqualTo(ValueCounts.best(counts, 5));
    assertThat(top.distinct()).as(what).isEqualTo(counts.size());
    assertThat(top.total()).as(what).isEqualTo(expected.size());
  }
}
