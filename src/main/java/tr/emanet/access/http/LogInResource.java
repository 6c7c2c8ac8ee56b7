package tr.emanet.access.http;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Objects;
import tr.emanet.access.Access;
import tr.emanet.access.AccessProblem;
import tr.emanet.access.Client;
import tr.emanet.access.LogIn;
import tr.emanet.web.Pages;
import tr.emanet.web.RequestPerson;
import tr.emanet.web.Shell;
import tr.emanet.web.Shells;
import tr.emanet.web.Urls;
import tr.emanet.web.security.Allow;
import tr.emanet.web.security.Cookies;
import tr.emanet.web.security.Public;
import tr.emanet.web.security.SecurityFilter;

/** Signing in and out, the first account, a password by one-time code. */
@Path("/")
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
public final class LogInResource {

  private final Access access;
  private final Pages pages;
  private final Shells shells;

  public LogInResource(Access access, Pages pages, Shells shells) {
    this.access = access;
    this.pages = pages;
    this.shells = shells;
  }

  /** The log-in page; on a fresh machine the way to the first account. */
  @GET
  @Path("login")
  @Public
  public Response form(@Context ContainerRequestContext request) {
    if (access.first().isWaiting()) {
      return to("/setup");
    }
    String next = next(request.getUriInfo().getQueryParameters().getFirst("next"));
    return RequestPerson.optional(request.getSecurityContext()).isPresent()
        ? to(next)
        : page(request, 200, "login", Map.of("next", next, "name", "", "problem", ""));
  }

  /** Signs in; the answer to any mistake is the same. */
  @POST
  @Path("login")
  @Public
  public Response open(
      MultivaluedMap<String, String> posted, @Context ContainerRequestContext request) {
    FormFields form = new FormFields(posted);
    String next = next(form.text("next"));
    LogIn.Outcome outcome =
        access.logIn().open(form.text("name"), form.secret("password"), client(request));
    return answer(
        request, outcome, next, "login", Map.of("next", next, "name", shown(form.text("name"))));
  }

  /** Ends the session of this browser. */
  @POST
  @Path("logout")
  @Allow
  public Response close(@Context ContainerRequestContext request) {
    boolean secure = request.getSecurityContext().isSecure();
    Cookies.sessionId(request.getCookies(), secure)
        .flatMap(id -> access.sessions().find(id, false))
        .ifPresent(access.logIn()::close);
    return Response.fromResponse(to("/login")).cookie(Cookies.closed(secure)).build();
  }

  /** The page for a one-time code that an administrator made. */
  @GET
  @Path("code")
  @Public
  public Response codeForm(@Context ContainerRequestContext request) {
    return page(request, 200, "code", Map.of("name", "", "problem", ""));
  }

  /** Chooses a password by a one-time code. */
  @POST
  @Path("code")
  @Public
  public Response redeem(
      MultivaluedMap<String, String> posted, @Context ContainerRequestContext request) {
    FormFields form = new FormFields(posted);
    LogIn.Outcome outcome =
        access
            .logIn()
            .redeem(form.text("name"), form.text("code"), form.secret("password"), client(request));
    return answer(request, outcome, "/", "code", Map.of("name", shown(form.text("name"))));
  }

  /** The page that makes the first account. */
  @GET
  @Path("setup")
  @Public
  public Response setupForm(@Context ContainerRequestContext request) {
    return access.first().isWaiting()
        ? page(request, 200, "setup", Map.of("name", "", "display", "", "problem", ""))
        : to("/login");
  }

  /** Makes the first account by the code printed at start. */
  @POST
  @Path("setup")
  @Public
  public Response setUp(
      MultivaluedMap<String, String> posted, @Context ContainerRequestContext request) {
    FormFields form = new FormFields(posted);
    LogIn.Outcome outcome =
        access
            .first()
            .redeem(
                form.text("code"),
                form.text("name"),
                form.text("display"),
                form.secret("password"),
                client(request));
    return answer(
        request,
        outcome,
        "/",
        "setup",
        Map.of("name", shown(form.text("name")), "display", shown(form.text("display"))));
  }

  private Response answer(
      ContainerRequestContext request,
      LogIn.Outcome outcome,
      String next,
      String template,
      Map<String, Object> parameters) {
    Shell shell = shells.of(request, "");
    return switch (outcome) {
      case LogIn.Outcome.Opened opened ->
          Response.fromResponse(to(next))
              .cookie(Cookies.opened(opened.sessionId(), request.getSecurityContext().isSecure()))
              .build();
      case LogIn.Outcome.Refused refused ->
          page(
              request,
              refused.problem().status(),
              template,
              with(parameters, problem(shell, refused.problem())));
      case LogIn.Outcome.Wait wait -> {
        long seconds = wait.atLeast().toSeconds() + 1;
        String text =
            shell.t("access.problem.wait", shell.formats().span(wait.atLeast().plusSeconds(1)));
        yield Response.fromResponse(page(request, 429, template, with(parameters, text)))
            .header(HttpHeaders.RETRY_AFTER, seconds)
            .build();
      }
    };
  }

  private static String problem(Shell shell, AccessProblem problem) {
    return shell.t("access.problem." + problem.code());
  }

  private static Map<String, Object> with(Map<String, Object> parameters, String problem) {
    Map<String, Object> out = new java.util.HashMap<>(parameters);
    out.put("problem", problem);
    return out;
  }

  private Response page(
      ContainerRequestContext request,
      int status,
      String template,
      Map<String, Object> parameters) {
    return pages.page(status, shells.of(request, ""), "access/" + template + ".jte", parameters);
  }

  static Response to(String path) {
    return Response.status(Response.Status.SEE_OTHER).header(HttpHeaders.LOCATION, path).build();
  }

  static Client client(ContainerRequestContext request) {
    return new Client(
        Objects.toString(request.getProperty(SecurityFilter.PEER_ADDRESS), ""),
        Objects.requireNonNullElse(request.getHeaderString(HttpHeaders.USER_AGENT), ""));
  }

  private static String next(@org.jspecify.annotations.Nullable String wanted) {
    return wanted != null && Urls.isLocal(wanted) ? wanted : "/";
  }

  /** What was typed comes back into the form, but not at any length. */
  private static String shown(String typed) {
    return typed.substring(0, Math.min(100, typed.length()));
  }
}
