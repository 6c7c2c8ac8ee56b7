package tr.emanet.search.lucene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.Normalizer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.event.EventRecord;
import tr.emanet.event.Field;
import tr.emanet.event.Position;
import tr.emanet.event.Principal;
import tr.emanet.event.Role;
import tr.emanet.index.EventIndex;
import tr.emanet.search.EventExport;
import tr.emanet.search.Masking;
import tr.emanet.search.Query;
import tr.emanet.search.QueryResult;
import tr.emanet.search.Results;
import tr.emanet.search.SearchLimits;
import tr.emanet.search.SearchRefused;
import tr.emanet.search.SearchRequest;
import tr.emanet.search.TimeRange;

/** Limits, rights, deadline, Turkish spelling and export of the index-backed search. */
final class LuceneSearchTest {

  private static final Principal ANALYST = new Principal("ayse", "Ayşe", Set.of(Role.ANALYST));
  private static final Principal AUDITOR = new Principal("ali", "Ali", Set.of(Role.AUDITOR));
  private static final Principal BACKUP =
      new Principal("yedek", "Yedek", Set.of(Role.BACKUP_OPERATOR));

  private static LuceneSearch over(EventIndex index, Corpus corpus, LongSupplier nanoClock) {
    return new LuceneSearch(
        index,
        corpus,
        new Masking(Masking.OWN_NETWORKS, new byte[16]),
        new SearchLimits(Duration.ofSeconds(10), 2, Duration.ZERO, 1024, 10_000),
        Corpus.ZONE,
        nanoClock);
  }

  private static SearchRequest all(Principal who) {
    return new SearchRequest(new Query.All(), TimeRange.ALL, who);
  }

  @Test
  void findsTurkishWordsInEverySpelling(@TempDir Path directory) throws Exception {
    Corpus corpus = new Corpus(1);
    try (EventIndex index = Corpus.open(directory)) {
      corpus.fill(index, 500);
      LuceneSearch search = over(index, corpus, System::nanoTime);
      List<Long> counts = new ArrayList<>();

      for (String spelling :
          List.of("BAŞARISIZ", "başarısız", "basarisiz", "BASARISIZ", "Başarisız")) {
        for (Normalizer.Form form : Normalizer.Form.values()) {
          String text = Normalizer.normalize(spelling, form);
          if (search.parse(text) instanceof QueryResult.Parsed parsed) {
            counts.add(search.count(new SearchRequest(parsed.query(), TimeRange.ALL, ANALYST)));
          }
        }
      }

      assertThat(counts).hasSize(20).containsOnly(counts.get(0));
      assertThat(counts.get(0)).isPositive();
    }
  }

  @Test
  void refusesWhatIsTooMuchOrForbidden(@TempDir Path directory) throws Exception {
    Corpus corpus = new Corpus(2);
    try (EventIndex index = Corpus.open(directory)) {
      corpus.fill(index, 50);
      LuceneSearch search = over(index, corpus, System::nanoTime);
      List<Query> many = new ArrayList<>();
      for (int i = 0; i < 2_000; i++) {
        many.add(new Query.FieldIs("user.name", "u" + i));
      }
      many.add(new Query.FieldIs("user.name", "root"));
      SearchRequest wide = new SearchRequest(new Query.Or(many), TimeRange.ALL, ANALYST);

      long scanned = search.scan(wide, event -> true);

      assertThat(scanned).isPositive();
      assertThatThrownBy(() -> search.count(wide))
          .isInstanceOfSatisfying(
              SearchRefused.class,
              refused ->
                  assertThat(refused.reason()).isEqualTo(SearchRefused.Reason.TOO_MANY_CLAUSES));
      assertThatThrownBy(() -> search.histogram(all(ANALYST), 10_001, Corpus.ZONE))
          .isInstanceOfSatisfying(
              SearchRefused.class,
              refused ->
                  assertThat(refused.reason()).isEqualTo(SearchRefused.Reason.TOO_MANY_BUCKETS));
      assertThatThrownBy(() -> search.page(all(BACKUP), 10, null))
          .isInstanceOfSatisfying(
              SearchRefused.class,
              refused -> assertThat(refused.reason()).isEqualTo(SearchRefused.Reason.FORBIDDEN));
      assertThat(search.find(new Position("ag", 1), BACKUP)).isEmpty();
    }
  }

  @Test
  void endsAtTheDeadlineWithWhatItHas(@TempDir Path directory) throws Exception {
    Corpus corpus = new Corpus(3);
    AtomicLong now = new AtomicLong();
    try (EventIndex index = Corpus.open(directory)) {
      corpus.fill(index, 2_000);
      // Each look at the clock is a tenth of a second later.
      LuceneSearch search = over(index, corpus, () -> now.addAndGet(100_000_000));
      SearchRequest verified =
          new SearchRequest(new Query.FieldExists("uygulama.durum"), TimeRange.ALL, ANALYST);

      Results.Page page = search.page(verified, 1_000, null);
      Results.Histogram histogram = search.histogram(verified, 10, Corpus.ZONE);

      assertThat(page.coverage().complete()).isFalse();
      assertThat(page.coverage().readFromMillis()).isGreaterThan(Corpus.START);
      assertThat(histogram.coverage().complete()).isFalse();
      assertThat(search.counted(verified).coverage().complete()).isFalse();
      assertThat(search.top(verified, "user.name", 5).coverage().complete()).isFalse();
      assertThat(search.top(verified, "uygulama.durum", 5).coverage().complete()).isFalse();
      assertThat(search.fields(verified).coverage().complete()).isFalse();
    }
  }

  @Test
  void keepsThePlaceOfLinesThatAreDestroyedMeanwhile(@TempDir Path directory) throws Exception {
    Corpus corpus = new Corpus(9);
    try (EventIndex index = Corpus.open(directory)) {
      corpus.fill(index, 200);
      LuceneSearch search = over(index, corpus, System::nanoTime);
      List<EventRecord> before = search.page(all(ANALYST), 100, null).events();
      corpus.destroy(before.get(3).position().sequence());
      corpus.destroy(before.get(7).position().sequence());

      List<EventRecord> after = search.page(all(AUDITOR), 100, null).events();
      Results.Context context =
          search.context(before.get(5).position(), 50, 50, ANALYST).orElseThrow();

      assertThat(after).isEqualTo(before);
      assertThat(after).filteredOn(EventRecord::isGone).hasSize(2);
      assertThat(after.get(3).timestampMillis()).isEqualTo(before.get(3).timestampMillis());
      assertThat(context.event().isGone()).isFalse();
      assertThat(search.find(before.get(3).position(), ANALYST)).isEmpty();
    }
  }

  @Test
  void runsTwoSearchesOfAPersonAtOnce(@TempDir Path directory) throws Exception {
    Corpus corpus = new Corpus(4);
    CountDownLatch inside = new CountDownLatch(2);
    CountDownLatch leave = new CountDownLatch(1);
    try (EventIndex index = Corpus.open(directory)) {
      corpus.fill(index, 50);
      RunningSearches running = new RunningSearches(2, Duration.ZERO);
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        threads.add(Thread.ofVirtual().start(() -> hold(running, inside, leave)));
      }
      inside.await();

      assertThatThrownBy(() -> running.enter(ANALYST))
          .isInstanceOfSatisfying(
              SearchRefused.class,
              refused -> assertThat(refused.reason()).isEqualTo(SearchRefused.Reason.BUSY));
      running.enter(AUDITOR).run();
      leave.countDown();
      for (Thread thread : threads) {
        thread.join();
      }
      running.enter(ANALYST).run();
    }
  }

  private static void hold(RunningSearches running, CountDownLatch inside, CountDownLatch leave) {
    try {
      Runnable turn = running.enter(ANALYST);
      inside.countDown();
      leave.await();
      turn.run();
    } catch (SearchRefused e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void masksEventsAndValuesForAuditors(@TempDir Path directory) throws Exception {
    Corpus corpus = new Corpus(5);
    try (EventIndex index = Corpus.open(directory)) {
      corpus.fill(index, 400);
      LuceneSearch search = over(index, corpus, System::nanoTime);

      Results.Page page = search.page(all(AUDITOR), 400, null);
      Results.TopValues top = search.top(all(AUDITOR), "user.name", 10);
      Results.TopValues clear = search.top(all(ANALYST), "user.name", 10);

      for (EventRecord event : page.events()) {
        String raw = new String(event.raw(), StandardCharsets.UTF_8);
        assertThat(raw).doesNotContain("user=ay", "user=AY", "user=mehmet", "src=10.");
        assertThat(raw).doesNotContain("aa:bb:cc:dd:ee:ff");
      }
      assertThat(top.values()).allMatch(value -> value.value().startsWith("kullanıcı-"));
      assertThat(top.values().stream().mapToLong(Results.ValueCount::count).sum())
          .isEqualTo(clear.values().stream().mapToLong(Results.ValueCount::count).sum());
    }
  }

  @Test
  void exportsEverythingAndEndsWhenInterrupted(@TempDir Path directory) throws Exception {
    Corpus corpus = new Corpus(6);
    ByteArrayOutputStream csv = new ByteArrayOutputStream();
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    boolean interruptedBefore;
    try (EventIndex index = Corpus.open(directory)) {
      corpus.fill(index, 5_000);
      LuceneSearch search = over(index, corpus, System::nanoTime);
      EventExport export = new EventExport(search, event -> "{\"p\":\"" + event.position() + "\"}");

      long rows =
          export.write(
              all(ANALYST),
              EventExport.Format.CSV,
              List.of("@timestamp", "user.name", "emanet.source.ip"),
              csv);
      long objects = export.write(all(ANALYST), EventExport.Format.NDJSON, List.of(), lines);

      assertThat(rows).isEqualTo(5_000);
      assertThat(objects).isEqualTo(5_000);
      assertThat(lines.toString(StandardCharsets.UTF_8).lines()).hasSize(5_000);
      assertThat(csv.toString(StandardCharsets.UTF_8).substring(1).lines())
          .hasSize(5_001)
          .allMatch(line -> line.startsWith("\"") && line.endsWith("\""));
      try {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> search.scan(all(ANALYST), event -> true))
            .isInstanceOf(InterruptedException.class);
      } finally {
        interruptedBefore = Thread.interrupted();
      }
      assertThat(interruptedBefore).isTrue();
    }
  }

  @Test
  void countsManyValuesLikeFewOnes(@TempDir Path directory) throws Exception {
    Corpus corpus = new Corpus(8);
    try (EventIndex index = Corpus.open(directory)) {
      corpus.fill(index, 1_500);
      for (Field field : List.of(Field.USER_NAME, Field.SOURCE_IP)) {
        List<Results.ValueCount> few = top(index, corpus, field, Long.MAX_VALUE, 0);
        List<Results.ValueCount> lookedUp = top(index, corpus, field, 0, Long.MAX_VALUE);
        List<Results.ValueCount> merged = top(index, corpus, field, 0, -1);

        assertThat(few).isNotEmpty();
        assertThat(lookedUp).isEqualTo(few);
        assertThat(merged).isEqualTo(few);
      }
    }
  }

  private static List<Results.ValueCount> top(
      EventIndex index, Corpus corpus, Field field, long mergeAll, long manyCandidates)
      throws IOException {
    Deadline deadline = new Deadline(System::nanoTime, Long.MAX_VALUE);
    ValueCounts counts =
        new ValueCounts(
            field, TimeRange.ALL, deadline, new ColumnCounts(), mergeAll, manyCandidates);
    try (Session session = new Session(() -> {}, index.view(), corpus, null, deadline)) {
      for (Leaf leaf : session.leaves(new Query.All(), TimeRange.ALL, false)) {
        counts.add(leaf);
      }
      return counts.top(1_000);
    }
  }

  @Test
  void survivesAPatternMadeToBlowUp(@TempDir Path directory) throws IOException, SearchRefused {
    Corpus corpus = new Corpus(7);
    try (EventIndex index = Corpus.open(directory)) {
      corpus.fill(index, 300);
      LuceneSearch search = over(index, corpus, System::nanoTime);
      Query hostile = new Query.TextWildcard("*a" + "?*".repeat(40) + "z");

      long count = search.count(new SearchRequest(hostile, TimeRange.ALL, ANALYST));

      assertThat(count).isZero();
    }
  }
}
