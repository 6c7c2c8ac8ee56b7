package tr.emanet.indicator.http;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tr.emanet.event.Role;
import tr.emanet.indicator.Indicator;
import tr.emanet.indicator.Revisions;
import tr.emanet.search.Masking;
import tr.emanet.web.Pages;
import tr.emanet.web.RequestPerson;
import tr.emanet.web.Shell;
import tr.emanet.web.Shells;
import tr.emanet.web.security.Allow;

/** The list of indicators with the opened one beside it. Complete without scripts. */
@Path("/indicators")
@Produces(MediaType.TEXT_HTML + ";charset=utf-8")
public final class IndicatorScreenResource {

  static final String RAIL = "indicators";

  private final IndicatorFacts facts;
  private final Revisions revisions;
  private final Masking masking;
  private final Pages pages;
  private final Shells shells;

  public IndicatorScreenResource(
      IndicatorFacts facts, Revisions revisions, Masking masking, Pages pages, Shells shells) {
    this.facts = facts;
    this.revisions = revisions;
    this.masking = masking;
    this.pages = pages;
    this.shells = shells;
  }

  /** The page. */
  @GET
  @Allow({Role.ANALYST, Role.AUDITOR, Role.ADMINISTRATOR})
  public Response page(
      @Context UriInfo uri, @Context HttpHeaders headers, @Context SecurityContext security) {
    Shell shell = shells.of(uri, headers, security, RAIL);
    ListState state = ListState.of(uri.getQueryParameters());
    ListScreen screen = new ListScreen(facts, revisions.states(), shell.texts(), shell.now());
    List<Indicator> found = screen.found(state);
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("state", state);
    parameters.put("listing", screen.listing(state, found));
    if (state.open() > 0) {
      IndicatorPanel panel =
          new IndicatorPanel(
              facts, screen, masking, RequestPerson.of(security), shell.texts(), shell.now());
      facts
          .store()
          .find(state.open())
          .ifPresent(i -> parameters.put("panel", panel.of(i, found, state)));
    }
    return pages.page(shell, "indicator/page.jte", parameters);
  }
}
