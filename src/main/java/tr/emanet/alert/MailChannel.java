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
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Sends notifications as plain text by SMTP (RFC 5321). {@code Message-ID} is the stable id, so
 * mail programs recognise a repetition. Values from outside are made visible and never start a line
 * of the header. Safe for many threads.
 */
public final class MailChannel implements Channel {

  private static final String MILLIS = "15000";

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
   * @param tls authorities to trust; null: those of the Java runtime
   * @param user empty: no log-in
   * @param password of the user; never shown
   */
  public record Config(
      String host,
      int port,
      Security security,
      @Nullable SSLContext tls,
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
  private final Addressee reader;
  private final Session session;

  /** Wires the channel; connects to nothing yet. */
  public MailChannel(Config config, Addressee reader) {
    this.config = config;
    this.reader = reader;
    this.session = session(config);
  }

  static Session session(Config config) {
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
    SSLContext tls = config.tls();
    if (tls != null) {
      p.put("mail.smtp.ssl.socketFactory", tls.getSocketFactory());
      p.setProperty("mail.smtp.ssl.socketFactory.fallback", "false");
    }
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
    return reader.channel();
  }

  @Override
  public boolean wants(Alert alert, Severity atLeast) {
    return reader.wants(alert, atLeast);
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
    message.setSubject(reader.subject(notification), StandardCharsets.UTF_8.name());
    message.setText(reader.body(notification), StandardCharsets.UTF_8.name());
    message.setHeader("Auto-Submitted", "auto-generated");
    message.setHeader("Content-Language", reader.texts().language().tag());
    return message;
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
