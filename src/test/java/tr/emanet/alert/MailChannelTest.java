package tr.emanet.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tr.emanet.web.Language;

class MailChannelTest {

  @TempDir Path state;

  private static MailChannel channel(int port) {
    return new MailChannel(
        new MailChannel.Config(
            "127.0.0.1",
            port,
            MailChannel.Security.NONE,
            null,
            "",
            "",
            "emanet@belediye.example",
            List.of("some@belediye.example")),
        AlertsFixture.reader("mail:some@belediye.example", Language.TR, false));
  }

  @Test
  void sendsFromTheOutboxToARealServerOnceAndWithoutForgedHeaders() throws Exception {
    GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    server.start();
    try (AlertsFixture given = new AlertsFixture(state)) {
      MailChannel mail = channel(server.getSmtp().getPort());
      Outbox outbox =
          new Outbox(
              given.database, List.of(mail), "emanet.example", new Outbox.Fuses(10, 1_000), given);
      Alerts alerts =
          Alerts.withOutbox(
              given.database,
              given.audit,
              Policies.fixed(Policy.SHIPPED),
              Map::of,
              AlertsFixture.ZONE,
              outbox);
      alerts.accept(
          List.of(
              AlertsFixture.hit(1, "x.example\r\nBcc: a@b.example\r\n\r\nİç", "pc\u202e1", "BC")));

      outbox.sendDue();
      outbox.sendDue();

      MimeMessage[] got = server.getReceivedMessages();
      assertThat(got).hasSize(1);
      assertThat(got[0].getMessageID()).isEqualTo("<A-2026-0001.opened@emanet.example>");
      assertThat(got[0].getHeader("Bcc")).isNull();
      assertThat(got[0].getSubject())
          .contains("[Yüksek] Yeni alarm: Botnet komuta kontrol alan adı: x.example", "\\r\\nBcc");
      assertThat(got[0].getContent().toString())
          .contains("U+202E", "https://emanet.example/alerts/A-2026-0001", "İç");
    } finally {
      server.stop();
    }
  }

  @Test
  void saysThatTheServerIsAwaySoThatItIsTriedAgain() {
    Notification news = new Notification("a@b", "summary", List.of(), 3, AlertsFixture.START);

    assertThatThrownBy(() -> channel(1).send(news))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(Channel.Rejected.class)
        .hasMessageContaining("127.0.0.1");
  }

  @Test
  void hidesOwnAddressesFromReadersThatMayNotSeeThem() throws Exception {
    GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    server.start();
    try (AlertsFixture given = new AlertsFixture(state)) {
      given.alerts.accept(List.of(AlertsFixture.hit(1, "x.example", "10.0.0.7", "BC")));
      MailChannel.Config config =
          new MailChannel.Config(
              "127.0.0.1",
              server.getSmtp().getPort(),
              MailChannel.Security.NONE,
              null,
              "",
              "",
              "emanet@belediye.example",
              List.of("some@belediye.example"));
      MailChannel mail = new MailChannel(config, AlertsFixture.reader("mail:x", Language.EN, true));

      mail.send(new Notification("a@b", "opened", List.of(given.only()), 1, AlertsFixture.START));

      MimeMessage got = server.getReceivedMessages()[0];
      assertThat(got.getContent().toString()).doesNotContain("10.0.0.7").contains("Asset: adres-");
      assertThat(got.getHeader("Content-Language")).containsExactly("en");
    } finally {
      server.stop();
    }
  }
}
