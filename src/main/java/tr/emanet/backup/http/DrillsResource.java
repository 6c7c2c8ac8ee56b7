package tr.emanet.backup.http;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.plan.BackupDesk;
import tr.emanet.backup.plan.BackupJob;
import tr.emanet.backup.proof.Drill;
import tr.emanet.backup.proof.DrillPlan;
import tr.emanet.backup.proof.DrillScope;
import tr.emanet.backup.proof.ProofDesk;
import tr.emanet.event.Role;
import tr.emanet.web.Downloads;
import tr.emanet.web.Pages;
import tr.emanet.web.Problem;
import tr.emanet.web.RequestPerson;
import tr.emanet.web.Shells;
import tr.emanet.web.Texts;
import tr.emanet.web.security.Allow;

/** Restore drills for programs. */
@Path("/api/v1/backups/drills")
@Produces(MediaType.APPLICATION_JSON)
public final class DrillsResource {

  private static final String ID = "{id: [0-9]{1,18}}";
  private static final int DRILLS = 200;

  private final BackupDesk desk;
  private final ProofDesk proofs;
  private final DrillFiles files;
  private final Shells shells;

  public DrillsResource(BackupDesk desk, ProofDesk proofs, Pages pages, Shells shells) {
    this.desk = desk;
    this.proofs = proofs;
    this.files = new DrillFiles(proofs.papers(), pages);
    this.shells = shells;
  }

  /** How every job stands, and the newest drills. */
  @GET
  @Allow({Role.BACKUP_OPERATOR, Role.AUDITOR, Role.ADMINISTRATOR})
  public Map<String, Object> drills() {
    return Map.of(
        "jobs",
        desk.jobs().stream().map(this::job).toList(),
        "drills",
        proofs.drills(DRILLS).stream().map(DrillsResource::of).toList());
  }

  private Map<String, @Nullable Object> job(BackupJob job) {
    ProofDesk.Proof proof = proofs.proof(job);
    DrillPlan plan = proofs.plan(job.id());
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    out.put("job", job.id());
    out.put("name", job.spec().name());
    out.put("provenAt", proof.at() == null ? null : proof.at().toString());
    out.put("overdue", proof.overdue());
    out.put("due", proof.due() == null ? null : proof.due().toString());
    out.put("days", plan.days());
    out.put("files", plan.scope().files());
    out.put("bytes", plan.scope().bytes() == Long.MAX_VALUE ? 0 : plan.scope().bytes());
    return out;
  }

  private static Map<String, @Nullable Object> of(Drill drill) {
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    out.put("id", drill.id());
    out.put("job", drill.plan());
    out.put("by", drill.owner());
    out.put("state", drill.state().id());
    out.put("startedAt", drill.startedAt().toString());
    out.put("endedAt", drill.endedAt() == null ? null : drill.endedAt().toString());
    out.put("problem", drill.problem());
    out.put(
        "lessons",
        drill.lessons().stream()
            .map(l -> Map.of("person", l.person(), "at", l.at().toString(), "text", l.text()))
            .toList());
    return out;
  }

  /**
   * What is to be drilled.
   *
   * @param snapshot first digits of its id; null for the newest good one
   * @param whole null for as much as is planned
   */
  public record Wanted(@Nullable Long job, @Nullable String snapshot, @Nullable Boolean whole) {}

  /** Queues a drill. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Allow({Role.BACKUP_OPERATOR, Role.ADMINISTRATOR})
  public Response drill(
      @Nullable Wanted wanted, @Context HttpHeaders headers, @Context SecurityContext security) {
    Long job = wanted == null ? null : wanted.job();
    if (wanted == null || job == null) {
      return refused(shells.texts(headers), "job");
    }
    return answer(
        proofs.drillNow(
            RequestPerson.of(security),
            job,
            wanted.snapshot() == null ? "" : wanted.snapshot(),
            Boolean.TRUE.equals(wanted.whole())),
        shells.texts(headers));
  }

  /** One drill. */
  @GET
  @Path(ID)
  @Allow({Role.BACKUP_OPERATOR, Role.AUDITOR, Role.ADMINISTRATOR})
  public Map<String, @Nullable Object> one(@PathParam("id") long id) {
    return of(proofs.drill(id).orElseThrow(NotFoundException::new));
  }

  /** What somebody learned. */
  public record Learned(@Nullable String text) {}

  /** Adds what was learned, signed off with the name of the person. */
  @POST
  @Path(ID + "/lessons")
  @Consumes(MediaType.APPLICATION_JSON)
  @Allow({Role.BACKUP_OPERATOR, Role.ADMINISTRATOR})
  public Response lesson(
      @PathParam("id") long id,
      @Nullable Learned learned,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    String text = learned == null || learned.text() == null ? "" : learned.text();
    return answer(proofs.lesson(RequestPerson.of(security), id, text), shells.texts(headers));
  }

  /** The record as JSON or PDF, or the signature of either. */
  @GET
  @Path(ID + "/" + DrillFiles.FILE)
  @Produces(MediaType.WILDCARD)
  @Allow({Role.BACKUP_OPERATOR, Role.AUDITOR, Role.ADMINISTRATOR})
  public Response file(
      @PathParam("id") long id, @PathParam("file") String file, @Context HttpHeaders headers)
      throws IOException {
    DrillFiles.Kept kept =
        files.answer(id, file, shells.texts(headers)).orElseThrow(NotFoundException::new);
    return Downloads.attachment(Response.ok(kept.bytes()), kept.name()).type(kept.type()).build();
  }

  /**
   * When and how much.
   *
   * @param days the period; 0 for never by schedule
   * @param files the most files, 0 for no bound; {@code bytes} the same
   */
  public record Planned(@Nullable Integer days, @Nullable Long files, @Nullable Long bytes) {}

  /** Says when and how much of a job is drilled. */
  @PUT
  @Path("plans/" + ID)
  @Consumes(MediaType.APPLICATION_JSON)
  @Allow({Role.BACKUP_OPERATOR, Role.ADMINISTRATOR})
  public Response plan(
      @PathParam("id") long id,
      @Nullable Planned planned,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    Integer days = planned == null ? null : planned.days();
    if (planned == null || days == null) {
      return refused(shells.texts(headers), "plan");
    }
    DrillPlan plan;
    try {
      long bytes = planned.bytes() == null ? 0 : planned.bytes();
      plan =
          new DrillPlan(
              days,
              new DrillScope(
                  planned.files() == null ? 0 : planned.files(),
                  bytes == 0 ? Long.MAX_VALUE : bytes));
    } catch (IllegalArgumentException e) {
      return refused(shells.texts(headers), "plan");
    }
    return answer(proofs.plan(RequestPerson.of(security), id, plan), shells.texts(headers));
  }

  private static Response answer(ProofDesk.Answer answer, Texts texts) {
    return switch (answer) {
      case ProofDesk.Answer.Done ignored -> Response.noContent().build();
      case ProofDesk.Answer.Queued(var run) ->
          Response.status(202).entity(Map.of("run", run.id())).build();
      case ProofDesk.Answer.Refused(String reason) -> refused(texts, reason);
      case ProofDesk.Answer.Unknown ignored -> throw new NotFoundException();
    };
  }

  static Response refused(Texts texts, String reason) {
    List<String> wrong = List.of("job", "plan", "lesson", "snapshot");
    return Problem.of(
            wrong.contains(reason) ? 400 : 409,
            "proof-" + reason,
            texts.get("proof.refused." + reason),
            null)
        .response();
  }
}
