package tr.emanet.web;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import tr.emanet.web.security.Public;

/** Serves {@link StaticFiles}: for a year under their version, briefly under any other. */
@Path("/")
public final class StaticResource {

  private final StaticFiles files;

  public StaticResource(StaticFiles files) {
    this.files = files;
  }

  /** One file. A page of an older release still gets the present file, but may not keep it. */
  @GET
  @Path("static/{version}/{path: .+}")
  @Public
  public Response file(@PathParam("version") String version, @PathParam("path") String path) {
    StaticFiles.StaticFile file = files.find(path).orElseThrow(NotFoundException::new);
    String caching =
        version.equals(files.version()) ? "public, max-age=31536000, immutable" : "no-cache";
    return Response.ok(file.bytes(), file.type()).header("Cache-Control", caching).build();
  }

  /** Browsers ask for it on their own. */
  @GET
  @Path("favicon.ico")
  @Public
  public Response favicon() {
    StaticFiles.StaticFile file = files.find("logo.svg").orElseThrow(NotFoundException::new);
    return Response.ok(file.bytes(), file.type())
        .header("Cache-Control", "public, max-age=86400")
        .build();
  }
}
