package tr.emanet.alert;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tr.emanet.crypto.PrivateFiles;
import tr.emanet.event.Role;
import tr.emanet.web.Language;

/**
 * Who is told of alerts, and how. Immutable.
 *
 * @param baseUrl of the web interface, for links; empty: no links
 * @param perMinute fuse of each channel, 2 to 600
 * @param perHour fuse of all channels together, 2 to 10000
 * @param proxy {@code host:port} through which webhooks leave; empty: directly
 * @param insideHosts hosts of webhooks that may have an address inside
 */
public record NotifyConfig(
    String baseUrl,
    int perMinute,
    int perHour,
    String proxy,
    Mail mail,
    List<Webhook> webhooks,
    List<String> insideHosts) {

  private static final int MOST = 50;
  private static final Pattern PROXY = Pattern.compile("([A-Za-z0-9._-]{1,253}):([0-9]{1,5})");

  /** What is wrong with one key. */
  public record Problem(String key, String problem) {}

  public NotifyConfig {
    webhooks = List.copyOf(webhooks);
    insideHosts = List.copyOf(insideHosts);
  }

  /**
   * Mail.
   *
   * @param host empty: off
   * @param security {@code starttls}, {@code tls}, or {@code none} for a server on this machine
   * @param caFile PEM file with the only authorities to trust; empty: those of the Java runtime
   * @param credentialsFile first line user, second line password; empty: no log-in
   */
  public record Mail(
      String host,
      int port,
      String security,
      String caFile,
      String credentialsFile,
      String from,
      List<Recipient> recipients) {
    public Mail {
      recipients = List.copyOf(recipients);
    }

    public boolean enabled() {
      return !host.isEmpty();
    }

    boolean here() {
      return host.equals("localhost") || host.startsWith("127.") || host.equals("::1");
    }
  }

  /**
   * Somebody who gets mail.
   *
   * @param language {@code tr} or {@code en}; null: tr
   * @param atLeast milder alerts are not told; null: as the policy says
   * @param role what may be read: analyst, auditor or administrator; null: auditor
   */
  public record Recipient(
      String to, @Nullable String language, @Nullable String atLeast, @Nullable String role) {
    public Recipient {
      // --set may leave it out.
      to = Objects.requireNonNullElse(to, "");
    }
  }

  /**
   * A program that is told.
   *
   * @param secretFile holds the key of the signature; null or empty: unsigned
   * @param caFile PEM file with the only authorities to trust; null or empty: those of the runtime
   */
  public record Webhook(
      String name,
      @Nullable String url,
      @Nullable String secretFile,
      @Nullable String caFile,
      @Nullable String language,
      @Nullable String atLeast,
      @Nullable String role) {
    public Webhook {
      name = Objects.requireNonNullElse(name, "");
    }

    /** Where it is; checked before. */
    public URI uri() {
      return URI.create(Objects.requireNonNullElse(url, ""));
    }
  }

  /** The language of a reader. */
  public static Language language(@Nullable String text) {
    return "en".equals(text) ? Language.EN : Language.TR;
  }

  /** The least severity of a reader; empty: as the policy says. */
  public static Optional<Severity> atLeast(@Nullable String text) {
    return text == null ? Optional.empty() : Severity.named(text);
  }

  /** What a reader may see. */
  public static Role role(@Nullable String text) {
    return switch (Objects.requireNonNullElse(text, "")) {
      case "analyst" -> Role.ANALYST;
      case "administrator" -> Role.ADMINISTRATOR;
      default -> Role.AUDITOR;
    };
  }

  /** The proxy of webhooks, its name not yet asked for. */
  public Optional<InetSocketAddress> proxyAddress() {
    Matcher parts = PROXY.matcher(proxy);
    if (!parts.matches()) {
      return Optional.empty();
    }
    int port = Integer.parseInt(parts.group(2));
    return port < 1 || port > 65_535
        ? Optional.empty()
        : Optional.of(InetSocketAddress.createUnresolved(parts.group(1), port));
  }

  /** The links' base without a slash at its end. */
  public String base() {
    return baseUrl.replaceFirst("/+$", "");
  }

  /** Everything that is wrong, secrets and certificates included. */
  public List<Problem> problems() {
    List<Problem> out = new ArrayList<>();
    if (!baseUrl.isEmpty() && !web(baseUrl)) {
      out.add(
          new Problem("baseUrl", "'" + baseUrl + "' is no address; write https://emanet.example"));
    }
    if (perMinute < 2 || perMinute > 600) {
      out.add(new Problem("perMinute", perMinute + " is not between 2 and 600"));
    }
    if (perHour < 2 || perHour > 10_000) {
      out.add(new Problem("perHour", perHour + " is not between 2 and 10000"));
    }
    if (!proxy.isEmpty() && proxyAddress().isEmpty()) {
      out.add(new Problem("proxy", "'" + proxy + "' is no proxy; write host:port"));
    }
    for (String host : insideHosts) {
      if (!host.matches("[A-Za-z0-9.:_-]{1,253}")) {
        out.add(new Problem("insideHosts", "'" + host + "' is no host; write hook.example"));
      }
    }
    mail(out);
    webhooks(out);
    return out;
  }

  private void mail(List<Problem> out) {
    if (!Set.of("none", "starttls", "tls").contains(mail.security)) {
      out.add(new Problem("mail.security", "'" + mail.security + "' is not none, starttls or tls"));
    }
    file(out, "mail.caFile", mail.caFile);
    secret(out, "mail.credentialsFile", mail.credentialsFile, 2);
    if (!mail.enabled()) {
      if (!mail.recipients.isEmpty()) {
        out.add(new Problem("mail.host", "is empty although there are recipients; name a server"));
      }
      return;
    }
    if (!mail.host.matches("[A-Za-z0-9.:_-]{1,253}")) {
      out.add(new Problem("mail.host", "'" + mail.host + "' is no host; write mail.example"));
    }
    if (mail.port < 1 || mail.port > 65_535) {
      out.add(new Problem("mail.port", mail.port + " is not between 1 and 65535"));
    }
    if (mail.security.equals("none") && !mail.here()) {
      out.add(
          new Problem(
              "mail.security",
              "none sends alerts in clear and is for a server on this machine only; use starttls,"
                  + " with caFile when its certificate is your own"));
    }
    if (!address(mail.from)) {
      out.add(
          new Problem("mail.from", "'" + mail.from + "' is no address; write some@bel.example"));
    }
    if (mail.recipients.isEmpty() || mail.recipients.size() > MOST) {
      out.add(new Problem("mail.recipients", "give 1 to " + MOST + " recipients"));
    }
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < mail.recipients.size(); i++) {
      Recipient one = mail.recipients.get(i);
      String at = "mail.recipients[" + i + "].";
      if (!address(one.to) || !seen.add(one.to)) {
        out.add(new Problem(at + "to", "'" + one.to + "' is no address, or stands twice"));
      }
      reader(out, at, one.language, one.atLeast, one.role);
    }
  }

  private void webhooks(List<Problem> out) {
    if (webhooks.size() > MOST) {
      out.add(new Problem("webhooks", "give at most " + MOST));
    }
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < webhooks.size(); i++) {
      Webhook one = webhooks.get(i);
      String at = "webhooks[" + i + "].";
      if (!one.name.matches("[a-z0-9][a-z0-9-]{0,31}") || !seen.add(one.name)) {
        out.add(
            new Problem(
                at + "name", "'" + one.name + "' is taken or no name; use a-z, 0-9 and hyphens"));
      }
      if (one.url == null || !web(one.url)) {
        // The path may be a secret.
        out.add(new Problem(at + "url", "is no address; write https://host/path without a user"));
      }
      secret(out, at + "secretFile", Objects.requireNonNullElse(one.secretFile, ""), 1);
      file(out, at + "caFile", Objects.requireNonNullElse(one.caFile, ""));
      reader(out, at, one.language, one.atLeast, one.role);
    }
  }

  private static void reader(
      List<Problem> out,
      String at,
      @Nullable String language,
      @Nullable String atLeast,
      @Nullable String role) {
    if (language != null && !Set.of("tr", "en").contains(language)) {
      out.add(new Problem(at + "language", "'" + language + "' is not tr or en"));
    }
    if (atLeast != null && Severity.named(atLeast).isEmpty()) {
      out.add(
          new Problem(at + "atLeast", "'" + atLeast + "' is not low, medium, high or critical"));
    }
    if (role != null && !Set.of("analyst", "auditor", "administrator").contains(role)) {
      out.add(new Problem(at + "role", "'" + role + "' is not analyst, auditor or administrator"));
    }
  }

  private static boolean address(String text) {
    return text.length() <= 254
        && text.matches("[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*");
  }

  private static boolean web(String text) {
    try {
      URI uri = new URI(text);
      return uri.getRawFragment() == null && WebhookChannel.Config.isAddress(uri);
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static void file(List<Problem> out, String key, String file) {
    if (!file.isEmpty() && !Files.isReadable(Path.of(file))) {
      out.add(new Problem(key, "'" + file + "' cannot be read; name a PEM file"));
    }
  }

  private static void secret(List<Problem> out, String key, String file, int lines) {
    if (file.isEmpty()) {
      return;
    }
    try {
      if (lines(Path.of(file)).size() < lines) {
        out.add(
            new Problem(
                key,
                lines == 1
                    ? "'" + file + "' is empty; write the secret into it"
                    : "'" + file + "' must hold the user and below it the password"));
      }
    } catch (IOException e) {
      out.add(new Problem(key, String.valueOf(e.getMessage())));
    }
  }

  /** The lines of a secret file that are not blank. */
  public static List<String> lines(Path file) throws IOException {
    return new String(PrivateFiles.read(file), java.nio.charset.StandardCharsets.UTF_8)
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .toList();
  }
}
