package tr.emanet.access.http;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tr.emanet.access.Access;
import tr.emanet.access.AccessProblem;
import tr.emanet.access.Roles;
import tr.emanet.access.UserChange;
import tr.emanet.access.UserName;
import tr.emanet.event.Principal;
import tr.emanet.event.Role;
import tr.emanet.web.Pages;
import tr.emanet.web.RequestPerson;
import tr.emanet.web.Shell;
import tr.emanet.web.Shells;
import tr.emanet.web.security.Allow;

/** People and their roles, for administrators. */
@Path("/people")
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
public final class PeopleResource {

  private static final String RAIL = "people";

  private final Access access;
  private final Pages pages;
  private final Shells shells;

  public PeopleResource(Access access, Pages pages, Shells shells) {
    this.access = access;
    this.pages = pages;
    this.shells = shells;
  }

  /** The page. */
  @GET
  @Allow(Role.ADMINISTRATOR)
  public Response show(@Context ContainerRequestContext request) {
    String done = request.getUriInfo().getQueryParameters().getFirst("done");
    Shell shell = shells.of(request, RAIL);
    String key = "access.done." + done;
    return page(request, 200, shell.texts().has(key) ? shell.t(key) : "", "", "");
  }

  /** Makes a person; shows the one-time code for the first password. */
  @POST
  @Allow(Role.ADMINISTRATOR)
  public Response create(
      MultivaluedMap<String, String> posted, @Context ContainerRequestContext request) {
    FormFields form = new FormFields(posted);
    return answer(
        request,
        access.users().create(by(request), form.text("name"), form.text("display"), roles(form)));
  }

  /** Gives other roles. */
  @POST
  @Path("{name}/roles")
  @Allow(Role.ADMINISTRATOR)
  public Response roles(
      @PathParam("name") String name,
      MultivaluedMap<String, String> posted,
      @Context ContainerRequestContext request) {
    return answer(
        request, access.users().setRoles(by(request), person(name), roles(new FormFields(posted))));
  }

  /** Disables a person. */
  @POST
  @Path("{name}/disable")
  @Allow(Role.ADMINISTRATOR)
  public Response disable(
      @PathParam("name") String name, @Context ContainerRequestContext request) {
    return answer(request, access.users().setDisabled(by(request), person(name), true));
  }

  /** Enables a person again. */
  @POST
  @Path("{name}/enable")
  @Allow(Role.ADMINISTRATOR)
  public Response enable(@PathParam("name") String name, @Context ContainerRequestContext request) {
    return answer(request, access.users().setDisabled(by(request), person(name), false));
  }

  /** Takes the password away; shows the one-time code for a new one. */
  @POST
  @Path("{name}/reset")
  @Allow(Role.ADMINISTRATOR)
  public Response reset(@PathParam("name") String name, @Context ContainerRequestContext request) {
    return answer(request, access.users().reset(by(request), person(name)));
  }

  private Response answer(ContainerRequestContext request, UserChange change) {
    Shell shell = shells.of(request, RAIL);
    return switch (change) {
      case UserChange.Done _ -> LogInResource.to("/people?done=person");
      case UserChange.DoneWithCode made ->
          page(request, 200, shell.t("access.people.code", made.user().name()), "", made.code());
      case UserChange.Refused refused -> refuse(request, refused.problem());
    };
  }

  private Response refuse(ContainerRequestContext request, AccessProblem problem) {
    Shell shell = shells.of(request, RAIL);
    return page(request, problem.status(), "", shell.t("access.problem." + problem.code()), "");
  }

  private Response page(
      ContainerRequestContext request, int status, String done, String problem, String code) {
    return pages.page(
        status,
        shells.of(request, RAIL),
        "access/people.jte",
        Map.of("people", access.users().all(), "done", done, "problem", problem, "code", code));
  }

  private static Principal by(ContainerRequestContext request) {
    return RequestPerson.of(request.getSecurityContext());
  }

  private static UserName person(String name) {
    return UserName.parse(name).orElseThrow(NotFoundException::new);
  }

  /** The ticked roles; a name that is no role counts as none ticked. */
  private static Set<Role> roles(FormFields form) {
    Optional<Set<Role>> roles = Roles.parse(form.all("role"));
    return roles.orElse(Set.of());
  }
}
