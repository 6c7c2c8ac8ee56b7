package tr.emanet.alert;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;

/** Sends single messages that are no alerts, over the same server. Safe for many threads. */
public final class PlainMail {

  private final MailChannel.Config config;
  private final Session session;

  /** Connects to nothing yet. */
  public PlainMail(MailChannel.Config config) {
    this.config = config;
    this.session = MailChannel.session(config);
  }

  /** Returns when the server has taken it. */
  public void send(Instant at, String subject, String text) throws IOException {
    try {
      MimeMessage message = new MimeMessage(session);
      message.setFrom(new InternetAddress(config.from(), true));
      for (String to : config.to()) {
        message.addRecipient(Message.RecipientType.TO, new InternetAddress(to, true));
      }
      message.setSentDate(Date.from(at));
      message.setSubject(subject, StandardCharsets.UTF_8.name());
      message.setText(text, StandardCharsets.UTF_8.name());
      message.setHeader("Auto-Submitted", "auto-generated");
      Transport.send(message);
    } catch (MessagingException e) {
      throw new IOException(config.host() + ": " + e.getMessage(), e);
    }
  }
}
