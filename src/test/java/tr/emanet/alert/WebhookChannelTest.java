package tr.emanet.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookChannelTest {

  private static final Notification NEWS =
      new Notification("A-2026-0001.opened@emanet.example", "opened", List.of(), 1, Instant.EPOCH);

  private final List<String> taken = Collections.synchronizedList(new ArrayList<>());
  private HttpServer server;
  private volatile int status = 204;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          taken.add(
              exchange.getRequestHeaders().getFirst("Idempotency-Key")
                  + " "
                  + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.getResponseHeaders().add("Location", "/elsewhere");
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private WebhookChannel channel(Set<String> listed) {
    return new WebhookChannel(
        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook"),
        new OutboundAddress(listed));
  }

  @Test
  void postsTheStableIdWithTheNotification() throws Exception {
    try (WebhookChannel channel = channel(Set.of("127.0.0.1"))) {
      channel.send(NEWS);
    }

    assertThat(taken).hasSize(1);
    assertThat(taken.getFirst())
        .startsWith(NEWS.id() + " {\"id\":\"" + NEWS.id() + "\",\"step\":\"opened\"");
  }

  @Test
  void refusesToReachInsideUnlessTheHostIsListed() {
    try (WebhookChannel channel = channel(Set.of("other.example"))) {
      assertThatThrownBy(() -> channel.send(NEWS))
          .isInstanceOf(Channel.Rejected.class)
          .hasMessageContaining("list the host");
    }
    assertThat(taken).isEmpty();
  }

  @Test
  void followsNoRedirectAndTellsWhatMayWorkLater() {
    try (WebhookChannel channel = channel(Set.of("127.0.0.1"))) {
      status = 302;
      assertThatThrownBy(() -> channel.send(NEWS)).isInstanceOf(Channel.Rejected.class);
      status = 503;
      assertThatThrownBy(() -> channel.send(NEWS))
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(Channel.Rejected.class);
    }
    assertThat(taken).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "198.18.0.1",
        "192.0.0.1",
        "::1",
        "::",
        "fe80::1",
        "fc00::1",
        "fd12::1",
        "ff02::1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "::ffff:127.0.0.1",
        "::127.0.0.1"
      })
  void knowsEveryAddressThatIsInside(String text) throws Exception {
    assertThat(OutboundAddress.isInside(InetAddress.getByName(text))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"93.184.216.34", "8.8.8.8", "2a00:1450::1", "100.128.0.1"})
  void letsTheOpenInternetBe(String text) throws Exception {
    assertThat(OutboundAddress.isInside(InetAddress.getByName(text))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:///etc/passwd", "ftp://a.example/", "https://u:p@a.example/", "x"})
  void takesOnlyWebAddresses(String text) {
    assertThatThrownBy(() -> new WebhookChannel(URI.create(text), new OutboundAddress(Set.of())))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
