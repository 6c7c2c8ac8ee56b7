package tr.emanet.alert;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMessage;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlainMailTest {

  @Test
  void sendsALineToARealServer() throws Exception {
    GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    server.start();
    try {
      PlainMail mail =
          new PlainMail(
              new MailChannel.Config(
                  "127.0.0.1",
                  server.getSmtp().getPort(),
                  MailChannel.Security.NONE,
                  null,
                  "",
                  "",
                  "emanet@belediye.example",
                  List.of("denetim@belediye.example")));

      mail.send(Instant.EPOCH, "emanet-checkpoint 7 kale", "emanet-checkpoint 7 T D\n");

      MimeMessage[] got = server.getReceivedMessages();
      assertThat(got).hasSize(1);
      assertThat(got[0].getSubject()).isEqualTo("emanet-checkpoint 7 kale");
      assertThat(got[0].getContent().toString().strip()).isEqualTo("emanet-checkpoint 7 T D");
    } finally {
      server.stop();
    }
  }
}
