package tr.emanet.web;

import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import tr.emanet.web.security.Public;

/** Language and theme of this browser: two cookies without meaning for security. */
@Path("/preferences")
public final class PreferencesResource {

  private static final int YEAR_SECONDS = 365 * 24 * 3600;

  /** Keeps the language and goes back. */
  @GET
  @Path("language/{tag}")
  @Public
  public Response language(
      @PathParam("tag") String tag,
      @QueryParam("back") @DefaultValue("/") String back,
      @Context UriInfo uri) {
    Language language = Language.tagged(tag).orElseThrow(NotFoundException::new);
    return keep(Shells.LANGUAGE_COOKIE, language.tag(), back, uri);
  }

  /** Keeps the theme and goes back. */
  @GET
  @Path("theme/{tag}")
  @Public
  public Response theme(
      @PathParam("tag") String tag,
      @QueryParam("back") @DefaultValue("/") String back,
      @Context UriInfo uri) {
    Theme theme = Theme.tagged(tag).orElseThrow(NotFoundException::new);
    return keep(Shells.THEME_COOKIE, theme.tag(), back, uri);
  }

  private static Response keep(String name, String value, String back, UriInfo uri) {
    NewCookie cookie =
        new NewCookie.Builder(name)
            .value(value)
            .path("/")
            .maxAge(YEAR_SECONDS)
            .httpOnly(true)
            .secure("https".equals(uri.getRequestUri().getScheme()))
            .sameSite(NewCookie.SameSite.LAX)
            .build();
    return Response.status(Response.Status.SEE_OTHER)
        .header("Location", Urls.isLocal(back) ? back : "/")
        .cookie(cookie)
        .build();
  }
}
