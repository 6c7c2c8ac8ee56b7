package tr.emanet.backup.http;

import jakarta.ws.rs.Consumes;
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
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.plan.RepositoryDesk;
import tr.emanet.backup.plan.RepositoryState;
import tr.emanet.event.Principal;
import tr.emanet.event.Role;
import tr.emanet.web.Problem;
import tr.emanet.web.RequestPerson;
import tr.emanet.web.Shells;
import tr.emanet.web.Texts;
import tr.emanet.web.security.Allow;

/** The repository of a job: how it stands, and what people do with it. */
@Path("/api/v1/backups/jobs/{id: [0-9]{1,18}}/repository")
@Produces(MediaType.APPLICATION_JSON)
public final class RepositoryResource {

  private final RepositoryDesk desk;
  private final Shells shells;

  public RepositoryResource(RepositoryDesk desk, Shells shells) {
    this.desk = desk;
    this.shells = shells;
  }

  /** How it stood when it was last looked at. */
  @GET
  @Allow({Role.BACKUP_OPERATOR, Role.AUDITOR, Role.ADMINISTRATOR})
  public Map<String, @Nullable Object> state(@PathParam("id") long id) {
    return json(desk.state(id).orElseThrow(NotFoundException::new));
  }

  /** Looks at it soon, removes locks that nobody holds. */
  @POST
  @Path("acts/{act: look|unlock}")
  @Allow({Role.BACKUP_OPERATOR, Role.ADMINISTRATOR})
  public Response act(
      @PathParam("id") long id,
      @PathParam("act") String act,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    Principal who = RequestPerson.of(security);
    return answer(
        act.equals("look") ? desk.look(who, id) : desk.unlock(who, id), shells.texts(headers));
  }

  /** Why the changes are to be taken over. */
  public record Adoption(@Nullable String why) {}

  /** Asks to take over what another tool has changed. */
  @POST
  @Path("adoption")
  @Consumes(MediaType.APPLICATION_JSON)
  @Allow({Role.BACKUP_OPERATOR, Role.ADMINISTRATOR})
  public Response ask(
      @PathParam("id") long id,
      @Nullable Adoption wanted,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    String why = wanted == null || wanted.why() == null ? "" : wanted.why();
    return answer(desk.askAdoption(RequestPerson.of(security), id, why), shells.texts(headers));
  }

  /** Approves or rejects it. */
  @POST
  @Path("adoption/{act: approve|reject}")
  @Allow(Role.ADMINISTRATOR)
  public Response decide(
      @PathParam("id") long id,
      @PathParam("act") String act,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    Principal who = RequestPerson.of(security);
    return answer(
        act.equals("approve") ? desk.approveAdoption(who, id) : desk.rejectAdoption(who, id),
        shells.texts(headers));
  }

  static Response answer(RepositoryDesk.Answer answer, Texts texts) {
    return switch (answer) {
      case RepositoryDesk.Answer.Done(var said) -> Response.ok(Map.of("said", said)).build();
      case RepositoryDesk.Answer.Refused(String reason, String detail) ->
          Problem.of(
                  409,
                  "backup-" + reason,
                  texts.get("backup.refused." + reason),
                  detail.isEmpty() ? null : detail)
              .response();
      case RepositoryDesk.Answer.Unknown ignored -> throw new NotFoundException();
    };
  }

  static Map<String, @Nullable Object> json(RepositoryState state) {
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    out.put("address", state.address());
    out.put("head", state.head().sequence());
    out.put("headDigest", state.head().digest());
    out.put("rolledBackAt", text(state.rolledBackAt()));
    out.put("lookedAt", text(state.lookedAt()));
    out.put("problem", state.problem());
    out.put(
        "findings",
        state.findings().stream()
            .map(f -> Map.of("kind", f.kind().id(), "object", f.object(), "text", f.text()))
            .toList());
    out.put("unstamped", state.unstamped().lines().toList());
    out.put("sweepAfter", text(state.sweepAfter()));
    out.put("sweptAt", text(state.sweptAt()));
    out.put("freedBytes", state.freedBytes());
    RepositoryState.Adoption asked = state.adoption();
    out.put(
        "adoption",
        asked == null
            ? null
            : Map.of("by", asked.by(), "at", asked.at().toString(), "why", asked.why()));
    return out;
  }

  private static @Nullable String text(@Nullable Instant at) {
    return at == null ? null : at.toString();
  }
}
