package tr.emanet.alert;

import jakarta.mail.Authenticator;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import tr.emanet.web.Texts;
import tr.emanet.web.Visible;

/**
 * Sends notifications as plain text by SMTP (RFC 5321). {@code Message-ID} is the stable id, so
 * mail programs recognise a repetition. Values from outside are made visible and never start a line
 * of the header. Safe for many threads.
 */
public final class MailChannel implements Channel {

  private static final String MILLIS = "15000";
  private static final int MAX_VALUE = 300;

  /** How the connection is protected. */
  public enum Security {
    /** In clear: only for a server on this machine. */
    NONE,
    /** STARTTLS; refused when the server does not offer it. */
    STARTTLS,
    /** TLS from the first byte. */
    TLS
  }

  /**
   * Where mail goes.
   *
   * @param user empty: no log-in
   * @param password of the user; never shown
   */
  public record Config(
      String host,
      int port,
      Security security,
      String user,
      String password,
      String from,
      List<String> to) {
    public Config {
      to = List.copyOf(to);
    }

    @Override
    public String toString() {
      return host + ":" + port + " " + security;
    }
  }

  private final Config config;
  private final Texts texts;
  private final String baseUrl;
  private final Session session;

  /**
   * Wires the channel; connects to nothing yet.
   *
   * @param texts in the language of the readers
   * @param baseUrl of the web interface, without a slash at the end; empty: no links
   */
  public MailChannel(Config config, Texts texts, String baseUrl) {
    this.config = config;
    this.texts = texts;
    this.baseUrl = baseUrl;
    this.session = session(config);
  }

  private static Session session(Config config) {
    Properties p = new Properties();
    p.setProperty("mail.transport.protocol", "smtp");
    p.setProperty("mail.smtp.host", config.host());
    p.setProperty("mail.smtp.port", Integer.toString(config.port()));
    p.setProperty("mail.smtp.connectiontimeout", MILLIS);
    p.setProperty("mail.smtp.timeout", MILLIS);
    p.setProperty("mail.smtp.writetimeout", MILLIS);
    p.setProperty(
        "mail.smtp.starttls.enable", Boolean.toString(config.security() == Security.STARTTLS));
    p.setProperty(
        "mail.smtp.starttls.required", Boolean.toString(config.security() == Security.STARTTLS));
    p.setProperty("mail.smtp.ssl.enable", Boolean.toString(config.security() == Security.TLS));
    p.setProperty("mail.smtp.ssl.checkserveridentity", "true");
    p.setProperty("mail.smtp.auth", Boolean.toString(!config.user().isEmpty()));
    return Session.getInstance(
        p,
        new Authenticator() {
          @Override
          protected @Nullable PasswordAuthentication getPasswordAuthentication() {
            return config.user().isEmpty()
                ? null
                : new PasswordAuthentication(config.user(), config.password());
          }
        });
  }

  @Override
  public String name() {
    return "mail";
  }

  @Override
  public void send(Notification notification) throws IOException {
    try {
      Transport.send(message(notification));
    } catch (AddressException e) {
      throw new Rejected("mail: '" + e.getRef() + "' is no address; correct sender and recipients");
    } catch (SendFailedException e) {
      if (e.getInvalidAddresses() != null && e.getInvalidAddresses().length > 0) {
        throw new Rejected(config.host() + " refuses the recipients: " + e.getMessage());
      }
      throw new IOException(config.host() + ": " + e.getMessage(), e);
    } catch (MessagingException e) {
      throw new IOException(config.host() + ": " + e.getMessage(), e);
    }
  }

  private MimeMessage message(Notification notification) throws MessagingException {
    MimeMessage message = new Identified(session, notification.id());
    message.setFrom(new InternetAddress(config.from(), true));
    for (String to : config.to()) {
      message.addRecipient(Message.RecipientType.TO, new InternetAddress(to, true));
    }
    message.setSentDate(Date.from(notification.createdAt()));
    message.setSubject(subject(notification), StandardCharsets.UTF_8.name());
    message.setText(body(notification), StandardCharsets.UTF_8.name());
    message.setHeader("Auto-Submitted", "auto-generated");
    return message;
  }

  private String step(Notification notification) {
    String word = notification.step().split("-", 2)[0];
    return texts.get("alert.mail.step." + word, notification.total());
  }

  private String subject(Notification notification) {
    if (notification.summary() || notification.alerts().isEmpty()) {
      return step(notification);
    }
    Alert alert = notification.alerts().getFirst();
    return texts.get("alert.mail.subject", severity(alert), step(notification), shown(alert.key()));
  }

  private String body(Notification notification) {
    StringBuilder out = new StringBuilder();
    for (Alert alert : notification.alerts()) {
      out.append(
              texts.get(
                  "alert.mail.body",
                  shown(alert.key()),
                  alert.number(),
                  severity(alert),
                  shown(alert.asset()),
                  alert.hits(),
                  texts.formats().dateTime(alert.lastAt())))
          .append(baseUrl.isEmpty() ? "" : baseUrl + "/alerts/" + alert.number() + "\n")
          .append('\n');
    }
    return out.toString();
  }

  private String severity(Alert alert) {
    return texts.get("alert.severity." + alert.severity().id());
  }

  private static String shown(String value) {
    return Hit.cut(Visible.plain(value), MAX_VALUE);
  }

  /** Keeps its own id where the library would make one. */
  private static final class Identified extends MimeMessage {
    private final String id;

    Identified(Session session, String id) {
      super(session);
      this.id = id;
    }

    @Override
    protected void updateMessageID() throws MessagingException {
      setHeader("Message-ID", "<" + id + ">");
    }
  }
}
