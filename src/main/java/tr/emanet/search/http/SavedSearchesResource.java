package tr.emanet.search.http;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tr.emanet.event.Role;
import tr.emanet.search.SavedSearch;
import tr.emanet.search.SavedSearches;
import tr.emanet.web.Problem;
import tr.emanet.web.RequestPerson;
import tr.emanet.web.Shells;
import tr.emanet.web.Texts;
import tr.emanet.web.security.Allow;

/** The searches that the caller keeps. */
@Path("/api/v1/searches")
@Produces(MediaType.APPLICATION_JSON)
public final class SavedSearchesResource {

  private final SavedSearches searches;
  private final Shells shells;

  public SavedSearchesResource(SavedSearches searches, Shells shells) {
    this.searches = searches;
    this.shells = shells;
  }

  /** A search to keep; {@code url} is the path and query of the search screen. */
  public record NewSearch(@Nullable String name, @Nullable String url) {}

  /** The caller's own searches, by name. */
  @GET
  @Allow({Role.ANALYST, Role.AUDITOR, Role.ADMINISTRATOR})
  public Map<String, Object> all(@Context SecurityContext security) {
    return Map.of(
        "searches",
        searches.of(RequestPerson.of(security)).stream().map(SavedSearchesResource::json).toList());
  }

  /** Keeps a search; one of the same name gets the new address. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Allow({Role.ANALYST, Role.AUDITOR, Role.ADMINISTRATOR})
  public Response keep(
      @Nullable NewSearch wanted, @Context HttpHeaders headers, @Context SecurityContext security) {
    Texts texts = shells.texts(headers);
    String name = wanted == null ? null : wanted.name();
    String url = wanted == null ? null : wanted.url();
    if (name == null || url == null || !(url + "?").startsWith("/search?")) {
      return problem(400, "parameter", texts.get("search.saved.bad"));
    }
    // Only what the screen itself understands is kept.
    String own = SearchState.ofUrl(url).withOpen("").withAfter("").withColumnsNamed().url();
    return switch (searches.keep(RequestPerson.of(security), name, own)) {
      case SavedSearches.Keeping.Kept kept ->
          Response.status(201).entity(json(kept.search())).build();
      case SavedSearches.Keeping.BadName bad ->
          problem(400, "parameter", texts.get("search.saved.bad"));
      case SavedSearches.Keeping.TooMany many ->
          problem(409, "too-many", texts.get("search.saved.many", SavedSearches.MAX));
    };
  }

  /** Deletes one of the caller's searches. */
  @DELETE
  @Path("{id: [0-9]{1,18}}")
  @Allow({Role.ANALYST, Role.AUDITOR, Role.ADMINISTRATOR})
  public Response delete(@PathParam("id") long id, @Context SecurityContext security) {
    if (!searches.delete(RequestPerson.of(security), id)) {
      throw new NotFoundException();
    }
    return Response.noContent().build();
  }

  private static Response problem(int status, String code, String title) {
    return Problem.of(status, code, title, null).response();
  }

  private static Map<String, Object> json(SavedSearch search) {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("id", search.id());
    out.put("name", search.name());
    out.put("url", search.url());
    out.put("saved_at", search.savedAt().toString());
    return out;
  }
}
