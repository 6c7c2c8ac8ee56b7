package tr.emanet.indicator.feed;

import com.fasterxml.jackson.core.JacksonException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import tr.emanet.indicator.FeedException;
import tr.emanet.indicator.FeedFailure;

/**
 * Fetches over HTTP(S) within bounds: never follows a redirect, keeps a polite distance between
 * requests, tries passing failures again with exponential back-off and jitter. One thread only.
 */
public final class Download implements Closeable {

  /** Tries of one request. */
  public static final int TRIES = 6;

  private static final Duration FIRST_BACK_OFF = Duration.ofSeconds(1);
  private static final Duration LONGEST_BACK_OFF = Duration.ofMinutes(1);
  private static final Duration LONGEST_RETRY_AFTER = Duration.ofMinutes(2);

  /**
   * How to connect.
   *
   * @param tls null: the authorities of the Java runtime
   * @param proxy null: none
   * @param pace least distance between two requests
   */
  public record Access(
      @Nullable SSLContext tls,
      @Nullable InetSocketAddress proxy,
      Duration pace,
      Bounds bounds,
      Map<String, String> headers) {
    public Access {
      headers = Map.copyOf(headers);
    }
  }

  /** Reads one answer; what it throws decides whether it is asked for again. */
  @FunctionalInterface
  public interface Reader<T extends @Nullable Object> {
    T read(InputStream body, HttpHeaders headers) throws IOException, FeedException;
  }

  private final HttpClient client;
  private final Access access;
  private final Pause pause;
  private final RandomGenerator random;
  private final ScheduledExecutorService watch;
  private long crawlBytes;
  private long crawlUntil;
  private long lastRequest;
  private boolean asked;

  public Download(Access access, Pause pause, RandomGenerator random) {
    this.access = access;
    this.pause = pause;
    this.random = random;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(10));
    if (access.tls() != null) {
      builder.sslContext(access.tls());
    }
    if (access.proxy() != null) {
      builder.proxy(ProxySelector.of(access.proxy()));
    }
    this.client = builder.build();
    this.watch =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("feed-deadline").factory());
    startCrawl();
  }

  /** Counts bytes and time of a crawl from here on. */
  public void startCrawl() {
    crawlBytes = 0;
    crawlUntil = System.nanoTime() + access.bounds().crawl().toNanos();
  }

  /**
   * Fetches and reads, again where that may help.
   *
   * @param throttledTries so often when the answer is 429, which may mean something else as well
   */
  public <T extends @Nullable Object> T get(
      URI uri, String accept, int throttledTries, Reader<T> reader)
      throws FeedException, InterruptedException {
    Duration backOff = FIRST_BACK_OFF;
    for (int tried = 1; ; tried++) {
      Duration wait;
      try {
        return once(uri, accept, reader);
      } catch (Retry e) {
        boolean throttled = e.problem.failure() == FeedFailure.THROTTLED;
        if (tried >= (throttled ? throttledTries : TRIES)) {
          throw e.problem;
        }
        Duration jitter = Duration.ofMillis(random.nextLong(backOff.toMillis() + 1));
        wait = e.after != null ? e.after : backOff.plus(jitter);
      }
      pause.of(wait);
      backOff = backOff.multipliedBy(2);
      backOff = backOff.compareTo(LONGEST_BACK_OFF) > 0 ? LONGEST_BACK_OFF : backOff;
    }
  }

  /** A failure that may pass. */
  private static final class Retry extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient FeedException problem;
    private final transient @Nullable Duration after;

    Retry(FeedException problem, @Nullable Duration after) {
      super(problem);
      this.problem = problem;
      this.after = after;
    }
  }

  private <T extends @Nullable Object> T once(URI uri, String accept, Reader<T> reader)
      throws FeedException, Retry, InterruptedException {
    beforeRequest();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .timeout(access.bounds().answer())
            .header("Accept", accept)
            .header("Accept-Encoding", "gzip")
            .header("User-Agent", "emanet");
    access.headers().forEach(request::setHeader);
    long until = System.nanoTime() + access.bounds().answer().toNanos();
    AtomicBoolean late = new AtomicBoolean();
    try {
      HttpResponse<InputStream> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        ScheduledFuture<?> deadline =
            watch.schedule(
                () -> {
                  late.set(true);
                  body.close();
                  return null;
                },
                until - System.nanoTime(),
                TimeUnit.NANOSECONDS);
        try {
          checkStatus(uri, response);
          return read(uri, response, reader);
        } finally {
          deadline.cancel(false);
        }
      }
    } catch (CrawlTooLarge e) {
      throw new FeedException(
          FeedFailure.CRAWL_TOO_LARGE,
          "the answers together are larger than " + access.bounds().crawlBytes() + " bytes",
          e);
    } catch (BoundedStream.TooLarge e) {
      throw new FeedException(FeedFailure.ANSWER_TOO_LARGE, uri + ": " + e.getMessage(), e);
    } catch (JacksonException e) {
      if (late.get()) {
        throw timeout(uri);
      }
      if (e.getCause() instanceof IOException) {
        throw new Retry(unreachable(uri, e), null);
      }
      throw new FeedException(
          FeedFailure.SHAPE,
          uri + ": is no JSON of the expected shape: " + e.getOriginalMessage(),
          e);
    } catch (HttpTimeoutException e) {
      throw timeout(uri);
    } catch (SSLException e) {
      throw new FeedException(FeedFailure.TLS, uri + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw late.get() ? timeout(uri) : new Retry(unreachable(uri, e), null);
    }
  }

  private void beforeRequest() throws FeedException, InterruptedException {
    long now = System.nanoTime();
    if (now - crawlUntil > 0) {
      throw new FeedException(
          FeedFailure.CRAWL_TOO_LONG,
          "took longer than " + access.bounds().crawl().toMinutes() + " min");
    }
    long wait = lastRequest + access.pace().toNanos() - now;
    if (asked && wait > 0) {
      pause.of(Duration.ofNanos(wait));
    }
    asked = true;
    lastRequest = System.nanoTime();
  }

  private Retry timeout(URI uri) {
    return new Retry(
        new FeedException(
            FeedFailure.TIMEOUT,
            uri + ": no whole answer within " + access.bounds().answer().toSeconds() + " s"),
        null);
  }

  private static FeedException unreachable(URI uri, Exception e) {
    String why =
        e instanceof ConnectException
            ? "does not accept connections"
            : e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return new FeedException(FeedFailure.UNREACHABLE, uri + ": " + why, e);
  }

  private static void checkStatus(URI uri, HttpResponse<InputStream> response)
      throws FeedException, Retry {
    int status = response.statusCode();
    if (status == 200) {
      return;
    }
    String seen = uri + ": answered " + status;
    if (status == 429) {
      throw new Retry(
          new FeedException(FeedFailure.THROTTLED, seen), retryAfter(response.headers()));
    }
    if (status >= 500) {
      throw new Retry(
          new FeedException(FeedFailure.SERVER_ERROR, seen), retryAfter(response.headers()));
    }
    throw status / 100 == 3
        ? new FeedException(FeedFailure.REDIRECT, seen + " to elsewhere, which is never followed")
        : new FeedException(FeedFailure.REFUSED_BY_SERVER, seen);
  }

  private static @Nullable Duration retryAfter(HttpHeaders headers) {
    String text = headers.firstValue("Retry-After").orElse("");
    if (!text.matches("[0-9]{1,6}")) {
      return null;
    }
    Duration asked = Duration.ofSeconds(Long.parseLong(text));
    return asked.compareTo(LONGEST_RETRY_AFTER) > 0 ? LONGEST_RETRY_AFTER : asked;
  }

  private <T extends @Nullable Object> T read(
      URI uri, HttpResponse<InputStream> response, Reader<T> reader)
      throws IOException, FeedException {
    String type = response.headers().firstValue("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    if (type.contains("html")) {
      throw html(uri);
    }
    long most = access.bounds().answerBytes();
    InputStream in = new BoundedStream(response.body(), most, n -> {});
    if (response.headers().firstValue("Content-Encoding").orElse("").equals("gzip")) {
      in = unpacked(uri, in);
    }
    PushbackInputStream body = new PushbackInputStream(new BoundedStream(in, most, this::count), 1);
    int first = body.read();
    if (first == '<') {
      throw html(uri);
    }
    if (first >= 0) {
      body.unread(first);
    }
    return reader.read(body, response.headers());
  }

  private static InputStream unpacked(URI uri, InputStream in) throws IOException, FeedException {
    try {
      return new GZIPInputStream(in, 1 << 16);
    } catch (ZipException e) {
      throw new FeedException(FeedFailure.SHAPE, uri + ": is not gzip although it says so", e);
    }
  }

  private static FeedException html(URI uri) {
    return new FeedException(FeedFailure.HTML, uri + ": answered with a web page");
  }

  /** All answers together are too large. */
  private static final class CrawlTooLarge extends RuntimeException {

    private static final long serialVersionUID = 1L;
  }

  private void count(long bytes) {
    crawlBytes += bytes;
    if (crawlBytes > access.bounds().crawlBytes()) {
      throw new CrawlTooLarge();
    }
  }

  @Override
  public void close() {
    watch.shutdownNow();
    client.shutdownNow();
    client.close();
  }
}
