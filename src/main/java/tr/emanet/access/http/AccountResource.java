package tr.emanet.access.http;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tr.emanet.access.Access;
import tr.emanet.access.AccessProblem;
import tr.emanet.access.ApiToken;
import tr.emanet.access.ApiTokens;
import tr.emanet.access.LogIn;
import tr.emanet.access.Session;
import tr.emanet.access.UserName;
import tr.emanet.event.Principal;
import tr.emanet.event.Role;
import tr.emanet.web.Pages;
import tr.emanet.web.RequestPerson;
import tr.emanet.web.Shell;
import tr.emanet.web.Shells;
import tr.emanet.web.security.Allow;
import tr.emanet.web.security.Cookies;

/** The own account: password, sessions, tokens. */
@Path("/account")
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
public final class AccountResource {

  private final Access access;
  private final Pages pages;
  private final Shells shells;

  public AccountResource(Access access, Pages pages, Shells shells) {
    this.access = access;
    this.pages = pages;
    this.shells = shells;
  }

  /** The page. */
  @GET
  @Allow
  public Response show(@Context ContainerRequestContext request) {
    String done = request.getUriInfo().getQueryParameters().getFirst("done");
    Shell shell = shells.of(request, "");
    String key = "access.done." + done;
    return page(request, 200, shell.texts().has(key) ? shell.t(key) : "", "", "");
  }

  /** Changes the own password; all other sessions end, this browser gets a new one. */
  @POST
  @Path("password")
  @Allow
  public Response password(
      MultivaluedMap<String, String> posted, @Context ContainerRequestContext request) {
    FormFields form = new FormFields(posted);
    LogIn.Outcome outcome =
        access
            .logIn()
            .changePassword(
                person(request),
                form.secret("old"),
                form.secret("new"),
                LogInResource.client(request));
    Shell shell = shells.of(request, "");
    return switch (outcome) {
      case LogIn.Outcome.Opened opened ->
          Response.fromResponse(LogInResource.to("/account?done=password"))
              .cookie(Cookies.opened(opened.sessionId(), request.getSecurityContext().isSecure()))
              .build();
      case LogIn.Outcome.Refused refused -> refuse(request, refused.problem());
      case LogIn.Outcome.Wait wait ->
          page(
              request,
              429,
              "",
              shell.t("access.problem.wait", shell.formats().span(wait.atLeast().plusSeconds(1))),
              "");
    };
  }

  /** Ends one of the own sessions. */
  @POST
  @Path("sessions/end")
  @Allow
  public Response endSession(
      MultivaluedMap<String, String> posted, @Context ContainerRequestContext request) {
    String session = new FormFields(posted).text("session");
    if (!session.isEmpty()) {
      access
          .users()
          .endSessions(RequestPerson.of(request.getSecurityContext()), person(request), session);
    }
    return LogInResource.to("/account?done=session");
  }

  /** Makes a token and shows it, this once. */
  @POST
  @Path("tokens")
  @Allow
  public Response createToken(
      MultivaluedMap<String, String> posted, @Context ContainerRequestContext request) {
    FormFields form = new FormFields(posted);
    ApiTokens.Creation creation =
        access
            .tokens()
            .createScoped(
                RequestPerson.of(request.getSecurityContext()),
                form.text("label"),
                form.all("role"),
                Duration.ofDays(form.number("days", 0)));
    return switch (creation) {
      case ApiTokens.Creation.Created created -> page(request, 200, "", "", created.clear());
      case ApiTokens.Creation.Refused refused -> refuse(request, refused.problem());
    };
  }

  /** Revokes a token. */
  @POST
  @Path("tokens/{id: [0-9]{1,18}}/revoke")
  @Allow
  public Response revokeToken(@PathParam("id") long id, @Context ContainerRequestContext request) {
    Optional<AccessProblem> problem =
        access.tokens().revoke(RequestPerson.of(request.getSecurityContext()), id);
    return problem
        .map(p -> refuse(request, p))
        .orElseGet(() -> LogInResource.to("/account?done=token"));
  }

  private Response refuse(ContainerRequestContext request, AccessProblem problem) {
    Shell shell = shells.of(request, "");
    return page(request, problem.status(), "", shell.t("access.problem." + problem.code()), "");
  }

  private Response page(
      ContainerRequestContext request, int status, String done, String problem, String token) {
    UserName name = person(request);
    Principal principal = RequestPerson.of(request.getSecurityContext());
    String current =
        Cookies.sessionId(request.getCookies(), request.getSecurityContext().isSecure())
            .flatMap(id -> access.sessions().find(id, false))
            .map(Session::idHash)
            .orElse("");
    List<ApiToken> own =
        access.tokens().visibleTo(principal).stream()
            .filter(t -> t.revokedAt().isEmpty())
            .filter(t -> principal.has(Role.ADMINISTRATOR) || t.owner().equals(Optional.of(name)))
            .toList();
    return pages.page(
        status,
        shells.of(request, ""),
        "access/account.jte",
        Map.of(
            "sessions", access.sessions().of(name),
            "current", current,
            "tokens", own,
            "roles", principal.roles().stream().sorted().toList(),
            "done", done,
            "problem", problem,
            "token", token));
  }

  /** Pages of an account are for people: a token or the command line has none. */
  private static UserName person(ContainerRequestContext request) {
    return UserName.parse(RequestPerson.of(request.getSecurityContext()).id())
        .orElseThrow(ForbiddenException::new);
  }
}
