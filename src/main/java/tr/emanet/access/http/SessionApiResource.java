package tr.emanet.access.http;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tr.emanet.access.Session;
import tr.emanet.access.Sessions;
import tr.emanet.event.Principal;
import tr.emanet.event.Role;
import tr.emanet.web.RequestPerson;
import tr.emanet.web.security.Allow;
import tr.emanet.web.security.Cookies;

/**
 * Who one is and when the session ends, so that pages can announce it. Ask with {@link
 * tr.emanet.web.security.SecurityFilter#BACKGROUND_HEADER}, else asking prolongs the session.
 */
@Path("/api/v1/session")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
public final class SessionApiResource {

  private final Sessions sessions;

  public SessionApiResource(Sessions sessions) {
    this.sessions = sessions;
  }

  /** The caller; {@code ends_at} is absent for tokens. */
  @GET
  @Allow
  public Map<String, Object> show(@Context ContainerRequestContext request) {
    Principal caller = RequestPerson.of(request.getSecurityContext());
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("id", caller.id());
    out.put("display_name", caller.displayName());
    out.put("roles", caller.roles().stream().sorted().map(Role::id).toList());
    session(request).ifPresent(s -> out.put("ends_at", s.endsAt().toString()));
    return out;
  }

  /** Prolongs the session now; 12 hours after log-in it ends all the same. */
  @POST
  @Allow
  public Map<String, Object> extend(@Context ContainerRequestContext request) {
    session(request).ifPresent(sessions::extend);
    return show(request);
  }

  private Optional<Session> session(ContainerRequestContext request) {
    boolean secure = request.getSecurityContext().isSecure();
    return RequestPerson.optional(request.getSecurityContext())
        .filter(person -> !person.formToken().isEmpty())
        .flatMap(person -> Cookies.sessionId(request.getCookies(), secure))
        .flatMap(id -> sessions.find(id, false));
  }
}
