package tr.emanet.alert;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Posts notifications as JSON. {@code Idempotency-Key} carries the stable id; {@code
 * Emanet-Signature: t=SECONDS,v1=HEX} is an HMAC-SHA256 with the shared secret over {@code
 * SECONDS.BODY}, so that a receiver knows sender, content and age. Connects to the very address
 * that was checked; redirects are not followed; the answer's body is not read. Safe for many
 * threads.
 */
public final class WebhookChannel implements Channel {

  private static final Duration WHOLE = Duration.ofSeconds(15);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Config config;
  private final Addressee reader;
  private final OutboundAddress allowed;
  private final InstantSource clock;
  private final PinnedPost post;

  /**
   * Where to post.
   *
   * @param target http or https, without user information
   * @param secret shared with the receiver; empty: unsigned
   * @param tls authorities to trust; null: those of the Java runtime
   */
  public record Config(URI target, byte[] secret, @Nullable SSLContext tls) {

    /**
     * @throws IllegalArgumentException when it is no such address
     */
    public Config {
      if (!isAddress(target)) {
        throw new IllegalArgumentException("a webhook is https://host/path without a user");
      }
      secret = secret.clone();
    }

    @Override
    public byte[] secret() {
      return secret.clone();
    }

    /** Whether a webhook can be there. */
    public static boolean isAddress(URI target) {
      return target.getHost() != null
          && target.getUserInfo() == null
          && ("https".equals(target.getScheme()) || "http".equals(target.getScheme()));
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Config that
          && target.equals(that.target)
          && Arrays.equals(secret, that.secret);
    }

    @Override
    public int hashCode() {
      return target.hashCode();
    }

    /** The path may be a secret of its own. */
    @Override
    public String toString() {
      return target.getHost();
    }
  }

  public WebhookChannel(
      Config config, Addressee reader, OutboundAddress allowed, InstantSource clock) {
    this(config, reader, allowed, clock, WHOLE, null);
  }

  /**
   * @param proxy through which it leaves; null: directly
   */
  public WebhookChannel(
      Config config,
      Addressee reader,
      OutboundAddress allowed,
      InstantSource clock,
      @Nullable InetSocketAddress proxy) {
    this(config, reader, allowed, clock, WHOLE, proxy);
  }

  /**
   * @param whole time for one delivery
   */
  WebhookChannel(
      Config config,
      Addressee reader,
      OutboundAddress allowed,
      InstantSource clock,
      Duration whole) {
    this(config, reader, allowed, clock, whole, null);
  }

  private WebhookChannel(
      Config config,
      Addressee reader,
      OutboundAddress allowed,
      InstantSource clock,
      Duration whole,
      @Nullable InetSocketAddress proxy) {
    this.config = config;
    this.reader = reader;
    this.allowed = allowed;
    this.clock = clock;
    SSLContext tls = config.tls();
    SSLSocketFactory runtime = (SSLSocketFactory) SSLSocketFactory.getDefault();
    this.post = new PinnedPost(tls == null ? runtime : tls.getSocketFactory(), whole, proxy);
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
    URI target = config.target();
    byte[] body = JSON.writeValueAsBytes(body(notification));
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/json");
    headers.put("User-Agent", "emanet");
    headers.put("Idempotency-Key", notification.id());
    if (config.secret().length > 0) {
      headers.put("Emanet-Signature", signature(clock.instant().getEpochSecond(), body));
    }
    String host = target.getHost();
    int status = post.send(target, allowed.resolve(PinnedPost.bare(host)), headers, body);
    if (status >= 200 && status < 300) {
      return;
    }
    String problem = host + " answered " + status;
    if (status >= 300 && status < 400) {
      throw new Rejected(problem + " to elsewhere, which is never followed; correct the address");
    }
    if (status < 500 && status != 408 && status != 425 && status != 429) {
      throw new Rejected(problem + "; check address and secret of the webhook");
    }
    throw new IOException(problem);
  }

  private String signature(long seconds, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(config.secret(), "HmacSHA256"));
      mac.update((seconds + ".").getBytes(StandardCharsets.US_ASCII));
      return "t=" + seconds + ",v1=" + HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has HmacSHA256", e);
    }
  }

  private Map<String, Object> body(Notification notification) {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("id", notification.id());
    out.put("step", notification.step());
    out.put("total", notification.total());
    out.put("created_at", notification.createdAt().toString());
    out.put("text", reader.subject(notification));
    out.put("alerts", notification.alerts().stream().map(this::body).toList());
    return out;
  }

  private Map<String, Object> body(Alert alert) {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("number", alert.number());
    out.put("kind", alert.kind().id());
    out.put("severity", alert.severity().id());
    out.put("state", alert.state().id());
    out.put("key", reader.plain(alert.key()));
    out.put("asset", reader.plain(alert.asset()));
    out.put("hits", alert.hits());
    out.put("last_at", alert.lastAt().toString());
    if (!reader.baseUrl().isEmpty()) {
      out.put("url", reader.link(alert));
    }
    return out;
  }
}
