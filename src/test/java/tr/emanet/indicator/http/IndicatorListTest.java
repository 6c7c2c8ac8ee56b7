package tr.emanet.indicator.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.audit.AuditLog;
import tr.emanet.indicator.Codes;
import tr.emanet.indicator.FeedEntry;
import tr.emanet.indicator.FeedException;
import tr.emanet.indicator.FeedFailure;
import tr.emanet.indicator.Indicator;
import tr.emanet.indicator.IndicatorListStore;
import tr.emanet.indicator.IndicatorQuery;
import tr.emanet.indicator.NeverBlock;
import tr.emanet.indicator.Revision;
import tr.emanet.indicator.RevisionDiffStore;
import tr.emanet.indicator.RevisionListener;
import tr.emanet.indicator.RevisionRules;
import tr.emanet.indicator.Revisions;
import tr.emanet.store.Database;

class IndicatorListTest {

  private static final Codes ANY = new Codes("", "", "", "", 0);

  @TempDir Path directory = Path.of("");

  @SuppressWarnings("NullAway.Init") // opened before each test
  private Database database;

  @SuppressWarnings("NullAway.Init") // opened before each test
  private Revisions revisions;

  @SuppressWarnings("NullAway.Init") // opened before each test
  private IndicatorListStore list;

  private Instant now = Instant.parse("2026-11-22T09:00:00Z");

  @BeforeEach
  void open() throws Exception {
    database = Database.open(directory, List.of("audit", "indicator"));
    revisions =
        new Revisions(
            database,
            new AuditLog(database, () -> now),
            RevisionRules.DEFAULT,
            new NeverBlock(List.of("ornek.bel.tr")),
            () -> now,
            new Nobody());
    list = new IndicatorListStore(database);
    apply(
        entry("1", "bir.example", "PH"),
        entry("2", "iki.example", "BC"),
        entry("3", "posta.ornek.bel.tr", "PH"),
        entry("4", "http://x y/", "PH"),
        entry("5", "uc.example", "PH"));
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static FeedEntry entry(String id, String raw, String code) {
    return new FeedEntry(id, raw, null, new Codes("domain", "PH", "SO", code, 4), null, null);
  }

  private Revision apply(FeedEntry... rows) throws FeedException {
    now = now.plusSeconds(60);
    Revisions.Draft draft = revisions.begin("usom", Revision.Kind.FULL, "test", AuditLog.NOBODY);
    revisions.stage(draft, List.of(rows), "");
    return revisions.finish(draft, true, "");
  }

  private List<String> found(String state, String text, Codes codes, @Nullable List<Long> only) {
    return list
        .page(
            new IndicatorQuery(
                text,
                ListScreen.exact(text),
                codes,
                "",
                "",
                state,
                only,
                IndicatorQuery.Sort.VALUE,
                0,
                50))
        .stream()
        .map(Indicator::raw)
        .toList();
  }

  @Test
  void tellsStatesApartAndCountsThem() throws Exception {
    apply(
        entry("1", "bir.example", "PH"),
        entry("3", "posta.ornek.bel.tr", "PH"),
        entry("4", "http://x y/", "PH"),
        entry("5", "uc.example", "PH"));

    assertThat(found("listed", "", ANY, null)).containsExactly("bir.example", "uc.example");
    assertThat(found("removed", "", ANY, null)).containsExactly("iki.example");
    assertThat(found("refused", "", ANY, null)).containsExactly("http://x y/");
    assertThat(found("spared", "", ANY, null)).containsExactly("posta.ornek.bel.tr");
    assertThat(list.totals()).isEqualTo(new IndicatorListStore.Totals(2, 1, 1, 1));
  }

  @Test
  void findsByCodeByTextAndByWhatHitsCallIt() {
    assertThat(found("all", "", new Codes("", "", "", "BC", 0), null))
        .containsExactly("iki.example");
    assertThat(found("all", "iki.ex", ANY, null)).containsExactly("iki.example");
    assertThat(found("all", "UC[.]example", ANY, null)).containsExactly("uc.example");
    Map<Long, String> named = list.named(List.of("usom:domain:bir.example", "usom:domain:yok"));
    assertThat(named.values()).containsExactly("usom:domain:bir.example");
    assertThat(found("all", "", ANY, List.copyOf(named.keySet()))).containsExactly("bir.example");
    assertThat(found("all", "", ANY, List.of())).isEmpty();
  }

  @Test
  void pagesWithoutOverlapInEveryOrder() {
    for (IndicatorQuery.Sort sort : IndicatorQuery.Sort.values()) {
      List<Long> seen = new ArrayList<>();
      long after = 0;
      do {
        List<Indicator> page =
            list.page(
                new IndicatorQuery("", Optional.empty(), ANY, "", "", "all", null, sort, after, 2));
        page.forEach(i -> seen.add(i.id()));
        after = page.isEmpty() ? 0 : page.getLast().id();
      } while (after != 0);
      assertThat(seen).as(sort.name()).hasSize(5).doesNotHaveDuplicates();
    }
  }

  @Test
  void saysWhatARevisionChangedAndWhatARollBackWould() throws Exception {
    Revision second =
        apply(
            entry("1", "bir.example", "PH"),
            entry("3", "posta.ornek.bel.tr", "PH"),
            entry("4", "http://x y/", "PH"),
            entry("5", "uc.example", "AC"),
            entry("6", "dort.example", "PH"));
    RevisionDiffStore diffs = new RevisionDiffStore(database);

    assertThat(diffs.samples(second).added()).containsExactly("dort.example");
    assertThat(diffs.samples(second).removed()).containsExactly("iki.example");
    assertThat(diffs.rollBack(revisions.find(1).orElseThrow()))
        .isEqualTo(new RevisionDiffStore.Change(1, 1, 1));
    assertThat(list.spans(5)).hasSize(2).first().matches(s -> s.until() == null);
  }

  @Test
  void takesAnyAddressForAState() {
    ListState odd =
        ListState.of(
            Map.of("tab", List.of("<b>"), "after", List.of("-1"), "q", List.of("x".repeat(900))));

    assertThat(odd.tab()).isEqualTo("listed");
    assertThat(odd.after()).isZero();
    assertThat(odd.text()).hasSize(300);
    assertThat(ListState.of(Map.of()).url()).isEqualTo("/indicators");
  }

  @Test
  void copiesValuesSoThatNothingMakesThemALink() {
    List<String> shown =
        list
            .page(
                new IndicatorQuery(
                    "",
                    Optional.empty(),
                    ANY,
                    "",
                    "",
                    "all",
                    null,
                    IndicatorQuery.Sort.OLDEST,
                    0,
                    9))
            .stream()
            .map(Shown::defanged)
            .toList();

    assertThat(shown).contains("bir[.]example", "http[://]x y/");
  }

  /** Nobody listens. */
  private static final class Nobody implements RevisionListener {
    @Override
    public void applied(Revision revision) {
      // Nothing matches here.
    }

    @Override
    public void failed(String feed, FeedFailure failure, String detail) {
      // The store remembers it.
    }
  }
}
