package tr.emanet.overview;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tr.emanet.audit.AuditLog;
import tr.emanet.event.Role;
import tr.emanet.journal.seal.SealReport;
import tr.emanet.journal.seal.SealStatus;
import tr.emanet.journal.seal.Seals;
import tr.emanet.web.Problem;
import tr.emanet.web.RequestPerson;
import tr.emanet.web.security.Allow;

/** How sealing stands, and a checkpoint on request. */
@Path("/api/v1/seal")
@Produces(MediaType.APPLICATION_JSON)
public final class SealResource {

  private static final long PATIENCE_SECONDS = 60;

  private final Seals seals;
  private final AuditLog audit;

  public SealResource(Seals seals, AuditLog audit) {
    this.seals = seals;
    this.audit = audit;
  }

  /** Everything at about one moment. */
  @GET
  @Allow
  public Response status() {
    return Response.ok(document(seals.report())).build();
  }

  /** Seals what is durable now; answers when the checkpoint counts. */
  @POST
  @Path("checkpoints")
  @Allow({Role.ADMINISTRATOR, Role.ANALYST})
  public Response now(@Context SecurityContext security) throws InterruptedException {
    audit.record(RequestPerson.of(security), "seal.now", Map.of());
    try {
      var ignored = seals.now().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      return refused(String.valueOf(e.getCause() == null ? e : e.getCause().getMessage()));
    } catch (TimeoutException e) {
      return refused("it takes longer than " + PATIENCE_SECONDS + " s; ask for the status later");
    }
    return Response.ok(document(seals.report())).build();
  }

  private static Response refused(String why) {
    return Problem.of(503, "seal", "No checkpoint could be made", why).response();
  }

  /** The facts, described in {@code openapi.yaml}. */
  static Map<String, @Nullable Object> document(SealReport report) {
    SealStatus seal = report.seal();
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    out.put("checkpoint", seal.number());
    out.put("at", seal.at() == null ? null : seal.at().toString());
    out.put("unsealed_seconds", seal.unsealed().toSeconds());
    out.put("late", seal.late());
    out.put("problem", seal.problem());
    out.put("findings", seal.findings());
    out.put(
        "key", Map.of("id", report.key().id(), "not_after", report.key().notAfter().toString()));
    out.put("authority", report.authority());
    out.put("credits", report.credits());
    out.put("stamped_day", report.stampedDay() == null ? null : report.stampedDay().toString());
    out.put("unstamped_days", report.unstampedDays());
    out.put(
        "unstamped",
        report.unstamped().stream()
            .map(d -> Map.of("day", d.day().toString(), "tries", d.tries(), "problem", d.problem()))
            .toList());
    out.put("root_problem", report.rootProblem());
    out.put("witnesses", report.witnesses());
    out.put(
        "gaps",
        seal.gaps().stream()
            .map(
                g ->
                    Map.of(
                        "after",
                        g.after(),
                        "from",
                        g.from().toString(),
                        "to",
                        g.to().toString(),
                        "cause",
                        g.cause()))
            .toList());
    return out;
  }
}
