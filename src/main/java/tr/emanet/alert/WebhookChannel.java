package tr.emanet.alert;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Posts notifications as JSON. The header {@code Idempotency-Key} carries the stable id; redirects
 * are not followed; the answer's body is not read. Safe for many threads.
 */
public final class WebhookChannel implements Channel, AutoCloseable {

  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(15);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final URI target;
  private final OutboundAddress allowed;
  private final HttpClient client;

  /**
   * @param target http or https, without user information
   * @throws IllegalArgumentException when it is no such address
   */
  public WebhookChannel(URI target, OutboundAddress allowed) {
    String scheme = String.valueOf(target.getScheme());
    if (target.getHost() == null
        || target.getUserInfo() != null
        || !scheme.equals("https") && !scheme.equals("http")) {
      throw new IllegalArgumentException(
          "webhook '" + target + "': write https://host/path without a user");
    }
    this.target = target;
    this.allowed = allowed;
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
  }

  @Override
  public String name() {
    return "webhook";
  }

  @Override
  public void send(Notification notification) throws IOException, InterruptedException {
    String host = target.getHost();
    allowed.check(host.startsWith("[") ? host.substring(1, host.length() - 1) : host);
    HttpRequest request =
        HttpRequest.newBuilder(target)
            .timeout(ANSWER)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", notification.id())
            .POST(
                HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body(notification))))
            .build();
    int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    if (status >= 200 && status < 300) {
      return;
    }
    String problem = target.getHost() + " answered " + status;
    if (status >= 300 && status < 500 && status != 408 && status != 425 && status != 429) {
      throw new Rejected(problem + "; check the address of the webhook");
    }
    throw new IOException(problem);
  }

  static Map<String, Object> body(Notification notification) {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("id", notification.id());
    out.put("step", notification.step());
    out.put("total", notification.total());
    out.put("created_at", notification.createdAt().toString());
    out.put("alerts", notification.alerts().stream().map(WebhookChannel::body).toList());
    return out;
  }

  private static Map<String, Object> body(Alert alert) {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("number", alert.number());
    out.put("severity", alert.severity().id());
    out.put("state", alert.state().id());
    out.put("key", alert.key());
    out.put("asset", alert.asset());
    out.put("hits", alert.hits());
    out.put("last_at", alert.lastAt().toString());
    return out;
  }

  @Override
  public void close() {
    client.shutdownNow();
    client.close();
  }
}
