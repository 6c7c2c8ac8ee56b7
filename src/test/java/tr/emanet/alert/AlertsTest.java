package tr.emanet.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tr.emanet.alert.AlertsFixture.ANALYST;
import static tr.emanet.alert.AlertsFixture.START;
import static tr.emanet.alert.AlertsFixture.hit;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.event.Position;

class AlertsTest {

  @TempDir Path state;
  private AlertsFixture given;

  @BeforeEach
  void open() throws Exception {
    given = new AlertsFixture(state);
  }

  @AfterEach
  void close() {
    given.close();
  }

  @Test
  void groupsByIndicatorAssetAndDay() {
    given.alerts.accept(
        List.of(
            hit(1, "a.example", "10.0.0.1", "PH"),
            hit(2, "a.example", "10.0.0.1", "PH"),
            hit(3, "a.example", "10.0.0.2", "PH"),
            hit(4, "b.example", "10.0.0.1", "PH"),
            hit(100_000, "a.example", "10.0.0.1", "PH")));

    assertThat(given.all()).extracting(Alert::hits).containsExactlyInAnyOrder(2L, 1L, 1L, 1L);
    assertThat(given.all().getFirst().number()).matches("A-2026-000[1-4]");
  }

  @Test
  void countsRowsHoweverOftenAndInWhateverOrderHitsComeAgain() throws Exception {
    List<Hit> hits = new ArrayList<>();
    for (int i = 1; i <= 500; i++) {
      hits.add(hit(i, "d" + i % 7 + ".example", "10.0.0." + i % 3, "BC"));
    }
    given.alerts.accept("indicator", hits, List.of(), List.of(new Position("standard", 500)));
    List<Alert> before = given.all();

    for (int round = 0; round < 5; round++) {
      Collections.shuffle(hits, new Random(round));
      List<Hit> again = new ArrayList<>(hits.subList(0, 250));
      again.add(AlertsFixture.retro(hits.get(7), START));
      again.addAll(hits.subList(0, 10));
      assertThat(given.alerts.accept(again)).isZero();
    }
    given = given.again();

    assertThat(given.all()).isEqualTo(before);
    assertThat(given.all().stream().mapToLong(Alert::hits).sum()).isEqualTo(500);
    HitStore rows = new HitStore(given.database);
    assertThat(given.all()).allMatch(alert -> rows.count(alert.id()) == alert.hits());
    assertThat(given.alerts.positions("indicator")).containsExactly(new Position("standard", 500));
  }

  @Test
  void writesHitsAndPositionTogetherOrNotAtAll() {
    assertThatThrownBy(
            () ->
                given.database.transaction(
                    () -> {
                      given.alerts.accept(
                          "indicator",
                          List.of(hit(1, "a.example", "10.0.0.1", "PH")),
                          List.of(),
                          List.of(new Position("standard", 1)));
                      throw new IllegalStateException("the process ends here");
                    }))
        .hasMessageContaining("ends here");

    assertThat(given.all()).isEmpty();
    assertThat(given.alerts.position("indicator", "standard")).isEmpty();
  }

  @Test
  void keepsThePositionOfEachViewAndStreamAndNeverGoesBack() {
    given.alerts.accept("a", List.of(), List.of(), List.of(new Position("standard", 9)));
    given.alerts.accept("a", List.of(), List.of(), List.of(new Position("standard", 3)));
    given.alerts.accept("a", List.of(), List.of(), List.of(new Position("long", 4)));
    given.alerts.accept("b", List.of(), List.of(), List.of(new Position("standard", 1)));

    assertThat(given.alerts.positions("a"))
        .containsExactly(new Position("long", 4), new Position("standard", 9));
    assertThat(given.alerts.position("b", "standard")).hasValue(1);
    given.alerts.forget("a");
    assertThat(given.alerts.positions("a")).isEmpty();
  }

  @Test
  void judgesByClassAndByWhatMakesItWorse() {
    given.alerts.accept(
        List.of(
            hit(1, "apt.example", "10.0.0.1", "AC"),
            hit(2, "phish.example", "10.0.0.2", "PH"),
            hit(3, "let.example", "10.0.0.3", "PH", Facts.OUTCOME, Facts.ALLOWED),
            hit(
                4,
                "box.example",
                "10.0.0.4",
                "PH",
                Facts.ROLE,
                Facts.SERVER,
                Facts.OUTCOME,
                Facts.ALLOWED),
            hit(5, "odd.example", "10.0.0.5", "ZZ")));

    assertThat(severity("apt.example")).isEqualTo(Severity.CRITICAL);
    assertThat(severity("phish.example")).isEqualTo(Severity.MEDIUM);
    assertThat(severity("let.example")).isEqualTo(Severity.HIGH);
    assertThat(severity("box.example")).isEqualTo(Severity.CRITICAL);
    assertThat(severity("odd.example")).isEqualTo(Severity.LOW);
  }

  private Severity severity(String domain) {
    return find(domain).severity();
  }

  private Alert find(String domain) {
    return given.all().stream()
        .filter(a -> a.fact(Facts.INDICATOR).equals(domain))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void raisesAllWhenSeveralIndicatorsMeetOnOneAsset() {
    given.alerts.accept(List.of(hit(1, "a.example", "10.0.0.1", "PH")));
    given.alerts.accept(List.of(hit(60, "b.example", "10.0.0.1", "PH")));
    assertThat(severity("a.example")).isEqualTo(Severity.MEDIUM);

    given.alerts.accept(List.of(hit(120, "c.example", "10.0.0.1", "PH")));

    assertThat(given.all()).extracting(Alert::severity).containsOnly(Severity.HIGH);
    assertThat(given.alerts.history(find("a.example")))
        .extracting(HistoryEntry::what)
        .containsExactly("opened", "raised");
  }

  private static OutsideLogIn logIn(String asset, Instant at) {
    return new OutsideLogIn(asset, at, "203.0.113.9", new Position("standard", 77));
  }

  @Test
  void raisesWhenALogInFromOutsideFollowsSoon() {
    given.alerts.accept(List.of(hit(1, "a.example", "10.0.0.1", "PH")));

    OutsideLogIn before = logIn("10.0.0.1", START.minusSeconds(60));
    OutsideLogIn elsewhere = logIn("10.0.0.9", START.plusSeconds(60));
    OutsideLogIn late = logIn("10.0.0.1", START.plus(Duration.ofHours(2)));
    given.alerts.accept("", List.of(), List.of(before, elsewhere, late), List.of());
    assertThat(severity("a.example")).isEqualTo(Severity.MEDIUM);
    OutsideLogIn soon = logIn("10.0.0.1", START.plus(Duration.ofMinutes(10)));
    given.alerts.accept("", List.of(), List.of(soon, soon), List.of());

    assertThat(severity("a.example")).isEqualTo(Severity.HIGH);
    assertThat(given.only().raised()).containsExactly(Raise.LOGIN);
  }

  @Test
  void walksFromNewToAcknowledgedToClosedAndOpensAgainWithALaterHit() {
    given.alerts.accept(List.of(hit(1, "a.example", "10.0.0.1", "PH")));
    String number = given.only().number();
    assertThat(given.alerts.newOnes()).isEqualTo(1);

    assertThat(given.alerts.acknowledge(ANALYST, number)).isInstanceOf(AlertChange.Done.class);
    assertThat(given.alerts.newOnes()).isZero();
    given.alerts.assign(ANALYST, number, "nalkan");
    given.alerts.note(ANALYST, number, "Bilgisayar ağdan ayrıldı");
    given.alerts.close(ANALYST, number, "resolved", "temizlendi");
    assertThat(given.alerts.find(number).orElseThrow().state()).isEqualTo(AlertState.CLOSED);
    given.pass(Duration.ofMinutes(5));
    Hit old = AlertsFixture.retro(hit(2, "a.example", "10.0.0.1", "PH"), START);
    given.alerts.accept(List.of(old, hit(1, "a.example", "10.0.0.1", "PH")));
    assertThat(given.alerts.find(number).orElseThrow().state()).isEqualTo(AlertState.CLOSED);
    given.alerts.accept(List.of(hit(3, "a.example", "10.0.0.1", "PH")));

    Alert alert = given.only();
    assertThat(alert.state()).isEqualTo(AlertState.NEW);
    assertThat(alert.reason()).isEmpty();
    assertThat(alert.assignee()).isEqualTo("nalkan");
    assertThat(given.alerts.history(alert))
        .extracting(HistoryEntry::what)
        .containsExactly("opened", "acknowledged", "assigned", "note", "closed", "reopened");
    assertThat(given.actions())
        .containsExactly("alert.close", "alert.note", "alert.assign", "alert.acknowledge");
  }

  @Test
  void refusesWhatDoesNotFit() {
    given.alerts.accept(List.of(hit(1, "a.example", "10.0.0.1", "PH")));
    String number = given.only().number();

    assertThat(given.alerts.close(ANALYST, number, "bored", ""))
        .isEqualTo(new AlertChange.Refused("no-reason"));
    assertThat(given.alerts.note(ANALYST, number, " "))
        .isEqualTo(new AlertChange.Refused("no-text"));
    assertThat(given.alerts.note(ANALYST, number, "x".repeat(Alerts.MAX_NOTE + 1)))
        .isEqualTo(new AlertChange.Refused("long-text"));
    assertThat(given.alerts.assign(ANALYST, number, "stranger"))
        .isEqualTo(new AlertChange.Refused("person"));
    assertThat(given.alerts.reopen(ANALYST, number))
        .isEqualTo(new AlertChange.Refused("not-closed"));
    assertThat(given.alerts.acknowledge(ANALYST, "A-2026-9999"))
        .isInstanceOf(AlertChange.Unknown.class);
    assertThat(given.actions()).isEmpty();
  }

  @Test
  void staysExplainableFromWhatTheHitSaidItself() throws Exception {
    given.alerts.accept(
        List.of(
            hit(
                1,
                "a.example",
                "10.0.0.1",
                "PH",
                Facts.LISTED,
                "2026-11-21T16:13:00Z",
                Facts.SOURCE,
                "IH")));
    given = given.again();

    Alert alert = given.only();
    assertThat(alert.fact(Facts.LISTED)).isEqualTo("2026-11-21T16:13:00Z");
    assertThat(given.alerts.policy().opensIncident(alert)).isFalse();
    Hit kept = given.alerts.hits(alert, 10).getFirst();
    assertThat(kept.position()).isEqualTo(new Position("standard", 1));
    assertThat(kept.field() + "=" + kept.value()).isEqualTo("dns.question.name=m.a.example");
  }

  @Test
  void takesAThousandHitsOfHostileText() {
    String evil = "\u0000'; DROP TABLE alert;--\n\u202e<script>" + "x".repeat(5_000);
    List<Hit> hits = new ArrayList<>();
    for (int i = 1; i <= 1_000; i++) {
      hits.add(hit(i, "a.example", evil, evil, evil, evil));
    }

    assertThat(given.alerts.accept(hits)).isEqualTo(1_000);

    Alert alert = given.only();
    assertThat(alert.hits()).isEqualTo(1_000);
    assertThat(alert.asset()).hasSize(Hit.MAX_KEY);
  }
}
