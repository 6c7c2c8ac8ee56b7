package tr.emanet.demo.usom;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.zip.GZIPOutputStream;

/**
 * The USOM/SGB API on a loopback port. Thread-safe; {@link #close} frees the port.
 *
 * <p>Besides the API it takes three orders, for demonstrations and scripts: {@code POST
 * /simulator/publish?value=V&type=T}, {@code POST /simulator/remove?count=N} and {@code POST
 * /simulator/notice?title=T}.
 */
public final class UsomSimulator implements Closeable {

  /** Most rows on a page; more is answered 429 with HTML, as the real API does. */
  static final int MAX_PER_PAGE = 9999;

  private static final int DEFAULT_PER_PAGE = 20;
  private static final int SMALLER_LIMIT = 2000;
  private static final Set<String> TYPES = Set.of("domain", "url", "ip", "ip6", "ip6net");
  private static final String SHAPELESS = "{\"models\":[],\"count\":0}";
  private static final String PAGE =
      "<!doctype html><html lang=\"tr\"><head><title>Siber G\u00fcvenlik"
          + " Ba\u015fkanl\u0131\u011f\u0131</title></head><body><div"
          + " id=\"app\"></div></body></html>";

  /**
   * What is simulated.
   *
   * @param port 0 for any
   * @param slow what a slow answer takes, 14 s in life
   */
  public record Options(int rows, int port, long seed, Set<UsomFault> faults, Duration slow) {
    public Options {
      faults = Set.copyOf(faults);
    }

    /** Any port, seed 1, 14 s. */
    public static Options of(int rows, Collection<UsomFault> faults) {
      return new Options(rows, 0, 1, Set.copyOf(faults), Duration.ofSeconds(14));
    }
  }

  private final HttpServer server;
  private final ExecutorService threads;
  private final InstantSource clock;
  private final Duration slow;
  private final UsomList list;
  private final UsomNotices incidents;
  private final UsomNotices announcements;
  private final AtomicInteger requests = new AtomicInteger();
  private volatile Set<UsomFault> faults;

  private UsomSimulator(HttpServer server, Options options, InstantSource clock) {
    this.server = server;
    this.threads = Executors.newVirtualThreadPerTaskExecutor();
    this.clock = clock;
    this.slow = options.slow();
    this.faults = options.faults();
    SyntheticRows rows =
        new SyntheticRows(
            options.seed(),
            clock.instant().minus(Duration.ofMinutes(5)),
            options.rows(),
            options.faults().contains(UsomFault.MIXED_DATES));
    this.list = new UsomList(rows, options.rows());
    this.incidents = new UsomNotices(true, 60, clock.instant().minus(Duration.ofMinutes(20)));
    this.announcements = new UsomNotices(false, 20, clock.instant().minus(Duration.ofHours(2)));
  }

  /** Binds loopback and answers from now on. */
  public static UsomSimulator start(Options options, InstantSource clock) throws IOException {
    HttpServer server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), options.port()), 64);
    UsomSimulator simulator = new UsomSimulator(server, options, clock);
    server.setExecutor(simulator.threads);
    server.createContext("/", simulator::handle);
    server.start();
    return simulator;
  }

  /** Base URL, such as {@code http://127.0.0.1:8090}. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Requests for the list of addresses so far. */
  public int requests() {
    return requests.get();
  }

  /** Rows listed now. */
  public int size() {
    return list.size();
  }

  /** Replaces what it does wrong. */
  public void misbehave(UsomFault... wanted) {
    EnumSet<UsomFault> set = EnumSet.noneOf(UsomFault.class);
    set.addAll(List.of(wanted));
    faults = Set.copyOf(set);
  }

  /** Lists a value, newest of all; the answer is its id. */
  public long publish(String value, String type, String connectionType, String source) {
    return list.publish(value, type, connectionType, source, clock.instant()).id();
  }

  /** Takes the newest rows off the list, after skipping some; answers their values. */
  public List<String> remove(int skip, int count) {
    return list.remove(skip, count);
  }

  /** Publishes a notice in Turkish; answers its slug. */
  public String notice(String title, String html) {
    return incidents.add(title, html, "tr", clock.instant());
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Map<String, String> query = query(exchange);
      String host = String.valueOf(exchange.getRequestHeaders().getFirst("Host"));
      String path = exchange.getRequestURI().getPath();
      if (path.startsWith("/simulator/")) {
        order(exchange, path, query);
      } else if (faults.contains(UsomFault.HTML) || host.startsWith("www.")) {
        html(exchange, 200);
      } else {
        switch (path) {
          case "/api/address/index" -> addresses(exchange, query);
          case "/api/address-description/index" -> table(exchange, UsomCodes.descriptions(), query);
          case "/api/address-source/index" -> table(exchange, UsomCodes.sources(), query);
          case "/api/address-connection-type/index" ->
              table(exchange, UsomCodes.connectionTypes(), query);
          case "/api/incident/index" ->
              table(exchange, incidents.newestFirst(query.getOrDefault("language", "")), query);
          case "/api/announcement/index" ->
              table(exchange, announcements.newestFirst(query.getOrDefault("language", "")), query);
          default -> html(exchange, 404);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void order(HttpExchange exchange, String path, Map<String, String> query)
      throws IOException {
    if (!exchange.getRequestMethod().equals("POST")) {
      html(exchange, 405);
      return;
    }
    switch (path) {
      case "/simulator/publish" -> {
        long id =
            publish(
                query.getOrDefault("value", ""),
                query.getOrDefault("type", "domain"),
                query.getOrDefault("connectiontype", "BC"),
                query.getOrDefault("source", "SB"));
        json(exchange, "{\"id\":" + id + "}");
      }
      case "/simulator/remove" -> {
        int gone = remove(number(query, "skip", 0), number(query, "count", 1)).size();
        json(exchange, "{\"removed\":" + gone + "}");
      }
      case "/simulator/notice" -> {
        String title = query.getOrDefault("title", "CVE-2026-10001");
        json(exchange, "{\"slug\":\"" + notice(title, "<p>" + title + "</p>") + "\"}");
      }
      default -> html(exchange, 404);
    }
  }

  private void addresses(HttpExchange exchange, Map<String, String> query)
      throws IOException, InterruptedException {
    int count = requests.incrementAndGet();
    Set<UsomFault> now = faults;
    int perPage = number(query, "per-page", DEFAULT_PER_PAGE);
    int limit = now.contains(UsomFault.PER_PAGE_429_HTML) ? SMALLER_LIMIT : MAX_PER_PAGE;
    if (perPage < 1 || perPage > limit) {
      html(exchange, 429);
      return;
    }
    if (now.contains(UsomFault.THROTTLE) && count % 4 < 2) {
      if (count % 4 == 0) {
        exchange.getResponseHeaders().set("Retry-After", "1");
      }
      html(exchange, 429);
      return;
    }
    if (now.contains(UsomFault.FLAKY) && flaky(exchange, count % 5)) {
      return;
    }
    String type = query.get("type");
    if (type != null && (now.contains(UsomFault.UNKNOWN_TYPE_EMPTY) || !TYPES.contains(type))) {
      json(exchange, SHAPELESS);
      return;
    }
    int page = number(query, "page", 1);
    if (now.contains(UsomFault.EMPTY_PAGE) && perPage > SMALLER_LIMIT && page % 3 == 2) {
      json(exchange, "{\"models\":[]}");
      return;
    }
    if (page > 1 && now.contains(UsomFault.SHIFTING_ROWS)) {
      list.shift(3, clock.instant());
    }
    if (page > 1 && now.contains(UsomFault.REMOVALS) && count % 2 == 0) {
      list.remove(3, 5);
    }
    Predicate<UsomRow> filter = filter(query);
    UsomList.Page answer = list.page(filter, filter.equals(EVERYTHING), page, perPage);
    json(exchange, envelope(answer, now.contains(UsomFault.LAST_PAGE_REPEATS) ? 2 : 0));
  }

  private static String envelope(UsomList.Page answer, int tooMany) {
    StringBuilder out = new StringBuilder(answer.rows().size() * 200 + 200);
    out.append("{\"totalCount\":").append(answer.total());
    out.append(",\"count\":").append(answer.rows().size()).append(",\"models\":[");
    for (int i = 0; i < answer.rows().size(); i++) {
      if (i > 0) {
        out.append(',');
      }
      answer.rows().get(i).write(out);
    }
    out.append("],\"page\":").append(answer.page());
    return out.append(",\"pageCount\":")
        .append(answer.pageCount() + tooMany)
        .append('}')
        .toString();
  }

  /** Whether this request got a fault instead of an answer. */
  @SuppressWarnings("RefactorSwitch") // three faults with several steps each
  private boolean flaky(HttpExchange exchange, int turn) throws IOException, InterruptedException {
    switch (turn) {
      case 1 -> {
        html(exchange, 503);
        return true;
      }
      case 2 -> {
        // Closing before the promised length cuts the connection.
        exchange.getResponseHeaders().set("Content-Type", "application/json; charset=UTF-8");
        exchange.sendResponseHeaders(200, 100_000);
        exchange.getResponseBody().write("{\"totalCount\":1".getBytes(StandardCharsets.UTF_8));
        exchange.getResponseBody().flush();
        return true;
      }
      case 3 -> {
        TimeUnit.MILLISECONDS.sleep(slow.toMillis());
        return false;
      }
      default -> {
        return false;
      }
    }
  }

  @SuppressWarnings("UnnecessaryLambda") // one object, so that "no filter" is known again
  private static final Predicate<UsomRow> EVERYTHING = row -> true;

  private static Predicate<UsomRow> filter(Map<String, String> query) {
    Predicate<UsomRow> all = EVERYTHING;
    for (Map.Entry<String, String> entry : query.entrySet()) {
      String value = entry.getValue();
      Predicate<UsomRow> one =
          switch (entry.getKey()) {
            case "type" -> row -> row.type().equals(value);
            case "q", "url" -> row -> row.url().contains(value.toLowerCase(Locale.ROOT));
            case "desc" -> row -> row.desc().equals(value);
            case "source" -> row -> row.source().equals(value);
            case "connectiontype" -> row -> row.connectiontype().equals(value);
            case "criticality_level" ->
                row -> Integer.toString(row.criticalityLevel()).equals(value);
            case "date_gte" -> row -> row.date().compareTo(value) >= 0;
            case "date_lte" -> row -> row.date().compareTo(value) <= 0;
            default -> EVERYTHING;
          };
      if (!one.equals(EVERYTHING)) {
        all = all.equals(EVERYTHING) ? one : all.and(one);
      }
    }
    return all;
  }

  private void table(
      HttpExchange exchange, List<Map<String, Object>> rows, Map<String, String> query)
      throws IOException {
    int perPage = number(query, "per-page", number(query, "pageSize", DEFAULT_PER_PAGE));
    if (perPage < 1 || perPage > MAX_PER_PAGE) {
      html(exchange, 429);
      return;
    }
    int pages = Math.max(1, (rows.size() + perPage - 1) / perPage);
    int page = Math.clamp(number(query, "page", 1) - 1, 0, pages - 1);
    List<Map<String, Object>> cut =
        rows.subList(page * perPage, Math.min(rows.size(), (page + 1) * perPage));
    StringBuilder out = new StringBuilder(4096);
    out.append("{\"totalCount\":").append(rows.size());
    out.append(",\"count\":").append(cut.size()).append(",\"models\":[");
    for (int i = 0; i < cut.size(); i++) {
      if (i > 0) {
        out.append(',');
      }
      Json.object(cut.get(i), out);
    }
    out.append("],\"page\":").append(page).append(",\"pageCount\":").append(pages).append('}');
    json(exchange, out.toString());
  }

  private static int number(Map<String, String> query, String name, int otherwise) {
    String text = query.get(name);
    return text != null && text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : otherwise;
  }

  private static Map<String, String> query(HttpExchange exchange) {
    Map<String, String> out = new HashMap<>();
    String raw = exchange.getRequestURI().getRawQuery();
    if (raw != null) {
      for (String pair : raw.split("&", -1)) {
        int equals = pair.indexOf('=');
        if (equals > 0) {
          out.put(
              pair.substring(0, equals),
              URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
      }
    }
    return out;
  }

  private static void html(HttpExchange exchange, int status) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/html; charset=UTF-8");
    byte[] bytes = PAGE.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static void json(HttpExchange exchange, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json; charset=UTF-8");
    String accepted = exchange.getRequestHeaders().getFirst("Accept-Encoding");
    if (accepted != null && accepted.contains("gzip") && bytes.length > 1024) {
      ByteArrayOutputStream packed = new ByteArrayOutputStream(bytes.length / 4);
      try (OutputStream gzip = new GZIPOutputStream(packed)) {
        gzip.write(bytes);
      }
      bytes = packed.toByteArray();
      exchange.getResponseHeaders().set("Content-Encoding", "gzip");
    }
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
