package tr.emanet.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static tr.emanet.alert.AlertsFixture.ANALYST;
import static tr.emanet.alert.AlertsFixture.hit;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxTest {

  /** Takes everything unless it is told to refuse, or to die after it has taken it. */
  private static final class Postbox implements Channel {
    final List<Notification> taken = new ArrayList<>();
    @Nullable IOException refusal;
    boolean dies;

    @Override
    public String name() {
      return "postbox";
    }

    @Override
    public void send(Notification notification) throws IOException {
      if (refusal != null) {
        throw refusal;
      }
      taken.add(notification);
      if (dies) {
        throw new IllegalStateException("the process ends here");
      }
    }
  }

  @TempDir Path state;
  private AlertsFixture given;
  private final Postbox postbox = new Postbox();
  private Outbox outbox;
  private Outbox.Fuses fuses = new Outbox.Fuses(5, 1_000);

  @BeforeEach
  void open() throws Exception {
    given = new AlertsFixture(state);
    wire();
  }

  private void wire() {
    outbox = new Outbox(given.database, List.of(postbox), "emanet.example", fuses, given);
    given.alerts =
        Alerts.withOutbox(
            given.database,
            given.audit,
            Policies.fixed(Policy.SHIPPED),
            Map::of,
            AlertsFixture.ZONE,
            outbox);
  }

  @AfterEach
  void close() {
    given.close();
  }

  @Test
  void tellsEachStepOnceAndNothingMild() throws Exception {
    given.alerts.accept(
        List.of(hit(1, "a.example", "10.0.0.1", "BC"), hit(2, "b.example", "10.0.0.2", "PH")));
    given.alerts.accept(List.of(hit(1, "a.example", "10.0.0.1", "BC")));
    outbox.sendDue();
    given.alerts.accept(
        List.of(hit(3, "b.example", "10.0.0.2", "PH", Facts.OUTCOME, Facts.ALLOWED)));
    outbox.sendDue();
    String number = postbox.taken.getFirst().alerts().getFirst().number();
    given.alerts.close(ANALYST, number, "resolved", "");
    given.alerts.accept(List.of(hit(9, "a.example", "10.0.0.1", "BC")));
    outbox.sendDue();
    outbox.sendDue();

    assertThat(postbox.taken)
        .extracting(Notification::step)
        .containsExactly("opened", "raised-high", "reopened-2");
    assertThat(postbox.taken.getFirst().id()).isEqualTo(number + ".opened@emanet.example");
  }

  @Test
  void sendsWhatWasGivenUpOnceMoreWhenSomebodyAsks() throws Exception {
    given.alerts.accept(List.of(hit(1, "a.example", "10.0.0.1", "BC")));
    postbox.refusal = new Channel.Rejected("550 no such person");
    outbox.sendDue();
    OutboxStatus.Failed failed = outbox.status().failed().getFirst();
    postbox.refusal = null;

    assertThat(outbox.resend(failed.channel(), failed.alert(), "raised-high")).isFalse();
    assertThat(outbox.resend(failed.channel(), failed.alert(), failed.step())).isTrue();
    outbox.sendDue();

    assertThat(postbox.taken.getFirst().id()).isEqualTo(failed.alert() + ".opened@emanet.example");
    assertThat(outbox.count("failed")).isZero();
    assertThat(outbox.resend(failed.channel(), failed.alert(), failed.step())).isFalse();
  }

  @Test
  void sendsTheSameIdAgainWhenTheProcessDiedBeforeItWasMarked() throws Exception {
    given.alerts.accept(List.of(hit(1, "a.example", "10.0.0.1", "BC")));
    postbox.dies = true;
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> outbox.sendDue())
        .hasMessageContaining("ends here");
    postbox.dies = false;
    given = given.again();
    wire();

    outbox.sendDue();
    outbox.sendDue();

    assertThat(postbox.taken).hasSize(2);
    assertThat(postbox.taken.get(1).id()).isEqualTo(postbox.taken.get(0).id());
    assertThat(outbox.count("sent")).isEqualTo(1);
  }

  @Test
  void triesAgainLaterAndLaterAndGivesUpAfterADay() throws Exception {
    given.alerts.accept(List.of(hit(1, "a.example", "10.0.0.1", "BC")));
    postbox.refusal = new IOException("mail.example: connection refused");
    outbox.sendDue();
    assertThat(outbox.count("waiting")).isEqualTo(1);
    given.pass(Duration.ofSeconds(4));
    assertThat(outbox.sendDue()).isZero();

    for (int i = 0; i < 60; i++) {
      given.pass(Duration.ofHours(1));
      outbox.sendDue();
    }

    assertThat(outbox.count("failed")).isEqualTo(1);
    assertThat(outbox.count("waiting")).isZero();
    assertThat(Outbox.wait(0)).isEqualTo(Duration.ofSeconds(5));
    assertThat(Outbox.wait(40)).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void givesUpAtOnceWhenItCanNeverWork() throws Exception {
    given.alerts.accept(List.of(hit(1, "a.example", "10.0.0.1", "BC")));
    postbox.refusal = new Channel.Rejected("127.0.0.1 is not allowed");

    outbox.sendDue();

    assertThat(outbox.count("failed")).isEqualTo(1);
  }

  @Test
  void blowsTheFuseInsteadOfFloodingAndSumsUpTheRest() throws Exception {
    List<Hit> flood = new ArrayList<>();
    for (int i = 1; i <= 1_000; i++) {
      flood.add(hit(i, "d" + i + ".example", "10.1." + i / 250 + "." + i % 250, "AC"));
    }
    given.alerts.accept(flood);

    outbox.sendDue();
    outbox.sendDue();
    assertThat(postbox.taken).hasSize(5);
    Notification last = postbox.taken.getLast();
    assertThat(last.summary()).isTrue();
    assertThat(last.total()).isEqualTo(996);
    assertThat(last.alerts()).hasSize(20);
    assertThat(outbox.count("sent")).isEqualTo(1_000);
    given.alerts.accept(List.of(hit(5_000, "late.example", "10.9.9.9", "AC")));
    assertThat(outbox.sendDue()).isZero();
    given.pass(Duration.ofSeconds(61));
    outbox.sendDue();

    assertThat(postbox.taken).hasSize(6);
  }

  private void tell(int from, int to) {
    for (int i = from; i < to; i++) {
      given.alerts.accept(List.of(hit(i, i + ".example", "10.0.0." + i, "BC")));
    }
  }

  @Test
  void theFuseOverAllChannelsStopsEverythingUntilItsHourIsOverAlsoOverARestart() throws Exception {
    fuses = new Outbox.Fuses(500, 3);
    wire();
    for (int i = 1; i < 10; i++) {
      tell(i, i + 1);
      outbox.sendDue();
    }
    assertThat(postbox.taken).hasSize(3);
    assertThat(outbox.status().blownAt()).isPresent();

    given = given.again();
    wire();
    given.pass(Duration.ofMinutes(59));
    assertThat(outbox.sendDue()).isZero();
    given.pass(Duration.ofMinutes(2));
    assertThat(outbox.status().blownAt()).isEmpty();
    outbox.sendDue();

    assertThat(postbox.taken).hasSize(4);
    assertThat(postbox.taken.getLast().step()).isEqualTo("summary");
    assertThat(postbox.taken.getLast().total()).isEqualTo(6);
    assertThat(outbox.count("waiting")).isZero();
  }

  @Test
  void aPersonMendsTheFuseBeforeItsHourIsOver() throws Exception {
    fuses = new Outbox.Fuses(500, 3);
    wire();
    tell(1, 6);
    outbox.sendDue();
    assertThat(postbox.taken).hasSize(3);

    assertThat(outbox.mend("ayse")).isTrue();
    assertThat(outbox.mend("ayse")).isFalse();
    outbox.sendDue();

    assertThat(postbox.taken).hasSize(4);
    assertThat(postbox.taken.getLast().total()).isEqualTo(2);
    tell(6, 8);
    assertThat(outbox.sendDue()).isEqualTo(2);
  }
}
