package tr.emanet.backup.http;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
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
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.plan.BackupDesk;
import tr.emanet.backup.plan.BackupSpec;
import tr.emanet.event.Role;
import tr.emanet.web.Problem;
import tr.emanet.web.RequestPerson;
import tr.emanet.web.Shells;
import tr.emanet.web.Texts;
import tr.emanet.web.security.Allow;

/** Backup jobs for programs. */
@Path("/api/v1/backups/jobs")
@Produces(MediaType.APPLICATION_JSON)
public final class BackupsResource {

  private static final String ID = "{id: [0-9]{1,18}}";
  private static final int RUNS = 100;

  private final BackupDesk desk;
  private final JobActs acts;
  private final Shells shells;

  public BackupsResource(BackupDesk desk, Shells shells) {
    this.desk = desk;
    this.acts = new JobActs(desk);
    this.shells = shells;
  }

  /** All jobs. */
  @GET
  @Allow({Role.BACKUP_OPERATOR, Role.AUDITOR, Role.ADMINISTRATOR})
  public Map<String, Object> jobs() {
    return Map.of("jobs", desk.jobs().stream().map(job -> JobJson.of(job, desk)).toList());
  }

  /** Makes a job. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Allow({Role.BACKUP_OPERATOR, Role.ADMINISTRATOR})
  public Response create(
      JobJson.@Nullable Wanted wanted,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    return keep(wanted, -1, shells.texts(headers), security);
  }

  /** One job. */
  @GET
  @Path(ID)
  @Allow({Role.BACKUP_OPERATOR, Role.AUDITOR, Role.ADMINISTRATOR})
  public Map<String, @Nullable Object> job(@PathParam("id") long id) {
    return JobJson.of(desk.job(id).orElseThrow(NotFoundException::new), desk);
  }

  /** Changes a job. */
  @PUT
  @Path(ID)
  @Consumes(MediaType.APPLICATION_JSON)
  @Allow({Role.BACKUP_OPERATOR, Role.ADMINISTRATOR})
  public Response change(
      @PathParam("id") long id,
      JobJson.@Nullable Wanted wanted,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    return keep(wanted, id, shells.texts(headers), security);
  }

  private Response keep(
      JobJson.@Nullable Wanted wanted, long id, Texts texts, SecurityContext security) {
    BackupSpec spec;
    List<String> secrets;
    try {
      if (wanted == null) {
        return refused(texts, "name");
      }
      spec = wanted.spec();
      secrets = wanted.secrets();
    } catch (JobForm.WrongField e) {
      return refused(texts, e.reason());
    } catch (IllegalArgumentException e) {
      return refused(texts, "keep");
    }
    return answer(
        id < 0
            ? desk.create(RequestPerson.of(security), spec, secrets)
            : desk.change(RequestPerson.of(security), id, spec, secrets),
        id < 0 ? 201 : 200,
        texts);
  }

  /** Removes a job from the list; its snapshots stay. */
  @DELETE
  @Path(ID)
  @Allow(Role.ADMINISTRATOR)
  public Response remove(
      @PathParam("id") long id, @Context HttpHeaders headers, @Context SecurityContext security) {
    return answer(desk.remove(RequestPerson.of(security), id), 200, shells.texts(headers));
  }

  /** The runs of a job, the newest first. */
  @GET
  @Path(ID + "/runs")
  @Allow({Role.BACKUP_OPERATOR, Role.AUDITOR, Role.ADMINISTRATOR})
  public Map<String, Object> runs(@PathParam("id") long id) {
    return Map.of("runs", desk.runs(id, RUNS).stream().map(r -> JobJson.of(r, desk)).toList());
  }

  /** Queues a run, stops it, pauses or resumes the schedule. */
  @POST
  @Path(ID + "/acts/{act: run|stop|pause|resume}")
  @Allow({Role.BACKUP_OPERATOR, Role.ADMINISTRATOR})
  public Response act(
      @PathParam("id") long id,
      @PathParam("act") String act,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    return answer(acts.act(RequestPerson.of(security), id, act), 200, shells.texts(headers));
  }

  /** Thaws retention, approves or rejects a retention rule. */
  @POST
  @Path(ID + "/decisions/{act: thaw|approve|reject}")
  @Allow(Role.ADMINISTRATOR)
  public Response decide(
      @PathParam("id") long id,
      @PathParam("act") String act,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    return answer(acts.act(RequestPerson.of(security), id, act), 200, shells.texts(headers));
  }

  private Response answer(BackupDesk.Answer answer, int done, Texts texts) {
    return switch (answer) {
      case BackupDesk.Answer.Done(var job) ->
          Response.status(done).entity(JobJson.of(job, desk)).build();
      case BackupDesk.Answer.Queued(var run) ->
          Response.status(202).entity(Map.of("run", run.id())).build();
      case BackupDesk.Answer.Refused(String reason) -> refused(texts, reason);
      case BackupDesk.Answer.Unknown ignored -> throw new NotFoundException();
    };
  }

  private static Response refused(Texts texts, String reason) {
    int status =
        switch (reason) {
          case "running", "not-running", "not-frozen", "nothing-asked", "same-person" -> 409;
          default -> reason.startsWith("keys-") ? 409 : 400;
        };
    return Problem.of(status, "backup-" + reason, texts.get("backup.refused." + reason), null)
        .response();
  }
}
