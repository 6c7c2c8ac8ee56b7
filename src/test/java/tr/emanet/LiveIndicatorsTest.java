package tr.emanet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.alert.Alert;
import tr.emanet.alert.AlertFilter;
import tr.emanet.alert.Facts;
import tr.emanet.alert.Hit;
import tr.emanet.alert.Policies;
import tr.emanet.alert.Policy;
import tr.emanet.alert.Raise;
import tr.emanet.alert.Severity;
import tr.emanet.asset.AssetEntry;
import tr.emanet.asset.AssetKind;
import tr.emanet.asset.Criticality;
import tr.emanet.asset.Network;
import tr.emanet.event.Position;

/** Each rule of {@code rules/usom.yml}, from lines as devices write them. */
class LiveIndicatorsTest {

  @TempDir Path state;
  private LiveBench given;
  private long sequence;

  @BeforeEach
  void open() throws Exception {
    given = new LiveBench(state, policies(Files.readString(Path.of("rules/usom.yml"))));
  }

  @AfterEach
  void close() {
    given.close();
  }

  private Policies policies(String text) throws Exception {
    Path file = Files.writeString(state.resolve("usom.yml"), text);
    AtomicLong nanos = new AtomicLong();
    // Each look at the policy is two seconds after the last.
    return new Policies(file, () -> nanos.addAndGet(3_000_000_000L));
  }

  private void traffic(int minute, String from, String to, String action) throws Exception {
    given.line(
        ++sequence,
        Duration.ofMinutes(minute),
        "10.0.0.254",
        "<30>Nov 22 11:00:00 fw1 fw: srcip=" + from + " dstip=" + to + " action=" + action);
  }

  private void query(int minute, String from, String name) throws Exception {
    given.line(
        ++sequence,
        Duration.ofMinutes(minute),
        "10.0.0.254",
        "<30>Nov 22 11:%02d:00 ns1 app: srcip=".formatted(minute) + from + " " + name + " istendi");
  }

  private void logIn(int minute, String sender, String from) throws Exception {
    given.line(
        ++sequence,
        Duration.ofMinutes(minute),
        sender,
        "<38>Nov 22 11:%02d:00 srv1 sshd[811]: Accepted password for root from ".formatted(minute)
            + from
            + " port 40022 ssh2");
  }

  private static Alert of(List<Alert> alerts, String value) {
    return alerts.stream()
        .filter(a -> a.fact(Facts.INDICATOR).equals(value))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void knowsAServerByTheInventoryAndElseByTheDirectionOfWhatWasNotBlocked() throws Exception {
    given.list("usom", "SB", "198.51.100.7");
    given.inventory(
        new AssetEntry(
            Network.read("10.0.0.5").orElseThrow(),
            "srv5",
            AssetKind.SERVER,
            "",
            "",
            Criticality.MEDIUM,
            List.of()));

    traffic(0, "10.0.0.5", "198.51.100.7", "deny");
    traffic(0, "10.0.0.6", "198.51.100.7", "deny");
    traffic(0, "198.51.100.7", "10.0.0.7", "accept");
    traffic(0, "198.51.100.7", "10.0.0.8", "deny");

    List<Alert> alerts = given.commit();
    assertThat(alerts)
        .extracting(a -> a.asset() + " " + a.fact(Facts.ROLE) + " " + a.fact(Facts.ROLE_BY))
        .containsExactlyInAnyOrder(
            "10.0.0.5 server inventory",
            "10.0.0.6 client direction",
            "10.0.0.7 server direction",
            "10.0.0.8  ");
    assertThat(alerts)
        .filteredOn(a -> a.raised().contains(Raise.SERVER))
        .extracting(Alert::asset)
        .containsExactlyInAnyOrder("10.0.0.5", "10.0.0.7");
  }

  @Test
  void raisesAndNamesTheLogInFromOutsideThatFollowed() throws Exception {
    given.list("usom", "SB", "kotu.example");

    query(0, "10.0.0.5", "kotu.example");
    given.commit();
    logIn(10, "10.0.0.6", "203.0.113.9");
    logIn(10, "10.0.0.5", "10.0.0.9");
    assertThat(given.commit().getFirst().severity()).isEqualTo(Severity.MEDIUM);
    logIn(20, "10.0.0.5", "203.0.113.9");

    Alert alert = given.commit().getFirst();
    assertThat(alert.severity()).isEqualTo(Severity.HIGH);
    assertThat(alert.raised()).containsExactly(Raise.LOGIN);
    assertThat(alert.fact(Facts.LOGIN_FROM)).isEqualTo("203.0.113.9");
    assertThat(alert.fact(Facts.LOGIN_EVENT)).isEqualTo("standard:" + sequence);
  }

  @Test
  void raisesAlsoWhenTheLogInIsReadBeforeTheHit() throws Exception {
    given.list("usom", "SB", "kotu.example");

    logIn(20, "10.0.0.5", "203.0.113.9");
    given.commit();
    query(0, "10.0.0.5", "kotu.example");
    assertThat(given.commit().getFirst().raised()).containsExactly(Raise.LOGIN);

    logIn(58, "10.0.0.8", "203.0.113.9");
    query(1, "10.0.0.8", "kotu.example");
    assertThat(given.commit())
        .filteredOn(a -> a.asset().equals("10.0.0.8"))
        .allMatch(a -> a.raised().isEmpty());
  }

  @Test
  void raisesSeveralIndicatorsOnOneAssetOnlyWithinTheWindow() throws Exception {
    given.list("usom", "SB", "a.example", "b.example", "c.example", "d.example");

    query(0, "10.0.0.5", "a.example");
    query(5, "10.0.0.5", "b.example");
    query(6, "10.0.0.6", "c.example");
    given.line(
        ++sequence,
        Duration.ofMinutes(200),
        "10.0.0.254",
        "<30>Nov 22 14:20:00 ns1 app: srcip=10.0.0.5 d.example istendi");
    assertThat(given.commit()).allMatch(a -> a.raised().isEmpty());
    query(30, "10.0.0.5", "c.example");

    List<Alert> alerts = given.commit();
    assertThat(alerts)
        .filteredOn(a -> a.raised().contains(Raise.SEVERAL))
        .extracting(a -> a.fact(Facts.INDICATOR))
        .containsExactlyInAnyOrder("a.example", "b.example", "c.example");
    assertThat(of(alerts, "a.example").fact(Facts.SEVERAL).split(" ")).hasSize(2);
  }

  @Test
  void countsHitsAndNotTheSpansOfAlertsThatReachOverEachOther() throws Exception {
    given.list("usom", "SB", "a.example", "b.example", "c.example");

    query(0, "10.0.0.5", "a.example");
    late(300, "a.example");
    late(100, "b.example");
    late(200, "c.example");
    assertThat(given.commit()).allMatch(a -> a.raised().isEmpty());
    late(110, "c.example");
    late(125, "a.example");

    assertThat(given.commit()).hasSize(3).allMatch(a -> a.raised().contains(Raise.SEVERAL));
  }

  private void late(int minute, String name) throws Exception {
    given.line(
        ++sequence,
        Duration.ofMinutes(minute),
        "10.0.0.254",
        "<30>Nov 22 %02d:%02d:00 ns1 app: srcip=10.0.0.5 %s istendi"
            .formatted(11 + minute / 60, minute % 60, name));
  }

  @Test
  void keepsWhatThePublicReportedOneStepMilderOnlyInTheFeedThatHasThatCode() throws Exception {
    given.list("usom", "IH", "ihbar.example");
    given.list("sektor", "IH", "baska.example");

    query(0, "10.0.0.5", "ihbar.example");
    query(1, "10.0.0.6", "baska.example");

    List<Alert> alerts = given.commit();
    assertThat(of(alerts, "ihbar.example").severity()).isEqualTo(Severity.LOW);
    assertThat(given.alerts.policy().opensIncident(of(alerts, "ihbar.example"))).isFalse();
    assertThat(of(alerts, "baska.example").severity()).isEqualTo(Severity.MEDIUM);
    assertThat(given.alerts.policy().opensIncident(of(alerts, "baska.example"))).isTrue();
  }

  @Test
  void takesAChangedPolicyWhileItRunsAndKeepsTheOldOneWhenTheNewIsWrong() throws Exception {
    given.list("usom", "SB", "a.example", "b.example", "c.example");
    Path file = state.resolve("usom.yml");
    String shipped = Files.readString(file);

    query(0, "10.0.0.5", "a.example");
    assertThat(given.commit().getFirst().severity()).isEqualTo(Severity.MEDIUM);
    rewrite(file, shipped.replaceFirst("PH: medium", "PH: critical"));
    query(1, "10.0.0.6", "b.example");
    assertThat(of(given.commit(), "b.example").severity()).isEqualTo(Severity.CRITICAL);
    rewrite(file, shipped.replaceFirst("PH: medium", "PH: terrible"));
    query(2, "10.0.0.7", "c.example");

    assertThat(of(given.commit(), "c.example").severity()).isEqualTo(Severity.CRITICAL);
  }

  private static void rewrite(Path file, String text) throws Exception {
    FileTime before = Files.getLastModifiedTime(file);
    Files.writeString(file, text);
    Files.setLastModifiedTime(file, FileTime.fromMillis(before.toMillis() + 5_000));
  }

  @Test
  void callsThePastWhatAnIndexThatIsBuiltAgainShowsOnceMore() throws Exception {
    given.list("usom", "SB", "eski.example");
    query(0, "10.0.0.5", "eski.example");
    query(1, "10.0.0.5", "yeni.example");
    assertThat(given.commit()).hasSize(1);
    assertThat(given.alerts.positions("indicator")).containsExactly(new Position("standard", 2));
    given.list("usom", "SB", "eski.example", "yeni.example");
    given.close();
    given = new LiveBench(state, Policies.fixed(Policy.SHIPPED));

    sequence = 0;
    query(0, "10.0.0.5", "eski.example");
    query(1, "10.0.0.5", "yeni.example");
    query(2, "10.0.0.6", "yeni.example");

    List<Alert> alerts = given.commit();
    assertThat(alerts).hasSize(3);
    assertThat(of(alerts, "eski.example").hits()).isEqualTo(1);
    assertThat(of(alerts, "eski.example").retroOnly()).isFalse();
    assertThat(alerts)
        .filteredOn(a -> a.fact(Facts.INDICATOR).equals("yeni.example"))
        .extracting(a -> a.asset() + " " + a.retroOnly())
        .containsExactlyInAnyOrder("10.0.0.5 true", "10.0.0.6 false");
  }

  @Test
  void callsThePastWhatWasReceivedBeforeDetectionFirstRan() throws Exception {
    given.list("usom", "SB", "eski.example");

    given.line(1, Duration.ofDays(-30), "10.0.0.254", "<30>Oct 23 11:00:00 ns1 app: eski.example");

    Alert alert = given.commit().getFirst();
    Hit hit = given.hit(alert);
    assertThat(alert.retroOnly()).isTrue();
    assertThat(hit.retro()).isTrue();
    assertThat(alert.fact(Facts.ACTIVE)).isEqualTo("false");
    assertThat(
            given.alerts.list(
                new AlertFilter(AlertFilter.Wanted.ALL, null, null, "", 0),
                LiveBench.ANALYST,
                null,
                10))
        .hasSize(1);
  }
}
