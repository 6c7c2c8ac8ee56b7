package tr.emanet.indicator.usom;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tr.emanet.demo.usom.UsomFault;
import tr.emanet.demo.usom.UsomSimulator;
import tr.emanet.indicator.FeedFailure;
import tr.emanet.indicator.Indicator;
import tr.emanet.indicator.Revision;

class UsomSyncTest {

  /** Most rows of an answer; what goes wrong goes wrong between two answers. */
  private static final int PAGE = 9_999;

  private static final int TWO_PAGES = 10_500;

  @TempDir Path state = Path.of("");

  @SuppressWarnings("NullAway.Init") // opened before each test
  private FeedBench bench;

  @BeforeEach
  void open() throws Exception {
    bench = new FeedBench(state);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private static Revision fetched(UsomSync.Outcome outcome) {
    assertThat(outcome).isInstanceOf(UsomSync.Outcome.Fetched.class);
    return ((UsomSync.Outcome.Fetched) outcome).revision();
  }

  @Test
  void doesNothingWhileItIsOff() throws Exception {
    assertThat(bench.sync("").tick()).isEqualTo(new UsomSync.Outcome.Nothing());
    assertThat(bench.sync("").run(true)).isEqualTo(new UsomSync.Outcome.Nothing());
  }

  @Test
  void countsEachRowOnceAndADeltaAddsExactlyTheNewOnes() throws Exception {
    try (UsomSimulator simulator = bench.simulator(TWO_PAGES)) {
      UsomSync sync = bench.sync(simulator.url());

      Revision full = fetched(sync.tick());
      Set<String> before = bench.inForce();
      bench.pass(Duration.ofMinutes(61));
      simulator.publish("Yeni.Kotu.example.", "domain", "BC", "SB");
      simulator.publish("kotu.example/Yol?x=1", "url", "MF", "IH");
      Revision delta = fetched(sync.tick());

      assertThat(full.state()).isEqualTo(Revision.State.APPLIED);
      assertThat(full.counts()).isEqualTo(new Revision.Counts(TWO_PAGES, TWO_PAGES, 0, 0));
      assertThat(full.digest()).hasSize(64);
      assertThat(delta.kind()).isEqualTo(Revision.Kind.DELTA);
      assertThat(delta.counts().added()).isEqualTo(2);
      assertThat(delta.counts().removed()).isZero();
      assertThat(bench.listed()).isEqualTo(TWO_PAGES + 2);
      Set<String> fresh = new TreeSet<>(bench.inForce());
      fresh.removeAll(before);
      assertThat(fresh).containsExactly("kotu.example/Yol?x=1", "yeni.kotu.example");
      Set<String> hunted = new TreeSet<>();
      bench.store.newIn(delta.number(), i -> hunted.add(i.raw()));
      assertThat(hunted).containsExactly("Yeni.Kotu.example.", "kotu.example/Yol?x=1");
      assertThat(sync.tick()).isEqualTo(new UsomSync.Outcome.Nothing());
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = UsomFault.class,
      names = {"HTML"},
      mode = EnumSource.Mode.EXCLUDE)
  void comesThroughEveryFault(UsomFault fault) throws Exception {
    try (UsomSimulator simulator = bench.simulator(TWO_PAGES)) {
      simulator.misbehave(fault);
      UsomSync sync = bench.sync(simulator.url());

      Revision full = fetched(sync.run(true));
      simulator.misbehave();
      bench.pass(Duration.ofHours(25));
      Revision again = fetched(sync.run(true));

      assertThat(full.state()).isEqualTo(Revision.State.APPLIED);
      assertThat(full.counts().received()).isGreaterThanOrEqualTo(TWO_PAGES - 100);
      assertThat(again.state()).isEqualTo(Revision.State.APPLIED);
      assertThat(bench.listed()).isEqualTo(simulator.size());
      assertThat(bench.alarms).isEmpty();
      assertThat(simulator.requests()).isLessThan(60);
    }
  }

  @Test
  void missesNoRowWhenOthersVanishDuringTheCrawl() throws Exception {
    try (UsomSimulator simulator = bench.simulator(3 * PAGE + 500, UsomFault.REMOVALS)) {
      UsomSync sync = bench.sync(simulator.url());

      fetched(sync.run(true));
      simulator.misbehave();
      bench.pass(Duration.ofHours(25));
      Revision again = fetched(sync.run(true));

      // What vanished after it was read goes; nothing that was there all the time was missed.
      assertThat(again.counts().added()).isZero();
      assertThat(again.counts().removed()).isPositive();
    }
  }

  @Test
  void keepsTheGoodSetAndRaisesTheAlarmWhenAWebPageAnswers() throws Exception {
    try (UsomSimulator simulator = bench.simulator(1000)) {
      UsomSync sync = bench.sync(simulator.url());
      fetched(sync.run(true));
      Set<String> good = bench.inForce();

      simulator.misbehave(UsomFault.HTML);
      UsomSync.Outcome outcome = sync.run(true);

      assertThat(outcome).isInstanceOf(UsomSync.Outcome.Failed.class);
      assertThat(((UsomSync.Outcome.Failed) outcome).failure()).isEqualTo(FeedFailure.HTML);
      assertThat(bench.inForce()).isEqualTo(good);
      assertThat(bench.alarms).singleElement().asString().startsWith("html ");
      assertThat(bench.revisions.state(UsomSync.FEED).failure()).isEqualTo(FeedFailure.HTML);
      simulator.misbehave();
      fetched(sync.run(true));
      assertThat(bench.revisions.state(UsomSync.FEED).failure()).isNull();
    }
  }

  @Test
  void removesWhatTheDailyListDoesNotHoldAnyMore() throws Exception {
    try (UsomSimulator simulator = bench.simulator(1000)) {
      UsomSync sync = bench.sync(simulator.url());
      fetched(sync.run(true));
      Instant listed = bench.now();
      bench.pass(Duration.ofHours(1));
      List<String> gone = simulator.remove(200, 100);
      Revision delta = fetched(sync.tick());
      bench.pass(Duration.ofHours(24));

      Revision full = fetched(sync.tick());

      assertThat(delta.counts().removed()).isZero();
      assertThat(full.kind()).isEqualTo(Revision.Kind.FULL);
      assertThat(full.counts()).isEqualTo(new Revision.Counts(900, 0, 100, 0));
      assertThat(bench.listed()).isEqualTo(900);
      Indicator old = bench.only(gone.getFirst());
      assertThat(old.activeUntil()).isEqualTo(bench.now());
      assertThat(old.inForce(bench.now())).isFalse();
      assertThat(bench.store.activeAt(old.id(), listed.plusSeconds(60))).isTrue();
      assertThat(bench.store.activeAt(old.id(), bench.now().plusSeconds(1))).isFalse();
      assertThat(bench.store.activeAt(old.id(), listed.minusSeconds(1))).isFalse();
    }
  }

  @Test
  void waitsForApprovalWhenTooMuchChanges() throws Exception {
    try (UsomSimulator simulator = bench.simulator(1000)) {
      UsomSync sync = bench.sync(simulator.url());
      fetched(sync.run(true));
      simulator.remove(0, 300);
      bench.pass(Duration.ofHours(25));

      Revision waiting = fetched(sync.run(true));

      assertThat(waiting.state()).isEqualTo(Revision.State.WAITING);
      assertThat(waiting.reason()).isEqualTo("change-too-large: 300 changes to a list of 1000");
      assertThat(bench.listed()).isEqualTo(1000);
      assertThat(bench.alarms).containsExactly("change-too-large 300 changes to a list of 1000");

      assertThat(bench.revisions.approve(FeedBench.ADMINISTRATOR, waiting.number())).isTrue();
      assertThat(bench.listed()).isEqualTo(700);
      assertThat(bench.revisions.approve(FeedBench.ADMINISTRATOR, waiting.number())).isFalse();
      assertThat(
              bench.audit.page(
                  new tr.emanet.audit.AuditFilter(null, "indicator.approve", null, null),
                  Long.MAX_VALUE,
                  5))
          .hasSize(1);
    }
  }

  @Test
  void rollsBackWithOneClickAndThenWaits() throws Exception {
    try (UsomSimulator simulator = bench.simulator(1000)) {
      UsomSync sync = bench.sync(simulator.url());
      Revision first = fetched(sync.run(true));
      Set<String> good = bench.inForce();
      bench.pass(Duration.ofHours(2));
      simulator.publish("yanlis.example", "domain", "BC", "SB");
      simulator.remove(5, 20);
      bench.pass(Duration.ofHours(25));
      fetched(sync.run(true));
      assertThat(bench.inForce()).isNotEqualTo(good);

      Revision back =
          bench
              .revisions
              .rollBack(FeedBench.ADMINISTRATOR, UsomSync.FEED, first.number())
              .orElseThrow();

      assertThat(bench.inForce()).isEqualTo(good);
      assertThat(back.counts().added()).isEqualTo(20);
      assertThat(back.counts().removed()).isEqualTo(1);
      assertThat(back.digest()).isEqualTo(first.digest());
      bench.pass(Duration.ofHours(25));
      Revision next = fetched(sync.run(true));
      assertThat(next.state()).isEqualTo(Revision.State.WAITING);
      assertThat(next.reason()).startsWith("held");
      assertThat(bench.inForce()).isEqualTo(good);
      bench.revisions.approve(FeedBench.ADMINISTRATOR, next.number());
      assertThat(bench.revisions.state(UsomSync.FEED).held()).isFalse();
      assertThat(bench.inForce()).contains("yanlis.example");
    }
  }

  @ParameterizedTest
  @org.junit.jupiter.params.provider.CsvSource({
    "0.0.0.0/0, ip6net",
    "gov.tr, domain",
    "ornek.bel.tr, domain",
    "bel.tr, domain"
  })
  void keepsTheOldSetWhenAListIsPoisoned(String value, String type) throws Exception {
    try (UsomSimulator simulator = bench.simulator(1000)) {
      UsomSync sync = bench.sync(simulator.url());
      fetched(sync.run(true));
      Set<String> good = bench.inForce();
      simulator.publish("baska.kotu.example", "domain", "BC", "SB");
      simulator.publish(value, type, "BC", "SB");

      Revision poisoned = fetched(sync.run(false));

      assertThat(poisoned.state()).isEqualTo(Revision.State.WAITING);
      assertThat(bench.inForce()).isEqualTo(good);
      assertThat(bench.alarms)
          .singleElement()
          .asString()
          .startsWith("poisoned ")
          .contains("'" + value + "'");
      bench.revisions.approve(FeedBench.ADMINISTRATOR, poisoned.number());
      assertThat(bench.inForce()).contains("baska.kotu.example").doesNotContain(value);
      assertThat(fetched(sync.run(false)).state()).isEqualTo(Revision.State.APPLIED);
    }
  }

  @Test
  void leavesOutWhatIsNeverBlockedAndSaysWhy() throws Exception {
    try (UsomSimulator simulator = bench.simulator(1000)) {
      simulator.publish("www.ornek.bel.tr/ele/gecirildi.php", "url", "PH", "SB");
      simulator.publish("google.com", "domain", "PH", "SB");
      simulator.publish("10.1.2.3", "ip", "PH", "SB");
      simulator.publish("192.0.2.9", "ip", "PH", "SB");
      simulator.publish("bit.ly/x", "url", "PH", "SB");

      Revision full = fetched(bench.sync(simulator.url()).run(true));

      assertThat(full.spared()).isEqualTo(4);
      assertThat(bench.inForce())
          .contains("bit.ly/x")
          .doesNotContain("google.com", "10.1.2.3", "192.0.2.9");
      assertThat(bench.only("gecirildi").guard()).isEqualTo("own");
      assertThat(bench.only("google.com").guard()).isEqualTo("service");
      assertThat(bench.only("10.1.2.3").guard()).isEqualTo("reserved");
    }
  }

  @Test
  void keepsRefusedValuesSearchableWithTheirReason() throws Exception {
    try (UsomSimulator simulator = bench.simulator(1000)) {

      Revision full = fetched(bench.sync(simulator.url()).run(true));

      assertThat(full.refused()).isPositive();
      Indicator refused = bench.only("kesik");
      assertThat(refused.value()).isEmpty();
      assertThat(refused.refusal()).isEqualTo("single-label");
      assertThat(bench.inForce()).doesNotContain("kesik").contains("bag.example/");
    }
  }

  @Test
  void goesOnAfterAnInterruptedCrawl() throws Exception {
    try (UsomSimulator simulator = bench.simulator(2 * PAGE + 500)) {
      UsomSync sync = bench.sync(simulator.url());
      bench.bounds =
          new tr.emanet.indicator.feed.Bounds(
              64L << 20, Duration.ofSeconds(60), 512L << 20, Duration.ofDays(-1));
      UsomSync.Outcome late = sync.run(true);
      bench.bounds = tr.emanet.indicator.feed.Bounds.DEFAULT;

      Revision full = fetched(sync.run(true));

      assertThat(((UsomSync.Outcome.Failed) late).failure()).isEqualTo(FeedFailure.CRAWL_TOO_LONG);
      assertThat(full.number()).isEqualTo(1);
      assertThat(full.counts().received()).isEqualTo(2 * PAGE + 500);
    }
  }

  @Test
  void waitsAsTheServerAsksAndElseLongerEachTime() throws Exception {
    try (UsomSimulator simulator = bench.simulator(2 * PAGE + 500, UsomFault.THROTTLE)) {

      fetched(bench.sync(simulator.url()).run(true));

      assertThat(bench.pauses).contains(Duration.ofSeconds(1));
      assertThat(bench.pauses)
          .anySatisfy(p -> assertThat(p).isGreaterThan(Duration.ofSeconds(1)))
          .allSatisfy(p -> assertThat(p).isLessThan(Duration.ofSeconds(121)));
    }
  }

  @Test
  void fetchesCodeTablesAndNotices() throws Exception {
    try (UsomSimulator simulator = bench.simulator(1000)) {
      UsomSync sync = bench.sync(simulator.url());

      UsomSync.Outcome outcome = sync.run(true);
      bench.pass(Duration.ofHours(1));
      String slug =
          simulator.notice("FortiOS (CVE-2026-99991)", "<p>&Ouml;nemli: cve-2026-12345</p>");
      UsomSync.Outcome next = sync.tick();

      assertThat(((UsomSync.Outcome.Fetched) outcome).notices()).isEqualTo(80);
      assertThat(((UsomSync.Outcome.Fetched) next).notices()).isEqualTo(1);
      assertThat(bench.words.codes()).hasSize(20);
      Notice newest = bench.words.notices("incident", 1).getFirst();
      assertThat(newest.slug()).isEqualTo(slug);
      assertThat(newest.cves()).containsExactly("CVE-2026-12345", "CVE-2026-99991");
      assertThat(newest.text()).isEqualTo("Önemli: cve-2026-12345");
    }
  }
}
