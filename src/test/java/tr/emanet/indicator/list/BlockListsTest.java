package tr.emanet.indicator.list;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tr.emanet.alert.Severity;
import tr.emanet.indicator.FeedEntry;
import tr.emanet.indicator.Revision;
import tr.emanet.indicator.value.CanonicalValue;
import tr.emanet.indicator.value.IndicatorKind;

/** What a list takes, when it changes, and what it never takes. */
class BlockListsTest {

  @TempDir Path state = Path.of("");

  @SuppressWarnings("NullAway.Init") // opened before each test
  private ListFixture it;

  @BeforeEach
  void open() throws Exception {
    it =
        new ListFixture(
            state,
            ListFixture.list("ip", ListKind.ADDRESS),
            ListFixture.list("ad", ListKind.DOMAIN),
            ListFixture.list("url", ListKind.URL),
            new BlockList("kisa", ListKind.DOMAIN, Set.of(), 2, Severity.LOW, 0, false),
            new BlockList("agir", ListKind.DOMAIN, Set.of("usom"), 100, Severity.HIGH, 0, false),
            new BlockList("ihbar", ListKind.DOMAIN, Set.of(), 100, Severity.LOW, 50, true));
  }

  @AfterEach
  void close() {
    it.close();
  }

  private Published list(String name) {
    return it.lists.all().stream()
        .filter(l -> l.list().name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void splitsWhatIsInForceByKind() throws Exception {
    it.values("kotu.example", "203.0.113.9", "2001:db8:5::/48", "http://kotu.example/a");

    it.lists.make();

    assertThat(it.plain("ip")).containsExactly("2001:db8:5::/48", "203.0.113.9");
    assertThat(it.plain("ad")).containsExactly("kotu.example");
    assertThat(it.plain("url")).containsExactly("kotu.example/a");
  }

  @Test
  void keepsTheWorstAndThenTheNewestAndShowsTheCut() throws Exception {
    it.take(
        "usom",
        it.row("yeni-oltalama.example", "PH", "US", 1),
        it.row("eski-oltalama.example", "PH", "US", 9),
        it.row("eski-apt.example", "AC", "US", 999),
        it.row("madenci.example", "MM", "US", 0));

    it.lists.make();

    assertThat(it.plain("kisa")).containsExactly("eski-apt.example", "yeni-oltalama.example");
    assertThat(list("kisa").cut()).isEqualTo(2);
    assertThat(list("ad").cut()).isZero();
    assertThat(it.plain("agir")).containsExactly("eski-apt.example");
    assertThat(list("agir").weak()).isEqualTo(3);
  }

  @Test
  void takesUnconfirmedReportsOnlyWhenSwitchedOn() throws Exception {
    it.take("usom", it.row("ihbar.example", "PH", "IH", 1), it.row("kesin.example", "PH", "US", 1));

    it.lists.make();

    assertThat(it.plain("ad")).containsExactly("kesin.example");
    assertThat(it.plain("ihbar")).containsExactly("ihbar.example", "kesin.example");
  }

  @Test
  void leavesOutWhatTheNeverBlockListHolds() throws Exception {
    it.values("www.ornek.bel.tr", "198.51.100.3", "10.0.0.1", "google.com", "kotu.example");

    it.lists.make();

    assertThat(it.plain("ad")).containsExactly("kotu.example");
    assertThat(it.plain("ip")).isEmpty();
  }

  @Test
  void staysTheSameByteForByteUntilTheContentChanges() throws Exception {
    it.values("bir.example", "iki.example");
    it.lists.make();
    String first = it.open("ad.rpz").etag();
    String text = it.text("ad.rpz");
    Instant changed = list("ad").changedAt();

    it.pass(Duration.ofHours(3));
    it.values("iki.example", "bir.example");
    it.lists.make();
    BlockLists.Written same = it.open("ad.rpz");
    String sameText = it.text("ad.rpz");
    it.values("bir.example", "iki.example", "uc.example");
    it.lists.make();

    assertThat(same.etag()).isEqualTo(first);
    assertThat(sameText).isEqualTo(text);
    assertThat(same.changedAt()).isEqualTo(changed);
    assertThat(it.open("ad.rpz").etag()).isNotEqualTo(first);
    assertThat(list("ad").version()).isEqualTo(2);
  }

  @Test
  void followsARollBackWithARisingSerialAndTheOldTag() throws Exception {
    Revision before = it.values("bir.example");
    it.lists.make();
    String tag = it.open("ad.txt").etag();
    long serial = serial();
    it.values("bir.example", "iki.example");
    it.lists.make();
    long middle = serial();
    assertThat(it.plain("ad")).containsExactly("bir.example", "iki.example");

    it.pass(Duration.ofSeconds(1));
    it.revisions.rollBack(ListFixture.ADMINISTRATOR, "usom", before.number());
    it.lists.make();

    assertThat(it.plain("ad")).containsExactly("bir.example");
    assertThat(it.open("ad.txt").etag()).isEqualTo(tag);
    assertThat(middle).isGreaterThan(serial);
    assertThat(serial()).isGreaterThan(middle);
  }

  @Test
  void neverLetsTheSerialFallWhenTheClockGoesBack() throws Exception {
    it.values("bir.example");
    it.lists.make();
    long serial = serial();
    it.pass(Duration.ofDays(-400));
    it.store.counts();
    it.poison("bir.example", "iki.example");

    it.lists.make();

    assertThat(it.plain("ad")).containsExactly("iki.example");
    assertThat(serial()).isGreaterThan(serial);
  }

  private long serial() throws Exception {
    String text = it.text("ad.rpz");
    return Long.parseLong(text.replaceAll("(?s).*\\((\\d+) .*", "$1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.example\n/system reset-configuration",
        "a.example\r",
        "a.example\"",
        "a.example;b",
        "a.example|b",
        "a.example\tIntel::ADDR",
        "$(reboot).example",
        "a\\.example",
        "[find].example",
        "a.example\u2028b",
        "a.example\0",
        "a .example",
        "#a.example",
        "A.example",
        "*.example"
      })
  void leavesOutAPoisonedRowOfTheStoreAndCountsIt(String poison) throws Exception {
    it.values("kotu.example", "iyi-degil.example");
    it.poison("kotu.example", poison);

    it.lists.make();

    assertThat(it.plain("ad")).containsExactly("iyi-degil.example");
    assertThat(list("ad").poisoned()).isEqualTo(1);
    for (ListFormat format : ListFormat.of(ListKind.DOMAIN)) {
      assertThat(it.text("ad." + format.suffix())).doesNotContain("reset", "find].", "reboot");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\n", "\r\n", "\"", ";", "|", "\t", "$(id)", "\\", "[", "\u2028", "\0", " ", "#", "'"
      })
  void keepsPoisonOutThatAFeedBrings(String poison) throws Exception {
    it.values(
        "temiz.example",
        "a.example" + poison + "/system reset-configuration",
        poison + "b.example",
        "http://c.example/x" + poison + "reboot",
        "203.0.113.7" + poison + "1",
        "203.0.113.0/24" + poison);

    it.lists.make();

    for (Published list : it.lists.all()) {
      for (ListFormat format : list.formats()) {
        String text = it.text(list.list().name() + "." + format.suffix());
        String values =
            text.replaceAll(
                "(?m)^(/ip|\\$TTL|@ IN|#|:global emanet(List|Other) [a-z]+-[ab]$"
                    + "|:if \\(\\[:len \\[/ip(v6)? firewall address-list find list=\\$emanet).*$"
                    + "|list=\\$emanetList| on-error=\\{ set \\[find name=[a-z0-9.-]+"
                    + " comment=emanet-[a-z]+-old]|[:{}]| on-error=",
                "");
        assertThat(values)
            .as("%s %s", list.list().name(), format)
            .matches("[A-Za-z0-9._~/:@,+=&?%*\\t -]*(\\n[A-Za-z0-9._~/:@,+=&?%*\\t -]*)*")
            .doesNotContain("reset-configuration reboot");
      }
    }
    assertThat(it.plain("ad")).contains("temiz.example");
  }

  @Test
  void offersOnlyTheFormsOfItsKind() throws Exception {
    assertThat(it.lists.find("ad.txt")).isInstanceOf(BlockLists.Found.NotYet.class);
    it.values("kotu.example");
    it.lists.make();

    assertThat(it.lists.find("ad.hosts")).isInstanceOf(BlockLists.Found.Here.class);
    assertThat(it.lists.find("ip.hosts")).isInstanceOf(BlockLists.Found.NoFormat.class);
    assertThat(it.lists.find("ad")).isInstanceOf(BlockLists.Found.NoFormat.class);
    assertThat(it.lists.find("ad.exe")).isInstanceOf(BlockLists.Found.NoFormat.class);
    assertThat(it.lists.find("yok.txt")).isInstanceOf(BlockLists.Found.Unknown.class);
  }

  @Test
  void knowsWhereAValueStandsAndWhoHasIt() throws Exception {
    it.values("bir.example");
    it.lists.make();
    pull("eski-cihaz", 200);
    it.values("bir.example", "iki.example");
    it.lists.make();
    CanonicalValue value = CanonicalValue.of(IndicatorKind.DOMAIN, "iki.example");
    List<BlockLists.Place> nobody = it.lists.places(value, 5);
    pull("fgt-merkez", 200);
    it.pass(Duration.ofMinutes(5));
    pull("fgt-merkez", 304);
    pull("fgt-merkez", 304);

    BlockLists.Place place = it.lists.places(value, 5).getFirst();

    assertThat(nobody.getFirst().firstPulls()).isEmpty();
    assertThat(place.list()).isEqualTo("ad");
    assertThat(place.version()).isEqualTo(2);
    assertThat(place.firstPulls()).extracting(Pull::who).containsExactly("fgt-merkez");
    assertThat(it.lists.pulls(10))
        .extracting(p -> p.who() + " " + p.status() + " " + p.count())
        .containsExactly("fgt-merkez 304 2", "fgt-merkez 200 1", "eski-cihaz 200 1");
    assertThat(it.lists.places(CanonicalValue.of(IndicatorKind.DOMAIN, "uc.example"), 5)).isEmpty();
  }

  private void pull(String who, int status) {
    if (it.lists.find("ad.txt") instanceof BlockLists.Found.Here here) {
      it.door.pulled(here, new ListDoor.Visitor(who, "192.0.2.1", "test\r\n\u202e"), status);
    }
  }

  @Test
  void boundsTheRowsOfADay() throws Exception {
    it.values("bir.example");
    it.lists.make();

    for (int i = 0; i < 2_010; i++) {
      it.pass(Duration.ofSeconds(1));
      pull("cihaz" + i, 200);
    }

    assertThat(it.lists.pulls(1).getFirst().who()).isEqualTo(ListStore.OTHERS);
    assertThat(it.lists.pulls(1).getFirst().count()).isEqualTo(10);
  }

  @Test
  void sharesOneEntryOfTwoFeeds() throws Exception {
    it.values("kotu.example");
    it.take("sektor", new FeedEntry[] {it.row("kotu.example", "AC", "AMBER", 2)});

    it.lists.make();

    assertThat(list("ad").entries()).isEqualTo(1);
    assertThat(it.text("ad.txt")).isEqualTo("kotu.example\n");
  }
}
