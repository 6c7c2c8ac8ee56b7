package tr.emanet.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static tr.emanet.alert.AlertsFixture.ANALYST;
import static tr.emanet.alert.AlertsFixture.START;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.web.Language;
import tr.emanet.web.Texts;

/** What is wrong for a while has one alert, which ends by itself. */
class ConditionsTest {

  private static final String FEED = "usom";

  /** Takes everything that is wanted. */
  private record Postbox(List<String> steps, Addressee reader) implements Channel {
    @Override
    public String name() {
      return reader.channel();
    }

    @Override
    public boolean wants(Alert alert, Severity atLeast) {
      return reader.wants(alert, atLeast);
    }

    @Override
    public void send(Notification notification) {
      steps.add(notification.step().split("-", 2)[0]);
    }
  }

  @TempDir Path state;
  private AlertsFixture given;
  private Outbox outbox;
  private final List<String> told = new ArrayList<>();
  private final List<String> toldAdministrator = new ArrayList<>();

  @BeforeEach
  void open() throws Exception {
    given = new AlertsFixture(state);
    Addressee all = AlertsFixture.reader("all", Language.TR, false);
    Addressee feeds =
        new Addressee("feeds", all.atLeast(), true, all.shown(), all.texts(), all.baseUrl());
    outbox =
        new Outbox(
            given.database,
            List.of(new Postbox(told, all), new Postbox(toldAdministrator, feeds)),
            "emanet.example",
            new Outbox.Fuses(50, 1_000),
            given);
    given.alerts =
        Alerts.withOutbox(
            given.database,
            given.audit,
            Policies.fixed(Policy.SHIPPED),
            () -> Map.of("nalkan", "Nazlı Alkan"),
            AlertsFixture.ZONE,
            outbox);
  }

  @AfterEach
  void close() {
    given.close();
  }

  private static Condition broken(Severity severity, Instant since, long tries) {
    return new Condition(
        "usom:html",
        severity,
        since,
        tries,
        Map.of(
            Facts.FEED,
            FEED,
            Facts.CONDITION,
            "broken",
            Facts.REASON,
            "html",
            Facts.SINCE,
            since.toString()));
  }

  private void stands(Condition... conditions) throws Exception {
    given.alerts.conditions(Hit.Kind.FEED, FEED, List.of(conditions));
    int ignored = outbox.sendDue();
  }

  private List<String> history() {
    return given.alerts.history(given.all().getFirst()).stream().map(HistoryEntry::what).toList();
  }

  @Test
  void opensOneAlertCountsTriesRaisesItAndEndsItByItself() throws Exception {
    stands(broken(Severity.MEDIUM, START, 1));
    stands(broken(Severity.MEDIUM, START, 2));
    stands(broken(Severity.MEDIUM, START, 2));
    given.pass(Duration.ofHours(25));
    stands(broken(Severity.HIGH, START, 9));
    Alert alert = given.only();
    stands();

    assertThat(given.all()).hasSize(1);
    assertThat(alert.severity()).isEqualTo(Severity.HIGH);
    assertThat(alert.hits()).isEqualTo(9);
    assertThat(given.open()).isEmpty();
    assertThat(history()).containsExactly("opened", "raised", "recovered");
    assertThat(given.all().getFirst().fact(Facts.ENDED)).isNotEmpty();
    assertThat(told).containsExactly("raised");
    assertThat(toldAdministrator).containsExactly("opened", "raised");
  }

  @Test
  void opensAgainWhenItComesBackAndTellsItAgain() throws Exception {
    stands(broken(Severity.HIGH, START, 1));
    stands();
    given.pass(Duration.ofHours(1));
    stands(broken(Severity.HIGH, given.instant(), 1));
    stands();
    given.pass(Duration.ofHours(1));
    stands(broken(Severity.HIGH, given.instant(), 1));

    assertThat(given.all()).hasSize(1);
    assertThat(given.only().state()).isEqualTo(AlertState.NEW);
    assertThat(told).containsExactly("opened", "reopened", "reopened");
  }

  @Test
  void staysClosedWhenAPersonClosedItUntilItBecomesWorse() throws Exception {
    stands(broken(Severity.MEDIUM, START, 1));
    String number = given.only().number();
    given.alerts.close(ANALYST, number, "accepted", "biliniyor");

    stands(broken(Severity.MEDIUM, START, 2));
    assertThat(given.open()).isEmpty();
    stands(broken(Severity.HIGH, START, 3));

    assertThat(given.only().state()).isEqualTo(AlertState.NEW);
    assertThat(history()).containsExactly("opened", "closed", "reopened");
  }

  @Test
  void keepsReasonsAndFeedsApart() throws Exception {
    stands(
        broken(Severity.MEDIUM, START, 1),
        new Condition("usom:held", Severity.LOW, START, 1, Map.of()));
    given.alerts.conditions(Hit.Kind.FEED, "sektor", List.of());
    given.alerts.conditions(
        Hit.Kind.FEED,
        "sektor",
        List.of(new Condition("sektor:html", Severity.LOW, START, 1, Map.of())));
    stands(broken(Severity.MEDIUM, START, 1));

    assertThat(given.all())
        .extracting(a -> a.key() + " " + a.state().id())
        .containsExactlyInAnyOrder("usom:html new", "usom:held closed", "sektor:html new");
  }

  @Test
  void isNamedInPlainWordsInBothLanguages() throws Exception {
    stands(broken(Severity.MEDIUM, START, 1));
    Texts tr = AlertsFixture.reader("x", Language.TR, false).texts();
    Texts en = AlertsFixture.reader("x", Language.EN, false).texts();

    assertThat(AlertWords.title(given.only(), tr) + " " + AlertWords.value(given.only(), tr))
        .isEqualTo("USOM/SGB beslemesi bozuk: liste yerine web sayfası geldi");
    assertThat(AlertWords.title(given.only(), en) + " " + AlertWords.value(given.only(), en))
        .isEqualTo("USOM/SGB: the feed is broken: a web page came instead of the list");
    assertThat(given.alerts.policy().opensIncident(given.only())).isFalse();
    Notification news =
        new Notification("a@b", "opened", List.of(given.only()), 1, AlertsFixture.START);
    assertThat(AlertsFixture.reader("x", Language.TR, true).body(news))
        .contains("Başlangıç: 22.11.2026 11:00:00", "Son iyi liste: -")
        .endsWith("https://emanet.example/alerts/A-2026-0001\n\n");
  }
}
