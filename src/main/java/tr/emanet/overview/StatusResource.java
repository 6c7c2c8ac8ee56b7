package tr.emanet.overview;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import tr.emanet.web.Shells;
import tr.emanet.web.security.Allow;

/** The facts of the system page for programs. */
@Path("/api/v1/status")
@Produces(MediaType.APPLICATION_JSON)
public final class StatusResource {

  private final SystemFacts facts;
  private final Shells shells;

  public StatusResource(SystemFacts facts, Shells shells) {
    this.facts = facts;
    this.shells = shells;
  }

  /** Everything at about one moment. */
  @GET
  @Allow
  public Response status(@Context HttpHeaders headers) {
    return Response.ok(SystemView.document(SystemResource.balanced(facts), shells.texts(headers)))
        .build();
  }
}
