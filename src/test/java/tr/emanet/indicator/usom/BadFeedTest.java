package tr.emanet.indicator.usom;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tr.emanet.demo.usom.UsomSimulator;
import tr.emanet.indicator.FeedFailure;
import tr.emanet.indicator.feed.Bounds;

/** Whatever comes, the good set stays and the alarm names the reason. */
class BadFeedTest {

  private static final String ROW =
      "{\"id\":2,\"url\":\"kotu.example\",\"type\":\"domain\",\"desc\":\"PH\",\"source\":\"SB\","
          + "\"date\":\"2026-07-29 16:13:35.8\",\"criticality_level\":4,\"connectiontype\":\"PH\"}";

  @TempDir Path state = Path.of("");

  @SuppressWarnings("NullAway.Init") // opened before each test
  private FeedBench bench;

  private Set<String> good = Set.of();

  @BeforeEach
  void open() throws Exception {
    bench = new FeedBench(state);
    try (UsomSimulator simulator = bench.simulator(100)) {
      assertThat(bench.sync(simulator.url()).run(true))
          .isInstanceOf(UsomSync.Outcome.Fetched.class);
    }
    good = bench.inForce();
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private void refuses(FeedFailure failure, HttpHandler handler) throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      server.setExecutor(threads);
      server.createContext("/", handler);
      server.start();
      refuses(failure, server.getAddress().getPort());
      server.stop(0);
      threads.shutdownNow();
    }
  }

  private void refuses(FeedFailure failure, int port) throws InterruptedException {
    UsomSync.Outcome outcome = bench.sync("http://127.0.0.1:" + port).run(true);

    assertThat(outcome).isInstanceOf(UsomSync.Outcome.Failed.class);
    assertThat(((UsomSync.Outcome.Failed) outcome).failure()).isEqualTo(failure);
    assertThat(bench.inForce()).isEqualTo(good);
    assertThat(bench.alarms).singleElement().asString().startsWith(failure.id() + " ");
  }

  private static void answer(HttpExchange exchange, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SHAPE |"
            + " {\"totalCount\":1,\"models\":[{\"id\":\"x\",\"url\":\"a.example\",\"type\":\"domain\"}]}",
        "SHAPE | {\"totalCount\":1,\"models\":[{\"id\":2,\"url\":7,\"type\":\"domain\"}]}",
        "SHAPE |"
            + " {\"totalCount\":1,\"models\":[{\"id\":2,\"url\":[\"a.example\"],\"type\":\"domain\"}]}",
        "SHAPE | {\"totalCount\":1,\"models\":[{\"id\":2,\"type\":\"domain\"}]}",
        "SHAPE | {\"totalCount\":\"1\",\"models\":[]}",
        "SHAPE | {\"totalCount\":-4,\"models\":[]}",
        "SHAPE | {\"totalCount\":1,\"models\":{}}",
        "SHAPE | {\"totalCount\":1}",
        "SHAPE | {\"models\":[],\"count\":0}",
        "SHAPE | [1,2,3]",
        "SHAPE | null",
        "SHAPE | {\"totalCount\":1,\"models\":[",
        "SHAPE | {\"totalCount\":1,\"models\":[]} {}",
        "EMPTY | {\"totalCount\":0,\"count\":0,\"models\":[],\"page\":0,\"pageCount\":0}",
        "TOO_MANY_ROWS | {\"totalCount\":10000000,\"models\":[],\"page\":0,\"pageCount\":1001}",
        "HTML | <!doctype html><html></html>"
      })
  void refusesWhatHasAnotherShape(FeedFailure failure, String body) throws Exception {
    refuses(failure, exchange -> answer(exchange, body));
  }

  @Test
  void refusesTwoValuesUnderOneId() throws Exception {
    refuses(
        FeedFailure.DUPLICATE_IDS,
        e ->
            answer(
                e,
                "{\"totalCount\":2,\"page\":0,\"pageCount\":1,\"models\":["
                    + ROW
                    + ","
                    + ROW.replace("kotu", "baska")
                    + "]}"));
  }

  @Test
  void followsNoRedirect() throws Exception {
    AtomicInteger followed = new AtomicInteger();
    refuses(
        FeedFailure.REDIRECT,
        e -> {
          if (e.getRequestURI().getPath().startsWith("/secret")) {
            followed.incrementAndGet();
          }
          String host = e.getRequestHeaders().getFirst("Host");
          e.getResponseHeaders().set("Location", "http://" + host + "/secret");
          e.sendResponseHeaders(302, -1);
          e.close();
        });

    assertThat(followed).hasValue(0);
  }

  @Test
  void readsNoMoreOfAHugeAnswerThanTheLimit() throws Exception {
    bench.bounds = new Bounds(1 << 20, Duration.ofSeconds(60), 8 << 20, Duration.ofMinutes(30));
    refuses(
        FeedFailure.ANSWER_TOO_LARGE,
        e -> {
          e.getResponseHeaders().set("Content-Type", "application/json");
          e.sendResponseHeaders(200, 1L << 30);
          OutputStream out = e.getResponseBody();
          out.write("{\"padding\":\"".getBytes(StandardCharsets.UTF_8));
          byte[] block = "x".repeat(1 << 16).getBytes(StandardCharsets.UTF_8);
          for (int i = 0; i < 1 << 14; i++) {
            out.write(block);
          }
        });
  }

  @Test
  void refusesAGzipBomb() throws Exception {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write("{\"totalCount\":1,\"models\":[".getBytes(StandardCharsets.UTF_8));
      byte[] blanks = new byte[1 << 20];
      java.util.Arrays.fill(blanks, (byte) ' ');
      for (int i = 0; i < 100; i++) {
        gzip.write(blanks);
      }
    }
    refuses(
        FeedFailure.ANSWER_TOO_LARGE,
        e -> {
          e.getResponseHeaders().set("Content-Type", "application/json");
          e.getResponseHeaders().set("Content-Encoding", "gzip");
          e.sendResponseHeaders(200, packed.size());
          e.getResponseBody().write(packed.toByteArray());
          e.close();
        });
  }

  @Test
  void waitsNoLongerThanTheLimitForASlowBody() throws Exception {
    bench.bounds = new Bounds(1 << 20, Duration.ofMillis(300), 8 << 20, Duration.ofMinutes(30));
    CountDownLatch never = new CountDownLatch(1);
    refuses(
        FeedFailure.TIMEOUT,
        e -> {
          e.getResponseHeaders().set("Content-Type", "application/json");
          e.sendResponseHeaders(200, 0);
          e.getResponseBody().write('{');
          e.getResponseBody().flush();
          try {
            never.await();
          } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
          }
        });
  }

  @Test
  void givesUpAfterResetConnections() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
      AtomicInteger accepted = new AtomicInteger();
      Thread resetting =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      while (true) {
                        Socket socket = server.accept();
                        accepted.incrementAndGet();
                        int ignored = socket.getInputStream().read();
                        socket.setSoLinger(true, 0);
                        socket.close();
                      }
                    } catch (IOException e) {
                      Thread.currentThread().interrupt(); // the test is over
                    }
                  });

      refuses(FeedFailure.UNREACHABLE, server.getLocalPort());
      server.close();
      resetting.join();

      assertThat(accepted.get()).isGreaterThanOrEqualTo(6);
      assertThat(bench.pauses).hasSizeGreaterThanOrEqualTo(5);
    }
  }

  @Test
  void endsACrawlThatIsTooLargeInAll() throws Exception {
    bench.bounds = new Bounds(64 << 20, Duration.ofSeconds(60), 1 << 20, Duration.ofMinutes(30));
    try (UsomSimulator simulator = bench.simulator(25_000)) {
      UsomSync.Outcome outcome = bench.sync(simulator.url()).run(true);

      assertThat(((UsomSync.Outcome.Failed) outcome).failure())
          .isEqualTo(FeedFailure.CRAWL_TOO_LARGE);
      assertThat(bench.inForce()).isEqualTo(good);
    }
  }
}
