package tr.emanet.search.http;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tr.emanet.event.EventRecord;
import tr.emanet.event.Principal;
import tr.emanet.event.Role;
import tr.emanet.search.EventSearch;
import tr.emanet.search.Results;
import tr.emanet.search.SearchRefused;
import tr.emanet.search.SearchRequest;
import tr.emanet.search.TimeRange;
import tr.emanet.web.Pages;
import tr.emanet.web.RequestPerson;
import tr.emanet.web.Shell;
import tr.emanet.web.Shells;
import tr.emanet.web.security.Allow;
import tr.emanet.web.security.SecurityFilter;

/**
 * The live tail: rows of the present query as they become searchable, as server-sent events. The
 * query is applied here, a message carries at most 100 rows. At most 32 streams, one virtual thread
 * each; {@link #close} ends them, or they would hold up a shutdown.
 */
@Path("/search/tail")
public final class TailResource implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TailResource.class);
  private static final int MAX_STREAMS = 32;
  private static final int MAX_ROWS = 100;
  private static final Duration STEP = Duration.ofMillis(500);
  private static final int QUIET_STEPS = 30;

  private final EventSearch search;
  private final Pages pages;
  private final Shells shells;
  private final AtomicInteger streams = new AtomicInteger();
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

  public TailResource(EventSearch search, Pages pages, Shells shells) {
    this.search = search;
    this.pages = pages;
    this.shells = shells;
  }

  /** Opens a stream after a sequence; without one after what is searchable now. */
  @GET
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @Allow({Role.ANALYST, Role.AUDITOR, Role.ADMINISTRATOR})
  public void tail(
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context SecurityContext security,
      @Context ContainerRequestContext asked,
      @Context SseEventSink sink,
      @Context Sse sse,
      @QueryParam("newest") @Nullable Long newest,
      @HeaderParam("Last-Event-ID") @Nullable Long last) {
    Principal who = RequestPerson.of(security);
    Shell shell = shells.of(uri, headers, security, "search");
    SearchState state = SearchState.of(uri.getQueryParameters(), remembered(headers)).withOpen("");
    SearchRequest request =
        SearchCall.of(state, search, who, shell.now(), shell.formats().zone()).request();
    if (request == null || streams.incrementAndGet() > MAX_STREAMS) {
      if (request != null) {
        streams.decrementAndGet();
      }
      sink.close();
      throw new ServiceUnavailableException();
    }
    SearchRequest open =
        new SearchRequest(
            request.query(), new TimeRange(request.range().fromMillis(), Long.MAX_VALUE), who);
    Long known = last == null ? newest : last;
    long after = known == null ? search.searchableUpTo() : known;
    BooleanSupplier welcome =
        asked.getProperty(SecurityFilter.STILL_SIGNED_IN) instanceof BooleanSupplier still
            ? still
            : () -> true;
    Reader reader = new Reader(open, state, shell, sink, sse, welcome);
    Thread thread = Thread.ofVirtual().name("tail-" + who.id()).unstarted(() -> run(reader, after));
    threads.add(thread);
    thread.start();
  }

  /**
   * One open stream.
   *
   * @param welcome false once the session or token has ended
   */
  private record Reader(
      SearchRequest request,
      SearchState state,
      Shell shell,
      SseEventSink sink,
      Sse sse,
      BooleanSupplier welcome) {}

  private void run(Reader reader, long after) {
    try (SseEventSink sink = reader.sink()) {
      follow(reader, sink, after);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | SearchRefused e) {
      LOG.atWarn().setCause(e).log("Live tail ended early");
    } finally {
      threads.remove(Thread.currentThread());
      streams.decrementAndGet();
    }
  }

  private void follow(Reader reader, SseEventSink sink, long from)
      throws InterruptedException, IOException, SearchRefused {
    long after = from;
    int quiet = 0;
    while (!sink.isClosed() && (quiet % QUIET_STEPS != 0 || reader.welcome().getAsBoolean())) {
      long upTo = search.searchableUpTo();
      boolean sent = false;
      if (upTo > after) {
        Results.Page page = search.since(reader.request(), after, MAX_ROWS);
        if (!page.coverage().complete()) {
          sent = true;
          String text = reader.shell().t("search.live.partial");
          send(sink, reader.sse().newEventBuilder().name("partial").data(text).build());
        }
        after = upTo;
        for (EventRecord event : page.events()) {
          after = Math.max(after, event.position().sequence());
        }
        if (!page.events().isEmpty()) {
          sent = true;
          send(
              sink,
              reader
                  .sse()
                  .newEventBuilder()
                  .name("rows")
                  .id(Long.toString(after))
                  .data(rows(reader, page))
                  .build());
        }
      }
      quiet = sent ? 0 : quiet + 1;
      if (quiet % QUIET_STEPS == 1) {
        send(sink, reader.sse().newEventBuilder().name("alive").data(Long.toString(after)).build());
      }
      Thread.sleep(STEP);
    }
  }

  private String rows(Reader reader, Results.Page page) {
    RowViews views = new RowViews(reader.shell().texts(), reader.shell().now());
    return page.events().reversed().stream()
        .map(e -> views.row(e, reader.state()))
        .map(row -> pages.render("search/row.jte", Map.of("shell", reader.shell(), "row", row)))
        .collect(Collectors.joining());
  }

  /** Waits until it is written, so that a slow reader slows only its own stream. */
  private static void send(SseEventSink sink, OutboundSseEvent event) throws IOException {
    try {
      sink.send(event).toCompletableFuture().join();
    } catch (java.util.concurrent.CompletionException | IllegalStateException e) {
      LOG.atDebug().setCause(e).log("Reader of a live tail left");
      sink.close();
    }
  }

  /** Ends every stream. */
  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
  }

  private static String remembered(HttpHeaders headers) {
    Cookie cookie = headers.getCookies().get(RememberedColumns.COOKIE);
    return RememberedColumns.of(cookie == null ? null : cookie.getValue());
  }
}
