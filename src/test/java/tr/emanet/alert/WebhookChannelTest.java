package tr.emanet.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tr.emanet.crypto.ServerCertificate;
import tr.emanet.web.Language;

class WebhookChannelTest {

  private static final Notification NEWS =
      new Notification("A-2026-0001.opened@emanet.example", "opened", List.of(), 1, Instant.EPOCH);

  private final List<String> taken = Collections.synchronizedList(new ArrayList<>());
  private HttpServer server;
  private volatile int status = 204;
  private volatile String signature = "";
  private volatile String host = "";

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          signature = String.valueOf(exchange.getRequestHeaders().getFirst("Emanet-Signature"));
          host = String.valueOf(exchange.getRequestHeaders().getFirst("Host"));
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

  private static WebhookChannel channel(WebhookChannel.Config config, OutboundAddress allowed) {
    return new WebhookChannel(
        config,
        AlertsFixture.reader("webhook:deneme", Language.TR, false),
        allowed,
        InstantSource.fixed(AlertsFixture.START),
        Duration.ofSeconds(2));
  }

  private static WebhookChannel.Config at(String url) {
    return new WebhookChannel.Config(URI.create(url), "sır".getBytes(StandardCharsets.UTF_8), null);
  }

  private WebhookChannel channel(Set<String> listed) {
    return channel(
        at("http://127.0.0.1:" + server.getAddress().getPort() + "/hook?a=b"),
        new OutboundAddress(listed));
  }

  @Test
  void postsTheStableIdWithTheNotification() throws Exception {
    channel(Set.of("127.0.0.1")).send(NEWS);

    assertThat(taken).hasSize(1);
    assertThat(taken.getFirst())
        .startsWith(NEWS.id() + " {\"id\":\"" + NEWS.id() + "\",\"step\":\"opened\"");
  }

  @Test
  void signsTimeAndBodyWithTheSharedSecret() throws Exception {
    channel(Set.of("127.0.0.1")).send(NEWS);

    String seconds = Long.toString(AlertsFixture.START.getEpochSecond());
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec("sır".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    String body = taken.getFirst().substring(NEWS.id().length() + 1);
    byte[] expected = mac.doFinal((seconds + "." + body).getBytes(StandardCharsets.UTF_8));
    assertThat(signature).isEqualTo("t=" + seconds + ",v1=" + HexFormat.of().formatHex(expected));
  }

  @Test
  void connectsToTheAddressThatWasCheckedAndAsksForNoneAgain() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    OutboundAddress allowed =
        new OutboundAddress(
            Set.of("hook.example"),
            name ->
                new InetAddress[] {
                  asked.incrementAndGet() == 1
                      ? InetAddress.getLoopbackAddress()
                      : InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 1})
                });
    String target = "http://hook.example:" + server.getAddress().getPort() + "/hook";

    channel(at(target), allowed).send(NEWS);

    assertThat(asked).hasValue(1);
    assertThat(taken).hasSize(1);
    assertThat(host).startsWith("hook.example:");
  }

  @Test
  void leavesThroughTheProxyToTheAddressThatWasChecked() throws Exception {
    List<String> asked = Collections.synchronizedList(new ArrayList<>());
    int port = server.getAddress().getPort();
    try (ServerSocket proxy = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread tunnel = Thread.ofVirtual().start(() -> tunnel(proxy, port, asked));
      OutboundAddress allowed =
          new OutboundAddress(
              Set.of("hook.example"),
              name -> new InetAddress[] {InetAddress.getByAddress(new byte[] {127, 0, 0, 9})});
      WebhookChannel channel =
          new WebhookChannel(
              at("http://hook.example:" + port + "/hook"),
              AlertsFixture.reader("webhook:deneme", Language.TR, false),
              allowed,
              InstantSource.fixed(AlertsFixture.START),
              InetSocketAddress.createUnresolved("127.0.0.1", proxy.getLocalPort()));

      channel.send(NEWS);
      tunnel.join();
    }

    assertThat(asked).containsExactly("CONNECT 127.0.0.9:" + port + " HTTP/1.1");
    assertThat(taken).hasSize(1);
    assertThat(host).isEqualTo("hook.example:" + port);
  }

  /** Takes one CONNECT and carries both ways until one side ends. */
  private static void tunnel(ServerSocket proxy, int port, List<String> asked) {
    try (Socket from = proxy.accept();
        Socket to = new Socket(InetAddress.getLoopbackAddress(), port)) {
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        head.append((char) from.getInputStream().read());
      }
      asked.add(head.substring(0, head.indexOf("\r\n")));
      from.getOutputStream()
          .write("HTTP/1.1 200 Connected\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      Thread up =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      from.getInputStream().transferTo(to.getOutputStream());
                    } catch (IOException e) {
                      if (!from.isClosed()) {
                        throw new UncheckedIOException(e);
                      }
                    }
                  });
      to.getInputStream().transferTo(from.getOutputStream());
      from.close();
      up.join();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void refusesANameThatAlsoPointsInside() {
    OutboundAddress allowed =
        new OutboundAddress(
            Set.of(),
            name ->
                new InetAddress[] {
                  InetAddress.getByAddress(new byte[] {93, (byte) 184, (byte) 216, 34}),
                  InetAddress.getByAddress(new byte[] {10, 0, 0, 1})
                });

    assertThatThrownBy(() -> channel(at("https://hook.example/"), allowed).send(NEWS))
        .isInstanceOf(Channel.Rejected.class)
        .hasMessageContaining("10.0.0.1");
  }

  @Test
  void provesTheNameOfTheReceiverAlthoughItConnectsToAnAddress(@TempDir Path keys)
      throws Exception {
    ServerCertificate own =
        ServerCertificate.openOrCreate(
            keys, Set.of("hook.example"), new SecureRandom(), InstantSource.system());
    HttpsServer secure =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    secure.setHttpsConfigurator(new HttpsConfigurator(own.serverContext(null)));
    secure.createContext(
        "/",
        exchange -> {
          taken.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    secure.start();
    OutboundAddress allowed =
        new OutboundAddress(
            Set.of("hook.example", "other.example"),
            name -> new InetAddress[] {InetAddress.getLoopbackAddress()});
    try {
      int port = secure.getAddress().getPort();
      SSLContext trust = trust(own);
      WebhookChannel.Config right =
          new WebhookChannel.Config(
              URI.create("https://hook.example:" + port + "/"), new byte[0], trust);
      WebhookChannel.Config wrong =
          new WebhookChannel.Config(
              URI.create("https://other.example:" + port + "/"), new byte[0], trust);

      channel(right, allowed).send(NEWS);
      assertThatThrownBy(() -> channel(wrong, allowed).send(NEWS))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("other.example");

      assertThat(taken).hasSize(1);
    } finally {
      secure.stop(0);
    }
  }

  private static SSLContext trust(ServerCertificate of) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("own", of.certificate());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  @ParameterizedTest
  @ValueSource(strings = {"trickle", "endless", "silence", "nonsense"})
  void isNotHeldUpByAReceiverThatMisbehaves(String how) throws Exception {
    try (ServerSocket odd = new ServerSocket(0, 4, InetAddress.getLoopbackAddress())) {
      Thread serving = Thread.ofVirtual().start(() -> misbehave(odd, how));
      WebhookChannel channel =
          channel(
              at("http://127.0.0.1:" + odd.getLocalPort() + "/"),
              new OutboundAddress(Set.of("127.0.0.1")));

      assertThatThrownBy(() -> channel.send(NEWS))
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(Channel.Rejected.class);

      odd.close();
      serving.join(Duration.ofSeconds(5));
    }
  }

  private static void misbehave(ServerSocket server, String how) {
    try (Socket socket = server.accept()) {
      OutputStream out = socket.getOutputStream();
      byte[] line = "X-Header: value\r\n".getBytes(StandardCharsets.US_ASCII);
      if (how.equals("nonsense")) {
        out.write("SSH-2.0-OpenSSH\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      } else if (!how.equals("silence")) {
        out.write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII));
        while (true) {
          out.write(line);
          if (how.equals("trickle")) {
            Thread.sleep(Duration.ofMillis(50));
          }
        }
      }
      int ignored = socket.getInputStream().readAllBytes().length;
    } catch (IOException | InterruptedException e) {
      // The client has gone, as it should.
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void refusesToReachInsideUnlessTheHostIsListed() {
    assertThatThrownBy(() -> channel(Set.of("other.example")).send(NEWS))
        .isInstanceOf(Channel.Rejected.class)
        .hasMessageContaining("notify.insideHosts");
    assertThat(taken).isEmpty();
  }

  @Test
  void followsNoRedirectAndTellsWhatMayWorkLater() {
    WebhookChannel channel = channel(Set.of("127.0.0.1"));

    status = 302;
    assertThatThrownBy(() -> channel.send(NEWS)).isInstanceOf(Channel.Rejected.class);
    status = 503;
    assertThatThrownBy(() -> channel.send(NEWS))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(Channel.Rejected.class);
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
    assertThatThrownBy(() -> at(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
