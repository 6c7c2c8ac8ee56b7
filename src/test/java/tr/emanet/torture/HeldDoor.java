package tr.emanet.torture;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Stands before a server of files and lets some requests wait until the test says so: so a check
 * that would be over at once stands still in its midst, for as long as somebody looks at it.
 */
final class HeldDoor implements AutoCloseable {

  private static final int ENOUGH = 1_000_000;

  private final HttpClient client = HttpClient.newHttpClient();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final String behind;
  private final HttpServer server;
  private volatile Predicate<String> held = what -> false;
  private volatile Semaphore turns = new Semaphore(ENOUGH);

  HeldDoor(int port) throws IOException {
    behind = "http://127.0.0.1:" + port;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::pass);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  /**
   * From now on so many of the requests come through, and the others wait.
   *
   * @param which of method, path and, when a part is asked for, range
   */
  void hold(Predicate<String> which, int through) {
    turns = new Semaphore(through);
    held = which;
  }

  /** Lets everybody through. */
  void open() {
    held = what -> false;
    turns.release(ENOUGH);
  }

  /** The request for all bytes at once of the smallest pack: so reads a check. */
  static Predicate<String> smallestPack(Path repository) throws IOException {
    Path pack;
    try (Stream<Path> all = Files.walk(repository.resolve("data"))) {
      pack =
          all.filter(Files::isRegularFile)
              .min(Comparator.comparingLong(file -> file.toFile().length()))
              .orElseThrow();
    }
    String end = pack.getFileName() + " bytes=0-" + (Files.size(pack) - 1);
    return what -> what.endsWith(end);
  }

  private void pass(HttpExchange exchange) throws IOException {
    try (exchange) {
      String range = exchange.getRequestHeaders().getFirst("Range");
      String what =
          exchange.getRequestMethod()
              + " "
              + exchange.getRequestURI().getPath()
              + (range == null ? "" : " " + range);
      if (held.test(what)) {
        turns.acquire();
      }
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(behind + exchange.getRequestURI()))
              .method(
                  exchange.getRequestMethod(),
                  HttpRequest.BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
      for (String name : List.of("Range", "Accept", "Content-Type")) {
        String value = exchange.getRequestHeaders().getFirst(name);
        if (value != null) {
          request.header(name, value);
        }
      }
      HttpResponse<byte[]> answer =
          client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      answer
          .headers()
          .map()
          .forEach((name, values) -> exchange.getResponseHeaders().put(name, values));
      byte[] body = answer.body();
      exchange.sendResponseHeaders(answer.statusCode(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    open();
    server.stop(0);
    threads.shutdownNow();
    client.close();
  }
}
