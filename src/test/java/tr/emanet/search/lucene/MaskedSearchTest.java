package tr.emanet.search.lucene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.event.EventRecord;
import tr.emanet.event.Principal;
import tr.emanet.event.Role;
import tr.emanet.index.EventIndex;
import tr.emanet.search.Masking;
import tr.emanet.search.Query;
import tr.emanet.search.QueryMatcher;
import tr.emanet.search.QueryPrinter;
import tr.emanet.search.QueryProblem;
import tr.emanet.search.QueryResult;
import tr.emanet.search.Results;
import tr.emanet.search.SearchLimits;
import tr.emanet.search.SearchRefused;
import tr.emanet.search.SearchRequest;
import tr.emanet.search.TimeRange;

/** Who sees masked events learns from searching only what the screen shows. */
final class MaskedSearchTest {

  private static final int EVENTS = 600;
  private static final int QUERIES = 90;
  private static final Principal AUDITOR = new Principal("ali", "Ali", Set.of(Role.AUDITOR));
  private static final Principal ANALYST = new Principal("ayse", "Ayşe", Set.of(Role.ANALYST));
  private static final Masking MASKING = new Masking(Masking.OWN_NETWORKS, new byte[16]);

  private static final Corpus CORPUS = new Corpus(77);
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
            MASKING,
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

  private static SearchRequest asked(Query query) {
    return new SearchRequest(query, TimeRange.ALL, AUDITOR);
  }

  /** The meaning: a query is asked of what is shown. */
  private static Set<Long> shown(Query query) {
    QueryMatcher matcher = QueryMatcher.of(query);
    Set<Long> out = new java.util.TreeSet<>();
    for (EventRecord event : CORPUS.records()) {
      if (matcher.matches(MASKING.masked(event))) {
        out.add(event.position().sequence());
      }
    }
    return out;
  }

  private static Set<Long> found(Query query)
      throws SearchRefused, IOException, InterruptedException {
    Set<Long> out = new java.util.TreeSet<>();
    long handed = search().scan(asked(query), event -> out.add(event.position().sequence()));
    assertThat(handed).isEqualTo(out.size());
    return out;
  }

  @Test
  void findsExactlyWhatMatchesTheMaskedEvent() throws Exception {
    RandomQueries queries = new RandomQueries(new Random(11));
    int answered = 0;

    for (int i = 0; i < QUERIES; i++) {
      Query query = queries.next(2);
      String what = QueryPrinter.print(query);
      if (MASKING.asksForHidden(query)) {
        assertThatThrownBy(() -> search().counted(asked(query)))
            .as(what)
            .isInstanceOfSatisfying(
                SearchRefused.class,
                refused -> assertThat(refused.reason()).isEqualTo(SearchRefused.Reason.MASKED));
        continue;
      }
      answered++;
      Set<Long> expected = shown(query);

      assertThat(found(query)).as(what).isEqualTo(expected);
      assertThat(search().counted(asked(query)).count()).as(what).isEqualTo(expected.size());
      assertThat(search().histogram(asked(query), 20, Corpus.ZONE).total())
          .as(what)
          .isEqualTo(expected.size());
    }

    assertThat(answered).isGreaterThan(QUERIES / 4);
  }

  @Test
  void findsPseudonymsWhereTheyAreShown() throws Exception {
    String ayse = MASKING.shown("user.name", "ayşe", List.of());
    String address = MASKING.shown("source.ip", "10.1.2.3", List.of());
    List<Query> queries = new ArrayList<>();
    queries.add(new Query.FieldIs("user.name", ayse));
    queries.add(new Query.FieldIs("source.ip", address));
    queries.add(new Query.Text(ayse));
    queries.add(new Query.Phrase("user=" + ayse));
    queries.add(new Query.FieldWildcard("user.name", ayse.substring(0, 12) + "*"));
    queries.add(new Query.FieldWildcard("source.ip", "adres-*"));
    queries.add(new Query.TextWildcard("adres-*"));
    queries.add(new Query.FieldIs("message", ayse));
    queries.add(new Query.Text("kullanıcı"));
    queries.add(new Query.FieldWildcard("host.name", "*"));

    for (Query query : queries) {
      Set<Long> expected = shown(query);

      assertThat(found(query)).as(QueryPrinter.print(query)).isEqualTo(expected);
    }
    assertThat(found(queries.get(0))).isNotEmpty().isEqualTo(found(queries.get(2)));
    assertThat(found(queries.get(5))).isNotEmpty();
  }

  @Test
  void doesNotTellWhetherAClearValueExists() throws Exception {
    // None of these is refused, so each must find nothing whether the value exists or not.
    for (Query query :
        List.<Query>of(
            new Query.TextWildcard("özg?r"),
            new Query.TextWildcard("10.1.2?7*"),
            new Query.FieldWildcard("message", "*user=me*"),
            new Query.Text("user=mehmet"))) {
      assertThat(search().counted(new SearchRequest(query, TimeRange.ALL, ANALYST)).count())
          .as(QueryPrinter.print(query))
          .isPositive();
      assertThat(found(query)).as(QueryPrinter.print(query)).isEqualTo(shown(query));
    }
    assertThat(found(new Query.Phrase("user=mehmet"))).isEmpty();
  }

  @Test
  void narrowsNoOwnAddressByNetworks() throws Exception {
    byte[] low = new byte[16];
    byte[] high = new byte[16];
    java.util.Arrays.fill(high, (byte) 0xff);
    byte[][] half = tr.emanet.search.Networks.parse("10.0.0.0/7");

    Set<Long> wide = found(new Query.FieldNet("source.ip", low, high));
    Set<Long> around = found(new Query.FieldNet("source.ip", half[0], half[1]));

    assertThat(wide).isNotEmpty().isEqualTo(shown(new Query.FieldNet("source.ip", low, high)));
    assertThat(around).isEmpty();
  }

  @Test
  void refusesClearValuesWithPositionAndRemedy() {
    assertThat(problem("event.action:logon AND user.name:ayse"))
        .isEqualTo(
            new QueryProblem(
                33,
                37,
                "query.masked.value",
                List.of("user.name"),
                "event.action:logon AND user.name:*"));
    assertThat(problem("source.ip:10.20.0.0/16").remedy()).isEqualTo("source.ip:*");
    assertThat(problem("source.ip:[10.0.0.1 TO 10.0.0.9]").from()).isEqualTo(10);
    assertThat(problem("user.name:(root OR ali)").from()).isEqualTo(11);
    assertThat(problem("failed 10.20.7.114").key()).isEqualTo("query.masked.text");
    assertThat(problem("fortinet.srcuser:mehmet").key()).isEqualTo("query.masked.value");
    assertThat(problem("user.name:ay*").to()).isEqualTo(13);
    assertThat(search().parse("user.name:ayse", ANALYST)).isInstanceOf(QueryResult.Parsed.class);
    assertThat(search().parse("user.name:KULLANICI-12ab34 source.ip:adres-00ff11", AUDITOR))
        .isInstanceOf(QueryResult.Parsed.class);
    assertThat(search().parse("203.0.113.7 user.name:* login", AUDITOR))
        .isInstanceOf(QueryResult.Parsed.class);
  }

  private static QueryProblem problem(String text) {
    if (search().parse(text, AUDITOR) instanceof QueryResult.Refused refused) {
      return refused.problem();
    }
    throw new AssertionError(text + " was not refused");
  }

  @Test
  void countsValuesAsTheyAreShown() throws Exception {
    for (String field : List.of("user.name", "source.ip", "host.name", "uygulama.durum")) {
      Results.TopValues top = search().top(asked(new Query.All()), field, 100);

      Set<String> visible = new java.util.TreeSet<>();
      for (EventRecord event : CORPUS.records()) {
        Object value = MASKING.masked(event).fields().get(field);
        if (value != null) {
          visible.add(value.toString());
        }
      }
      assertThat(top.values()).as(field).isNotEmpty();
      assertThat(visible)
          .as(field)
          .containsAll(top.values().stream().map(Results.ValueCount::value).toList());
    }
  }
}
