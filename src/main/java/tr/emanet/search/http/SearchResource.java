package tr.emanet.search.http;

import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tr.emanet.event.EventRecord;
import tr.emanet.event.Position;
import tr.emanet.event.Principal;
import tr.emanet.event.Role;
import tr.emanet.search.EventSearch;
import tr.emanet.search.Results;
import tr.emanet.search.SavedSearches;
import tr.emanet.search.SearchRefused;
import tr.emanet.search.SearchRequest;
import tr.emanet.web.Pages;
import tr.emanet.web.RequestPerson;
import tr.emanet.web.Shell;
import tr.emanet.web.Shells;
import tr.emanet.web.security.Allow;

/**
 * The search screen and its fragments. Each fragment takes the parameters of the page and loads by
 * itself, so the newest rows show while the chart is still being counted.
 */
@Path("/search")
@Produces(MediaType.TEXT_HTML + ";charset=utf-8")
public final class SearchResource {

  private static final int BUCKETS = 96;
  private static final int MAX_CONTEXT = 200;

  private final EventSearch search;
  private final SavedSearches saved;
  private final Pages pages;
  private final Shells shells;
  private final QueryHistory history = new QueryHistory();

  public SearchResource(EventSearch search, SavedSearches saved, Pages pages, Shells shells) {
    this.saved = saved;
    this.search = search;
    this.pages = pages;
    this.shells = shells;
  }

  /** What every method needs of its request. */
  private record Asked(SearchState state, Shell shell, SearchScreen screen, Principal who) {}

  private Asked asked(UriInfo uri, HttpHeaders headers, SecurityContext security) {
    Principal who = RequestPerson.of(security);
    Shell shell = shells.of(uri, headers, security, "search");
    SearchState state = SearchState.of(uri.getQueryParameters(), remembered(headers));
    return new Asked(
        state,
        shell,
        new SearchScreen(search, history, saved, shell.texts(), who, shell.now()),
        who);
  }

  /** The page; complete without any script. */
  @GET
  @Allow({Role.ANALYST, Role.AUDITOR, Role.ADMINISTRATOR})
  public Response page(
      @Context UriInfo uri, @Context HttpHeaders headers, @Context SecurityContext security)
      throws IOException {
    Asked asked = asked(uri, headers, security);
    SearchViews.Page page = asked.screen().page(asked.state());
    return pages.page(asked.shell(), "search/page.jte", Map.of("page", page));
  }

  /** The chart. */
  @GET
  @Path("histogram")
  @Allow({Role.ANALYST, Role.AUDITOR, Role.ADMINISTRATOR})
  public Response histogram(
      @Context UriInfo uri, @Context HttpHeaders headers, @Context SecurityContext security)
      throws IOException {
    Asked asked = asked(uri, headers, security);
    SearchCall call = ready(asked);
    try {
      Results.Histogram counts =
          search.histogram(call.ready(), BUCKETS, asked.shell().formats().zone());
      return fragment(
          asked,
          "search/histogram.jte",
          Map.of("view", new HistogramViews(asked.shell().texts()).view(counts, call.asked())));
    } catch (SearchRefused refused) {
      return refused(asked, refused);
    }
  }

  /** The field list. */
  @GET
  @Path("fields")
  @Allow({Role.ANALYST, Role.AUDITOR, Role.ADMINISTRATOR})
  public Response fields(
      @Context UriInfo uri, @Context HttpHeaders headers, @Context SecurityContext security)
      throws IOException {
    Asked asked = asked(uri, headers, security);
    try {
      Results.FieldList list = search.fields(ready(asked).ready());
      return fragment(
          asked,
          "search/fields.jte",
          Map.of("view", new FieldViews(asked.shell().texts()).list(list, asked.state())));
    } catch (SearchRefused refused) {
      return refused(asked, refused);
    }
  }

  /** The five most frequent values of a field. */
  @GET
  @Path("top")
  @Allow({Role.ANALYST, Role.AUDITOR, Role.ADMINISTRATOR})
  public Response top(
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context SecurityContext security,
      @QueryParam("field") @Nullable String field)
      throws IOException {
    Asked asked = asked(uri, headers, security);
    if (field == null || !Chip.isField(field)) {
      throw new BadRequestException();
    }
    try {
      Results.TopValues top = search.top(ready(asked).ready(), field, 5);
      return fragment(
          asked,
          "search/top.jte",
          Map.of("view", new FieldViews(asked.shell().texts()).top(top, asked.state())));
    } catch (SearchRefused refused) {
      return refused(asked, refused);
    }
  }

  /** How many events of the present result have a value: the head of the value menu. */
  @GET
  @Path("count")
  @Produces(MediaType.TEXT_PLAIN + ";charset=utf-8")
  @Allow({Role.ANALYST, Role.AUDITOR, Role.ADMINISTRATOR})
  public Response count(
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context SecurityContext security,
      @QueryParam("field") @Nullable String field,
      @QueryParam("value") @Nullable String value)
      throws IOException {
    Asked asked = asked(uri, headers, security);
    if (field == null || value == null || value.isEmpty() || !Chip.isField(field)) {
      throw new BadRequestException();
    }
    SearchRequest narrowed =
        asked.screen().call(asked.state().including(field, value, false)).request();
    if (narrowed == null) {
      throw new BadRequestException();
    }
    try {
      Results.Count counted = search.counted(narrowed);
      String text =
          asked
              .shell()
              .texts()
              .count(
                  counted.coverage().complete() ? "search.menu.count" : "search.menu.count.least",
                  counted.count());
      return Response.ok(text).build();
    } catch (SearchRefused refused) {
      return refused(asked, refused);
    }
  }

  /** An opened event. */
  @GET
  @Path("event/{position}")
  @Allow({Role.ANALYST, Role.AUDITOR, Role.ADMINISTRATOR})
  public Response event(
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context SecurityContext security,
      @PathParam("position") String position)
      throws IOException {
    Asked asked = asked(uri, headers, security);
    EventRecord event = search.find(position(position), asked.who()).orElse(null);
    if (event == null) {
      return pages.page(
          410, asked.shell(), "search/notice.jte", Map.of("notice", asked.screen().gone()));
    }
    return fragment(
        asked,
        "search/event.jte",
        Map.of(
            "view",
            new RowViews(asked.shell().texts(), asked.shell().now())
                .event(event, asked.screen().link(event))));
  }

  /** The exact bytes, as a download that no browser interprets. */
  @GET
  @Path("raw/{position}")
  @Produces(MediaType.APPLICATION_OCTET_STREAM)
  @Allow({Role.ANALYST, Role.AUDITOR, Role.ADMINISTRATOR})
  public Response raw(@Context SecurityContext security, @PathParam("position") String position)
      throws IOException {
    EventRecord event = find(position, RequestPerson.of(security));
    String name =
        "emanet-" + event.position().stream() + "-" + event.position().sequence() + ".raw";
    return Response.ok(event.raw(), MediaType.APPLICATION_OCTET_STREAM)
        .header("Content-Disposition", "attachment; filename=\"" + name + "\"")
        .build();
  }

  /** Lines of the same source around an event. */
  @GET
  @Path("context/{position}")
  @Allow({Role.ANALYST, Role.AUDITOR, Role.ADMINISTRATOR})
  public Response context(
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context SecurityContext security,
      @PathParam("position") String position,
      @QueryParam("lines") int lines)
      throws IOException {
    Asked asked = asked(uri, headers, security);
    int each = Math.clamp(lines == 0 ? 5 : lines, 1, MAX_CONTEXT);
    try {
      Results.Context context =
          search
              .context(position(position), each, each, asked.who())
              .orElseThrow(NotFoundException::new);
      String host = RowViews.value(context.event(), "host.name");
      String source = host == null ? context.event().source().toString() : host;
      SearchViews.ContextView view =
          new SearchViews.ContextView(
              source,
              new RowViews(asked.shell().texts(), asked.shell().now()).lines(context),
              each >= MAX_CONTEXT ? "" : Integer.toString(Math.min(MAX_CONTEXT, each * 4)),
              Partial.of(asked.shell().texts(), context.coverage()));
      return fragment(asked, "search/context.jte", Map.of("view", view));
    } catch (SearchRefused refused) {
      return refused(asked, refused);
    }
  }

  private EventRecord find(String text, Principal who) throws IOException {
    return search.find(position(text), who).orElseThrow(NotFoundException::new);
  }

  private static Position position(String text) {
    try {
      return Position.parse(text);
    } catch (IllegalArgumentException e) {
      throw new NotFoundException(e);
    }
  }

  private static SearchCall ready(Asked asked) {
    SearchCall call = asked.screen().call(asked.state());
    if (call.request() == null) {
      throw new BadRequestException();
    }
    return call;
  }

  private Response fragment(Asked asked, String template, Map<String, Object> parameters) {
    return pages.page(asked.shell(), template, parameters);
  }

  private Response refused(Asked asked, SearchRefused refused) {
    return pages.page(
        refused.reason() == SearchRefused.Reason.FORBIDDEN ? 403 : 429,
        asked.shell(),
        "search/notice.jte",
        Map.of("notice", asked.screen().notice(refused, asked.state())));
  }

  private static String remembered(HttpHeaders headers) {
    Cookie cookie = headers.getCookies().get(RememberedColumns.COOKIE);
    return RememberedColumns.of(cookie == null ? null : cookie.getValue());
  }
}
