package tr.emanet.access.http;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tr.emanet.access.Access;
import tr.emanet.access.AccessProblem;
import tr.emanet.access.ApiToken;
import tr.emanet.access.ApiTokens;
import tr.emanet.access.UserName;
import tr.emanet.event.Role;
import tr.emanet.web.RequestPerson;
import tr.emanet.web.Shells;
import tr.emanet.web.security.Allow;

/** Tokens for programs, such as {@code emanet token create}. */
@Path("/api/v1/tokens")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class TokensApiResource {

  private final Access access;
  private final Shells shells;

  public TokensApiResource(Access access, Shells shells) {
    this.access = access;
    this.shells = shells;
  }

  /** A new token; {@code days} defaults to a year. */
  public record NewToken(
      @Nullable String label, @Nullable List<String> scopes, @Nullable Integer days) {}

  /** The tokens one may handle: one's own, for an administrator all. */
  @GET
  @Allow
  public Map<String, Object> all(@Context ContainerRequestContext request) {
    return Map.of(
        "tokens",
        access.tokens().visibleTo(RequestPerson.of(request.getSecurityContext())).stream()
            .map(TokensApiResource::json)
            .toList());
  }

  /** Makes a token; the answer is the only place where it is seen. */
  @POST
  @Allow
  public Response create(NewToken wanted, @Context ContainerRequestContext request) {
    if (wanted == null) {
      return UsersApiResource.problem(shells, request, AccessProblem.NO_ROLE);
    }
    ApiTokens.Creation creation =
        access
            .tokens()
            .createScoped(
                RequestPerson.of(request.getSecurityContext()),
                wanted.label() == null ? "" : wanted.label(),
                wanted.scopes() == null ? List.of() : wanted.scopes(),
                wanted.days() == null ? ApiTokens.USUAL : Duration.ofDays(wanted.days()));
    return switch (creation) {
      case ApiTokens.Creation.Created created -> {
        Map<String, @Nullable Object> out = json(created.token());
        out.put("token", created.clear());
        yield Response.status(201).entity(out).build();
      }
      case ApiTokens.Creation.Refused refused ->
          UsersApiResource.problem(shells, request, refused.problem());
    };
  }

  /** Revokes a token at once. */
  @DELETE
  @Path("{id: [0-9]{1,18}}")
  @Allow
  public Response revoke(@PathParam("id") long id, @Context ContainerRequestContext request) {
    return access
        .tokens()
        .revoke(RequestPerson.of(request.getSecurityContext()), id)
        .map(problem -> UsersApiResource.problem(shells, request, problem))
        .orElseGet(() -> Response.noContent().build());
  }

  private static Map<String, @Nullable Object> json(ApiToken token) {
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    out.put("id", token.id());
    out.put("label", token.label());
    out.put("owner", token.owner().map(UserName::value).orElse(null));
    out.put("created_by", token.createdBy());
    out.put(
        "scopes",
        token.lists()
            ? List.of(ApiTokens.LISTS)
            : token.roles().stream().sorted().map(Role::id).toList());
    out.put("created_at", token.createdAt().toString());
    out.put("expires_at", token.expiresAt().toString());
    out.put("used_at", token.usedAt().map(Object::toString).orElse(null));
    out.put("revoked_at", token.revokedAt().map(Object::toString).orElse(null));
    return out;
  }
}
