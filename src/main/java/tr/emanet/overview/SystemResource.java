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
import java.util.Map;
import tr.emanet.web.Pages;
import tr.emanet.web.Shell;
import tr.emanet.web.Shells;
import tr.emanet.web.security.Allow;

/** The system page. Everybody who is signed in may read it. */
@Path("/system")
public final class SystemResource {

  private static final int TRIES = 5;

  private final SystemFacts facts;
  private final Pages pages;
  private final Shells shells;

  public SystemResource(SystemFacts facts, Pages pages, Shells shells) {
    this.facts = facts;
    this.pages = pages;
    this.shells = shells;
  }

  /** The page. */
  @GET
  @Produces(MediaType.TEXT_HTML + ";charset=utf-8")
  @Allow
  public Response page(
      @Context UriInfo uri, @Context HttpHeaders headers, @Context SecurityContext security) {
    Shell shell = shells.of(uri, headers, security, "system");
    SystemSnapshot snapshot = balanced(facts);
    return pages.page(
        shell,
        "overview/system.jte",
        Map.of("view", SystemView.of(snapshot, shell.texts(), shell.now()), "snapshot", snapshot));
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
