package tr.emanet.search.http;

import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tr.emanet.event.EventRecord;
import tr.emanet.event.Position;
import tr.emanet.event.Principal;
import tr.emanet.event.Role;
import tr.emanet.search.EventSearch;
import tr.emanet.web.Pages;
import tr.emanet.web.RequestPerson;
import tr.emanet.web.Shell;
import tr.emanet.web.Shells;
import tr.emanet.web.security.Allow;

/** Two to four marked events side by side, as a fragment of the search screen. */
@Path("/search/compare")
@Produces(MediaType.TEXT_HTML + ";charset=utf-8")
public final class CompareResource {

  private static final int MOST = 4;

  private final EventSearch search;
  private final Pages pages;
  private final Shells shells;

  public CompareResource(EventSearch search, Pages pages, Shells shells) {
    this.search = search;
    this.pages = pages;
    this.shells = shells;
  }

  /** The events at two to four positions. */
  @GET
  @Allow({Role.ANALYST, Role.AUDITOR, Role.ADMINISTRATOR})
  public Response compare(
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context SecurityContext security,
      @QueryParam("p") List<String> positions)
      throws IOException {
    if (positions.size() < 2 || positions.size() > MOST) {
      throw new BadRequestException();
    }
    Principal who = RequestPerson.of(security);
    Shell shell = shells.of(uri, headers, security, "search");
    List<EventRecord> events = new ArrayList<>();
    for (String position : positions) {
      try {
        events.add(search.find(Position.parse(position), who).orElseThrow(NotFoundException::new));
      } catch (IllegalArgumentException e) {
        throw new NotFoundException(e);
      }
    }
    return pages.page(
        shell, "search/compare.jte", Map.of("view", new CompareViews(shell.texts()).view(events)));
  }
}
