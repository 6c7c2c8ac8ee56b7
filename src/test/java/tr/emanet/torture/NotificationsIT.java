package tr.emanet.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A kill while a receiver has a notification in its hands: every alert is told at least once, and
 * what is told twice has the same id.
 */
class NotificationsIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int ALERTS = 30;
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path directory;
  private final Map<String, AtomicInteger> deliveries = new ConcurrentHashMap<>();
  private final Map<String, String> alertOfId = new ConcurrentHashMap<>();
  private final CountDownLatch inHand = new CountDownLatch(1);
  private final CountDownLatch killed = new CountDownLatch(1);
  private HttpServer receiver;

  @BeforeEach
  void listen() throws IOException {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext("/", this::take);
    receiver.setExecutor(java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor());
    receiver.start();
  }

  @AfterEach
  void stop() {
    killed.countDown();
    receiver.stop(0);
  }

  /** Takes everything; has the fifth in its hands while the sender dies. */
  private void take(HttpExchange exchange) throws IOException {
    String id = exchange.getRequestHeaders().getFirst("Idempotency-Key");
    JsonNode body = JSON.readTree(exchange.getRequestBody());
    alertOfId.put(id, body.path("alerts").path(0).path("number").asText());
    deliveries.computeIfAbsent(id, key -> new AtomicInteger()).incrementAndGet();
    if (deliveries.size() == 5 && inHand.getCount() > 0) {
      inHand.countDown();
      try {
        boolean ignored = killed.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    exchange.sendResponseHeaders(204, -1);
    exchange.close();
  }

  @Test
  void tellsEveryAlertAcrossAKillAndRepeatsOnlyUnderTheSameId() throws Exception {
    String url = "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook";
    List<String> settings =
        List.of(
            "notify.perMinute=600",
            "notify.insideHosts=[127.0.0.1]",
            "notify.webhooks=[{name: deneme, url: '" + url + "', atLeast: low}]");
    Path state = directory.resolve("state");
    try (Emanet service = new Emanet(state, directory.resolve("log"), settings, List.of())) {
      service.start();
      importValues(service, state);
      sendLines(service);
      assertThat(inHand.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();

      service.kill();
      killed.countDown();
      service.start();

      await()
          .atMost(PATIENCE)
          .until(() -> alertOfId.values().stream().distinct().count() == ALERTS);
      await().atMost(PATIENCE).until(() -> waiting(service) == 0);
      assertThat(service.api().alerts()).hasSize(ALERTS);
      assertThat(deliveries.keySet()).hasSize(ALERTS).allMatch(id -> id.contains(".opened@"));
      assertThat(deliveries.values().stream().mapToInt(AtomicInteger::get).filter(n -> n > 1))
          .hasSizeLessThanOrEqualTo(1);
      JsonNode channel = service.api().status().path("notifications").path("channels").path(0);
      assertThat(channel.path("sent").asInt()).isEqualTo(ALERTS);
      assertThat(channel.path("failed").asInt()).isZero();
    }
  }

  private static int waiting(Emanet service) throws IOException, InterruptedException {
    return service
        .api()
        .status()
        .path("notifications")
        .path("channels")
        .path(0)
        .path("waiting")
        .asInt();
  }

  private static void importValues(Emanet service, Path state) throws Exception {
    StringBuilder list = new StringBuilder();
    for (int i = 0; i < ALERTS; i++) {
      list.append("kotu").append(i).append(".example\n");
    }
    Path spool = Files.createDirectories(state.resolve("spool"));
    Files.writeString(spool.resolve("import-0123456789abcdef"), list);
    String body = "{\"file\":\"import-0123456789abcdef\",\"format\":\"plain\"}";
    assertThat(service.api().post("/api/v1/feeds/deneme/import", body)).isEqualTo(200);
  }

  private static void sendLines(Emanet service) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(service.address("syslog_tcp"));
      for (int i = 0; i < ALERTS; i++) {
        String line = "<30>1 - pc" + i + " app - - - kotu" + i + ".example istendi\n";
        socket.getOutputStream().write(line.getBytes(StandardCharsets.UTF_8));
      }
    }
  }
}
