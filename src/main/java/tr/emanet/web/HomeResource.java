package tr.emanet.web;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import tr.emanet.web.security.Public;

/** The bare address leads to the first page of the rail; the security filter asks who comes. */
@Path("/")
public final class HomeResource {

  private final URI first;

  public HomeResource(RailItem first) {
    this.first = URI.create(first.href());
  }

  /** Goes to the first page. */
  @GET
  @Public
  public Response home() {
    return Response.seeOther(first).build();
  }
}
