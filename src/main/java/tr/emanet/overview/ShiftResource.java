package tr.emanet.overview;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import tr.emanet.event.Principal;
import tr.emanet.search.Masking;
import tr.emanet.web.Pages;
import tr.emanet.web.RequestPerson;
import tr.emanet.web.Shell;
import tr.emanet.web.Shells;
import tr.emanet.web.security.Allow;

/** The shift page: how things stand and what waits. Everybody who is signed in may read it. */
@Path("/overview")
public final class ShiftResource {

  private final ShiftFacts facts;
  private final HistoryStore history;
  private final Masking masking;
  private final Pages pages;
  private final Shells shells;

  public ShiftResource(
      ShiftFacts facts, HistoryStore history, Masking masking, Pages pages, Shells shells) {
    this.facts = facts;
    this.history = history;
    this.masking = masking;
    this.pages = pages;
    this.shells = shells;
  }

  /** The page. */
  @GET
  @Produces(MediaType.TEXT_HTML + ";charset=utf-8")
  @Allow
  public Response page(
      @Context UriInfo uri, @Context HttpHeaders headers, @Context SecurityContext security) {
    Shell shell = shells.of(uri, headers, security, "overview");
    Principal who = RequestPerson.of(security);
    UnaryOperator<String> masked =
        text -> who.readsUnmasked() ? text : masking.shown("message", text, List.of());
    ShiftView view = new ShiftScreen(facts, history, shell.texts(), shell.now()).of(who, masked);
    return pages.page(shell, "overview/shift.jte", Map.of("view", view));
  }
}
