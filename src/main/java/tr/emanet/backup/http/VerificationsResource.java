package tr.emanet.backup.http;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.proof.Pace;
import tr.emanet.backup.proof.ProofDesk;
import tr.emanet.backup.proof.Rung;
import tr.emanet.backup.proof.Verification;
import tr.emanet.event.Role;
import tr.emanet.web.RequestPerson;
import tr.emanet.web.Shells;
import tr.emanet.web.security.Allow;

/** Checks of repositories for programs. */
@Path("/api/v1/backups/verifications")
@Produces(MediaType.APPLICATION_JSON)
public final class VerificationsResource {

  private static final int CHECKS = 200;

  private final ProofDesk proofs;
  private final Shells shells;

  public VerificationsResource(ProofDesk proofs, Shells shells) {
    this.proofs = proofs;
    this.shells = shells;
  }

  /** The newest checks, the newest first; one that runs says how far it is. */
  @GET
  @Allow({Role.BACKUP_OPERATOR, Role.AUDITOR, Role.ADMINISTRATOR})
  public Map<String, Object> checks() {
    return Map.of("verifications", proofs.verifications(CHECKS).stream().map(this::of).toList());
  }

  private Map<String, @Nullable Object> of(Verification check) {
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    out.put("id", check.id());
    out.put("repository", check.repository());
    out.put("rung", check.rung().id());
    out.put("by", check.owner());
    out.put("state", check.state().id());
    out.put("startedAt", check.startedAt().toString());
    out.put("endedAt", check.endedAt() == null ? null : check.endedAt().toString());
    out.put("objects", check.objects());
    out.put("bytes", check.bytes());
    out.put("findings", check.findings());
    out.put("findingCount", check.count());
    out.put("problem", check.problem());
    if (check.state() == Verification.State.RUNNING) {
      proofs.pace(check.repository(), check.rung()).ifPresent(p -> out.put("progress", of(p)));
    }
    return out;
  }

  private static Map<String, @Nullable Object> of(Pace pace) {
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    out.put("step", pace.step().name().toLowerCase(Locale.ROOT));
    out.put("done", pace.done());
    out.put("total", pace.total());
    out.put("perSecond", Math.round(pace.perSecond()));
    out.put("secondsLeft", pace.left().map(Duration::toSeconds).orElse(null));
    return out;
  }

  /** What is to be checked, or no longer. */
  public record Wanted(@Nullable String repository, @Nullable String rung) {}

  /** Queues a check. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Allow({Role.BACKUP_OPERATOR, Role.ADMINISTRATOR})
  public Response check(
      @Nullable Wanted wanted, @Context HttpHeaders headers, @Context SecurityContext security) {
    return answer(
        proofs.verifyNow(RequestPerson.of(security), repository(wanted), rung(wanted)), headers);
  }

  /** Ends a check that is queued or running. */
  @POST
  @Path("stop")
  @Consumes(MediaType.APPLICATION_JSON)
  @Allow({Role.BACKUP_OPERATOR, Role.ADMINISTRATOR})
  public Response stop(
      @Nullable Wanted wanted, @Context HttpHeaders headers, @Context SecurityContext security) {
    return answer(
        proofs.stopCheck(RequestPerson.of(security), repository(wanted), rung(wanted)), headers);
  }

  private static String repository(@Nullable Wanted wanted) {
    return wanted == null || wanted.repository() == null ? "" : wanted.repository();
  }

  private static Rung rung(@Nullable Wanted wanted) {
    try {
      return Rung.ofId(wanted == null || wanted.rung() == null ? "" : wanted.rung());
    } catch (IllegalArgumentException e) {
      throw new NotFoundException(e);
    }
  }

  private Response answer(ProofDesk.Answer answer, HttpHeaders headers) {
    return switch (answer) {
      case ProofDesk.Answer.Done ignored -> Response.noContent().build();
      case ProofDesk.Answer.Queued(var run) ->
          Response.status(202).entity(Map.of("run", run.id())).build();
      case ProofDesk.Answer.Refused(String reason) ->
          DrillsResource.refused(shells.texts(headers), reason);
      case ProofDesk.Answer.Unknown ignored -> throw new NotFoundException();
    };
  }
}
