package tr.emanet.backup.http;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import tr.emanet.backup.plan.BackupDesk;
import tr.emanet.backup.proof.DrillPlan;
import tr.emanet.backup.proof.ProofDesk;
import tr.emanet.backup.proof.Rung;
import tr.emanet.event.Role;
import tr.emanet.web.Downloads;
import tr.emanet.web.Pages;
import tr.emanet.web.RequestPerson;
import tr.emanet.web.Shell;
import tr.emanet.web.Shells;
import tr.emanet.web.security.Allow;

/** The page of restore drills and checks. */
@Path("/backups/drills")
@Produces(MediaType.TEXT_HTML + ";charset=utf-8")
public final class DrillsScreenResource {

  private static final String RAIL = "backups";
  private static final String ID = "{id: [0-9]{1,18}}";

  private final BackupDesk desk;
  private final ProofDesk proofs;
  private final DrillFiles files;
  private final Pages pages;
  private final Shells shells;

  public DrillsScreenResource(BackupDesk desk, ProofDesk proofs, Pages pages, Shells shells) {
    this.desk = desk;
    this.proofs = proofs;
    this.files = new DrillFiles(proofs.papers(), pages);
    this.pages = pages;
    this.shells = shells;
  }

  /** Jobs with their proof, checks of repositories, records; one of them open when it is named. */
  @GET
  @Allow({Role.BACKUP_OPERATOR, Role.AUDITOR, Role.ADMINISTRATOR})
  public Response page(
      @QueryParam("drill") @DefaultValue("0") long drill,
      @QueryParam("job") @DefaultValue("0") long job,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    return show(200, shells.of(uri, headers, security, RAIL), drill, job, "");
  }

  /** Drills a job now, a part of it as planned or all of it, or ends the drill that runs. */
  @POST
  @Path("jobs/" + ID + "/{act: run|whole|stop}")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Allow({Role.BACKUP_OPERATOR, Role.ADMINISTRATOR})
  public Response drill(
      @PathParam("id") long id,
      @PathParam("act") String act,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    var who = RequestPerson.of(security);
    ProofDesk.Answer answer =
        act.equals("stop")
            ? proofs.stop(who, id)
            : proofs.drillNow(who, id, "", act.equals("whole"));
    return answer(answer, "/backups/drills", shells.of(uri, headers, security, RAIL), 0, 0);
  }

  /** Says when and how much of a job is drilled. */
  @POST
  @Path("jobs/" + ID + "/plan")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Allow({Role.BACKUP_OPERATOR, Role.ADMINISTRATOR})
  public Response plan(
      @PathParam("id") long id,
      @FormParam("days") @DefaultValue("") String days,
      @FormParam("files") @DefaultValue("") String many,
      @FormParam("gigabytes") @DefaultValue("") String gigabytes,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    Shell shell = shells.of(uri, headers, security, RAIL);
    DrillPlan plan;
    try {
      plan =
          new DrillPlan(
              Integer.parseInt(days.strip()), DrillWords.scope(number(many), number(gigabytes)));
    } catch (IllegalArgumentException | ArithmeticException e) {
      return show(400, shell, 0, id, shell.t("proof.refused.plan"));
    }
    return answer(
        proofs.plan(RequestPerson.of(security), id, plan), "/backups/drills", shell, 0, id);
  }

  private static long number(String text) {
    return text.isBlank() ? 0 : Long.parseLong(text.strip());
  }

  /** Checks a rung of a repository now, or ends the check that runs. */
  @POST
  @Path("{act: verify|verify/stop}")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Allow({Role.BACKUP_OPERATOR, Role.ADMINISTRATOR})
  public Response verify(
      @PathParam("act") String act,
      @FormParam("repository") @DefaultValue("") String repository,
      @FormParam("rung") @DefaultValue("") String rung,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    Rung asked;
    try {
      asked = Rung.ofId(rung);
    } catch (IllegalArgumentException e) {
      throw new NotFoundException(e);
    }
    var who = RequestPerson.of(security);
    return answer(
        act.equals("verify")
            ? proofs.verifyNow(who, repository, asked)
            : proofs.stopCheck(who, repository, asked),
        "/backups/drills",
        shells.of(uri, headers, security, RAIL),
        0,
        0);
  }

  /** Adds what was learned, signed off with the name of the person. */
  @POST
  @Path(ID + "/lessons")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Allow({Role.BACKUP_OPERATOR, Role.ADMINISTRATOR})
  public Response lesson(
      @PathParam("id") long id,
      @FormParam("text") @DefaultValue("") String text,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    return answer(
        proofs.lesson(RequestPerson.of(security), id, text),
        "/backups/drills?drill=" + id,
        shells.of(uri, headers, security, RAIL),
        id,
        0);
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

  private Response answer(ProofDesk.Answer answer, String then, Shell shell, long drill, long job) {
    return switch (answer) {
      case ProofDesk.Answer.Done ignored -> Response.seeOther(URI.create(then)).build();
      case ProofDesk.Answer.Queued ignored -> Response.seeOther(URI.create(then)).build();
      case ProofDesk.Answer.Refused(String reason) ->
          show(409, shell, drill, job, shell.t("proof.refused." + reason));
      case ProofDesk.Answer.Unknown ignored -> throw new NotFoundException();
    };
  }

  private Response show(int status, Shell shell, long drill, long job, String problem) {
    return pages.page(
        status,
        shell,
        "backup/drills.jte",
        Map.of("page", new DrillsScreen(desk, proofs, shell).page(drill, job, problem)));
  }
}
