package tr.emanet.overview;

import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tr.emanet.event.Principal;
import tr.emanet.search.Masking;
import tr.emanet.web.Pages;
import tr.emanet.web.RequestPerson;
import tr.emanet.web.Shell;
import tr.emanet.web.Shells;
import tr.emanet.web.security.Allow;

/** The system page. Everybody who is signed in may read it. */
@Path("/system")
public final class SystemResource {

  private static final int TRIES = 5;
  private static final int MOST_SILENT = 200;

  private final SystemFacts facts;
  private final HistoryStore history;
  private final Masking masking;
  private final Pages pages;
  private final Shells shells;

  public SystemResource(
      SystemFacts facts, HistoryStore history, Masking masking, Pages pages, Shells shells) {
    this.facts = facts;
    this.history = history;
    this.masking = masking;
    this.pages = pages;
    this.shells = shells;
  }

  /**
   * The page.
   *
   * @param sources {@code silent} shows those that are silent instead of the heaviest
   */
  @GET
  @Produces(MediaType.TEXT_HTML + ";charset=utf-8")
  @Allow
  public Response page(
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context SecurityContext security,
      @QueryParam("sources") @DefaultValue("") String sources) {
    Shell shell = shells.of(uri, headers, security, "system");
    SystemSnapshot snapshot = balanced(facts);
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("view", SystemView.of(snapshot, shell.texts(), shell.now()));
    parameters.put("snapshot", snapshot);
    if (sources.equals("silent")) {
      parameters.put("silent", silent(snapshot, shell, RequestPerson.of(security)));
    }
    return pages.page(shell, "overview/system.jte", parameters);
  }

  private List<SilentLine> silent(SystemSnapshot snapshot, Shell shell, Principal who) {
    Silence silence =
        Silence.of(
            history.sources(shell.now().minus(Silence.KNOWN)), snapshot.startedAt(), shell.now());
    return silence.silent().stream()
        .limit(MOST_SILENT)
        .map(
            quiet ->
                new SilentLine(
                    who.readsUnmasked()
                        ? quiet.address()
                        : masking.shown("message", quiet.address(), List.of()),
                    shell.formats().dateTime(quiet.last()),
                    shell.formats().span(Duration.between(quiet.last(), shell.now())),
                    shell.formats().span(quiet.usual())))
        .toList();
  }

  /** Counters are read one after another: a snapshot that does not add up is taken again. */
  static SystemSnapshot balanced(SystemFacts facts) {
    SystemSnapshot snapshot = facts.take();
    for (int i = 1; i < TRIES && !snapshot.balance().balanced(); i++) {
      snapshot = facts.take();
    }
    return snapshot;
  }
}
