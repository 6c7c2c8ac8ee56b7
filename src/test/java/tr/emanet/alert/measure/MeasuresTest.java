package tr.emanet.alert.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.alert.Alert;
import tr.emanet.alert.AlertFilter;
import tr.emanet.alert.Alerts;
import tr.emanet.alert.Facts;
import tr.emanet.alert.Hit;
import tr.emanet.alert.Policies;
import tr.emanet.alert.Policy;
import tr.emanet.audit.AuditEntry;
import tr.emanet.audit.AuditFilter;
import tr.emanet.audit.AuditLog;
import tr.emanet.audit.ChainCheck;
import tr.emanet.event.Position;
import tr.emanet.event.Principal;
import tr.emanet.event.Role;
import tr.emanet.store.Database;

class MeasuresTest {

  private static final Principal ANALYST =
      new Principal("nalkan", "Nazlı Alkan", Set.of(Role.ANALYST));
  private static final Subject NOTICE = Subject.notice("TR-26-0412");

  @TempDir Path state = Path.of("");
  private Instant now = Instant.parse("2026-11-22T08:00:00Z");
  private final InstantSource clock = () -> now;

  @SuppressWarnings("NullAway.Init") // opened before each test
  private Database database;

  @SuppressWarnings("NullAway.Init") // opened before each test
  private AuditLog audit;

  @SuppressWarnings("NullAway.Init") // opened before each test
  private Measures measures;

  @BeforeEach
  void open() throws Exception {
    database = Database.open(state, List.of("audit", "alert"));
    audit = new AuditLog(database, clock);
    measures = new Measures(database, audit, clock);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private Measure done(MeasureChange change) {
    assertThat(change).isInstanceOf(MeasureChange.Done.class);
    return ((MeasureChange.Done) change).measure();
  }

  @Test
  void recordsAMeasureWithItsWriterAsOwner() {
    Measure taken = done(measures.record(ANALYST, NOTICE, Draft.taken("  Yama kuruldu ")));

    assertThat(taken.owner()).isEqualTo("nalkan");
    assertThat(taken.text()).isEqualTo("Yama kuruldu");
    assertThat(taken.done()).isEqualTo(now);
    assertThat(measures.of(NOTICE)).containsExactly(taken);
    assertThat(measures.steps(NOTICE)).isEqualTo(new Steps(1, 1));
    AuditEntry entry = audit.page(AuditFilter.ALL, Long.MAX_VALUE, 5).getFirst();
    assertThat(entry.action()).isEqualTo("measure.record");
    assertThat(entry.details()).contains("TR-26-0412", "Yama kuruldu");
  }

  @Test
  void completesAPlannedStepByARowOfItsOwn() {
    Instant due = now.plus(Duration.ofHours(1));
    Measure planned =
        done(
            measures.record(ANALYST, NOTICE, Draft.planned("Son kullanıcı destek", due, "İncele")));
    long before = measures.countOverdue();
    now = now.plus(Duration.ofHours(2));
    long late = measures.countOverdue();

    Measure completed = done(measures.complete(ANALYST, planned.id(), "Temiz çıktı"));

    assertThat(planned.open()).isTrue();
    assertThat(planned.overdue(now)).isTrue();
    assertThat(before).isZero();
    assertThat(late).isEqualTo(1);
    assertThat(completed.text()).isEqualTo("İncele");
    assertThat(completed.at()).isEqualTo(planned.at());
    assertThat(completed.done()).isEqualTo(now);
    assertThat(completed.doneText()).isEqualTo("Temiz çıktı");
    assertThat(measures.countOpen()).isZero();
    assertThat(measures.complete(ANALYST, planned.id(), ""))
        .isEqualTo(new MeasureChange.Refused("completed"));
    assertThat(measures.complete(ANALYST, 99, "")).isInstanceOf(MeasureChange.Unknown.class);
    assertThat(audit.verify()).isInstanceOf(ChainCheck.Intact.class);
  }

  @Test
  void refusesWhatIsEmptyTooLongOrDueInThePast() {
    Instant yesterday = now.minus(Duration.ofDays(1));

    assertThat(measures.record(ANALYST, NOTICE, Draft.taken(" \n")))
        .isEqualTo(new MeasureChange.Refused("no-text"));
    assertThat(measures.record(ANALYST, NOTICE, Draft.taken("x".repeat(4_001))))
        .isEqualTo(new MeasureChange.Refused("long-text"));
    assertThat(measures.record(ANALYST, NOTICE, Draft.planned("y".repeat(121), null, "x")))
        .isEqualTo(new MeasureChange.Refused("long-owner"));
    assertThat(measures.record(ANALYST, NOTICE, Draft.planned("", yesterday, "x")))
        .isEqualTo(new MeasureChange.Refused("past-due"));
    assertThat(measures.of(NOTICE)).isEmpty();
    assertThat(audit.page(AuditFilter.ALL, Long.MAX_VALUE, 5)).isEmpty();
  }

  @Test
  void boundsTheMeasuresOfASubject() {
    for (int i = 0; i < Measures.MAX_OF_SUBJECT; i++) {
      done(measures.record(ANALYST, NOTICE, Draft.taken("adım " + i)));
    }

    assertThat(measures.record(ANALYST, NOTICE, Draft.taken("bir daha")))
        .isEqualTo(new MeasureChange.Refused("too-many"));
  }

  @Test
  void neverChangesWhatWasWrittenEvenByHand() throws Exception {
    done(measures.record(ANALYST, NOTICE, Draft.taken("Yama kuruldu")));

    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + database.file());
        var statement = connection.createStatement()) {
      for (String sql : List.of("UPDATE measure SET text = 'x'", "DELETE FROM measure")) {
        assertThatThrownBy(() -> statement.executeUpdate(sql)).isInstanceOf(SQLException.class);
      }
    }
    assertThat(measures.of(NOTICE)).hasSize(1);
  }

  @Test
  void countsTheHitsThatNobodyHasAnswered() {
    Alerts alerts =
        new Alerts(
            database,
            audit,
            Policies.fixed(Policy.SHIPPED),
            Map::of,
            ZoneId.of("Europe/Istanbul"),
            clock);
    for (String domain : List.of("bir.example", "iki.example", "uc.example")) {
      alerts.accept(List.of(hit(domain)));
    }
    long none = measures.hitsWithoutMeasure();
    Alert first = alerts.list(AlertFilter.OPEN, ANALYST, null, 10).getFirst();

    done(measures.record(ANALYST, Subject.alert(first.number()), Draft.taken("Engellendi")));
    long afterOne = measures.hitsWithoutMeasure();
    done(measures.record(ANALYST, Subject.indicator("usom:domain:iki.example"), Draft.taken("x")));
    long afterTwo = measures.hitsWithoutMeasure();
    alerts.close(
        ANALYST,
        alerts.list(AlertFilter.OPEN, ANALYST, null, 10).getLast().number(),
        "false-alarm",
        "");

    assertThat(none).isEqualTo(3);
    assertThat(afterOne).isEqualTo(2);
    assertThat(afterTwo).isEqualTo(1);
    assertThat(measures.hitsWithoutMeasure()).isZero();
    assertThat(measures.alertsAnswered(List.of(first.key(), "usom:domain:yok.example")))
        .containsExactly(Map.entry(first.key(), new Steps(1, 1)));
  }

  private Hit hit(String domain) {
    return new Hit(
        Hit.Kind.INDICATOR,
        "usom:domain:" + domain,
        new Position("standard", domain.hashCode() & 0xffff),
        now,
        "10.0.0.1",
        "dns.question.name",
        domain,
        false,
        Map.of(Facts.INDICATOR, domain, Facts.TYPE, "domain"));
  }
}
