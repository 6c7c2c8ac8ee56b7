package tr.emanet.access.http;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tr.emanet.access.Access;
import tr.emanet.access.AccessProblem;
import tr.emanet.access.Roles;
import tr.emanet.access.User;
import tr.emanet.access.UserChange;
import tr.emanet.access.UserName;
import tr.emanet.event.Principal;
import tr.emanet.event.Role;
import tr.emanet.web.Problem;
import tr.emanet.web.RequestPerson;
import tr.emanet.web.Shells;
import tr.emanet.web.security.Allow;

/** People and their roles for programs, such as {@code emanet user}. */
@Path("/api/v1/users")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class UsersApiResource {

  private final Access access;
  private final Shells shells;

  public UsersApiResource(Access access, Shells shells) {
    this.access = access;
    this.shells = shells;
  }

  /** A new person; {@code display_name} defaults to the name. */
  public record NewUser(
      @Nullable String name, @Nullable String display_name, @Nullable List<String> roles) {}

  /** Other roles. */
  public record NewRoles(@Nullable List<String> roles) {}

  /** Everybody. */
  @GET
  @Allow(Role.ADMINISTRATOR)
  public Map<String, Object> all() {
    return Map.of("users", access.users().all().stream().map(UsersApiResource::json).toList());
  }

  /** Makes a person and a one-time code for the first password. */
  @POST
  @Allow(Role.ADMINISTRATOR)
  public Response create(NewUser wanted, @Context ContainerRequestContext request) {
    String name = wanted == null || wanted.name() == null ? "" : wanted.name();
    String display = wanted == null || wanted.display_name() == null ? name : wanted.display_name();
    Optional<Set<Role>> roles = roles(wanted == null ? null : wanted.roles());
    return roles.isEmpty()
        ? problem(shells, request, AccessProblem.NO_ROLE)
        : answer(request, 201, access.users().create(by(request), name, display, roles.get()));
  }

  /** Gives other roles. */
  @PUT
  @Path("{name}/roles")
  @Allow(Role.ADMINISTRATOR)
  public Response setRoles(
      @PathParam("name") String name, NewRoles wanted, @Context ContainerRequestContext request) {
    Optional<UserName> person = UserName.parse(name);
    Optional<Set<Role>> roles = roles(wanted == null ? null : wanted.roles());
    if (person.isEmpty() || roles.isEmpty()) {
      return problem(
          shells, request, person.isEmpty() ? AccessProblem.UNKNOWN_USER : AccessProblem.NO_ROLE);
    }
    return answer(request, 200, access.users().setRoles(by(request), person.get(), roles.get()));
  }

  /** Disables, enables or resets a person. */
  @POST
  @Path("{name}/{change: disable|enable|reset}")
  @Consumes(MediaType.WILDCARD)
  @Allow(Role.ADMINISTRATOR)
  public Response change(
      @PathParam("name") String name,
      @PathParam("change") String change,
      @Context ContainerRequestContext request) {
    Optional<UserName> person = UserName.parse(name);
    if (person.isEmpty()) {
      return problem(shells, request, AccessProblem.UNKNOWN_USER);
    }
    UserChange done =
        change.equals("reset")
            ? access.users().reset(by(request), person.get())
            : access.users().setDisabled(by(request), person.get(), change.equals("disable"));
    return answer(request, 200, done);
  }

  private Response answer(ContainerRequestContext request, int status, UserChange change) {
    return switch (change) {
      case UserChange.Done done -> Response.status(status).entity(json(done.user())).build();
      case UserChange.DoneWithCode made -> {
        Map<String, Object> out = json(made.user());
        out.put("code", made.code());
        out.put("code_expires_at", made.expiresAt().toString());
        yield Response.status(status).entity(out).build();
      }
      case UserChange.Refused refused -> problem(shells, request, refused.problem());
    };
  }

  /** A refusal as problem document, in the reader's language. */
  static Response problem(Shells shells, ContainerRequestContext request, AccessProblem problem) {
    String title = shells.of(request, "").t("access.problem." + problem.code());
    return Problem.of(problem.status(), problem.code(), title, null).response();
  }

  static Optional<Set<Role>> roles(@Nullable List<String> ids) {
    return ids == null ? Optional.empty() : Roles.parse(ids);
  }

  private static Principal by(ContainerRequestContext request) {
    return RequestPerson.of(request.getSecurityContext());
  }

  private static Map<String, Object> json(User user) {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("name", user.name().value());
    out.put("display_name", user.displayName());
    out.put("roles", user.orderedRoles().stream().map(Role::id).toList());
    out.put("disabled", user.disabled());
    out.put("has_password", user.hasPassword());
    out.put("created_at", user.createdAt().toString());
    return out;
  }
}
