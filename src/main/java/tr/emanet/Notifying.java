package tr.emanet;

import io.dropwizard.core.setup.Environment;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import tr.emanet.alert.Addressee;
import tr.emanet.alert.Channel;
import tr.emanet.alert.MailChannel;
import tr.emanet.alert.NotifyConfig;
import tr.emanet.alert.OutboundAddress;
import tr.emanet.alert.Outbox;
import tr.emanet.alert.OutboxStatus;
import tr.emanet.alert.WebhookChannel;
import tr.emanet.alert.http.FuseResource;
import tr.emanet.alert.http.NotificationsResource;
import tr.emanet.alert.http.ResendResource;
import tr.emanet.audit.AuditLog;
import tr.emanet.event.Role;
import tr.emanet.indicator.FeedException;
import tr.emanet.indicator.feed.Authorities;
import tr.emanet.search.Masking;
import tr.emanet.web.Shells;
import tr.emanet.web.TextCatalog;

/** Notifications, wired: channels as configured, and the outbox that feeds them. */
final class Notifying implements Closeable {

  private final Outbox outbox;
  private final AuditLog audit;

  private Notifying(Outbox outbox, AuditLog audit) {
    this.outbox = outbox;
    this.audit = audit;
  }

  /** Makes the channels; nothing is sent before {@link #install}. */
  static Notifying open(Detection.Parts parts) {
    Settings settings = parts.settings();
    InstantSource clock = parts.clock();
    NotifyConfig config = settings.notification();
    try {
      List<Channel> channels = new ArrayList<>();
      Masking masking =
          new Masking(
              settings.search().ownNetworks(), MaskingKey.of(parts.state().keys(), parts.random()));
      TextCatalog texts = new TextCatalog(List.of("web", "indicator", "alert"), settings.zoneId());
      Voices voices = new Voices(config, texts, masking);
      for (NotifyConfig.Recipient one : config.mail().recipients()) {
        Addressee reader = voices.of("mail:" + one.to(), one.language(), one.atLeast(), one.role());
        channels.add(new MailChannel(mail(config.mail(), one.to()), reader));
      }
      OutboundAddress allowed = new OutboundAddress(Set.copyOf(config.insideHosts()));
      for (NotifyConfig.Webhook one : config.webhooks()) {
        Addressee reader =
            voices.of("webhook:" + one.name(), one.language(), one.atLeast(), one.role());
        channels.add(
            new WebhookChannel(
                webhook(one), reader, allowed, clock, config.proxyAddress().orElse(null)));
      }
      Outbox outbox =
          new Outbox(
              parts.database(),
              channels,
              appliance(config),
              new Outbox.Fuses(config.perMinute(), config.perHour()),
              clock);
      return new Notifying(outbox, parts.audit());
    } catch (IOException e) {
      // The configuration was checked when it was read: the file has changed since.
      throw new IllegalStateException("notify: " + e.getMessage(), e);
    }
  }

  /** Makes readers. */
  private record Voices(NotifyConfig config, TextCatalog texts, Masking masking) {

    Addressee of(
        String channel,
        @Nullable String language,
        @Nullable String atLeast,
        @Nullable String roleName) {
      Role role = NotifyConfig.role(roleName);
      return new Addressee(
          channel,
          NotifyConfig.atLeast(atLeast),
          role == Role.ADMINISTRATOR,
          role == Role.ANALYST ? text -> text : text -> masking.shown("message", text, List.of()),
          texts.in(NotifyConfig.language(language)),
          config.base());
    }
  }

  static MailChannel.Config mail(NotifyConfig.Mail mail, String to) throws IOException {
    List<String> credentials =
        mail.credentialsFile().isEmpty()
            ? List.of("", "")
            : NotifyConfig.lines(Path.of(mail.credentialsFile()));
    return new MailChannel.Config(
        mail.host(),
        mail.port(),
        MailChannel.Security.valueOf(mail.security().toUpperCase(Locale.ROOT)),
        tls(mail.caFile()),
        credentials.get(0),
        credentials.get(1),
        mail.from(),
        List.of(to));
  }

  private static WebhookChannel.Config webhook(NotifyConfig.Webhook webhook) throws IOException {
    String secret = Objects.requireNonNullElse(webhook.secretFile(), "");
    return new WebhookChannel.Config(
        webhook.uri(),
        secret.isEmpty()
            ? new byte[0]
            : NotifyConfig.lines(Path.of(secret)).getFirst().getBytes(StandardCharsets.UTF_8),
        tls(Objects.requireNonNullElse(webhook.caFile(), "")));
  }

  private static @Nullable SSLContext tls(String caFile) throws IOException {
    try {
      return caFile.isEmpty() ? null : Authorities.of(Path.of(caFile));
    } catch (FeedException e) {
      throw new IOException(e.detail(), e);
    }
  }

  /** Stable name of this machine in the ids of messages. */
  private static String appliance(NotifyConfig config) {
    String host = config.base().isEmpty() ? "" : URI.create(config.base()).getHost();
    String name = host.isEmpty() ? MachineName.all().stream().findFirst().orElse("") : host;
    String clean = name.replaceAll("[^A-Za-z0-9.-]", "");
    return clean.isEmpty() ? "emanet" : clean;
  }

  /** Takes notifications inside the transaction of an alert. */
  Outbox outbox() {
    return outbox;
  }

  /** For the system page. */
  OutboxStatus status() {
    return outbox.status();
  }

  /** Offers the API, and sends what waits from now on. */
  void install(Environment environment, Shells shells) {
    NotificationsResource api = new NotificationsResource(outbox, audit, shells);
    environment.jersey().register(api);
    environment.jersey().register(new FuseResource(api));
    environment.jersey().register(new ResendResource(api));
    outbox.start();
  }

  /** Stops sending; what waits stays stored. Before the store closes. */
  @Override
  public void close() {
    outbox.close();
  }
}
