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
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tr.emanet.backup.plan.BackupDesk;
import tr.emanet.backup.plan.BackupSpec;
import tr.emanet.backup.plan.RepositoryDesk;
import tr.emanet.event.Role;
import tr.emanet.web.Pages;
import tr.emanet.web.RequestPerson;
import tr.emanet.web.Shell;
import tr.emanet.web.Shells;
import tr.emanet.web.security.Allow;

/** The page of backups. */
@Path("/backups")
@Produces(MediaType.TEXT_HTML + ";charset=utf-8")
public final class BackupsScreenResource {

  private static final String RAIL = "backups";
  private static final String ID = "{id: [0-9]{1,18}}";

  private final BackupDesk desk;
  private final Protection protection;
  private final RepositoryDesk repositories;
  private final JobForm fields;
  private final JobActs acts;
  private final Pages pages;
  private final Shells shells;

  public BackupsScreenResource(
      BackupDesk desk,
      Protection protection,
      RepositoryDesk repositories,
      ZoneId zone,
      Pages pages,
      Shells shells) {
    this.desk = desk;
    this.protection = protection;
    this.repositories = repositories;
    this.fields = new JobForm(zone, new RepositoryField(protection.places()));
    this.acts = new JobActs(desk);
    this.pages = pages;
    this.shells = shells;
  }

  /** The jobs, one of them open when it is named, or the form of a new one. */
  @GET
  @Allow({Role.BACKUP_OPERATOR, Role.AUDITOR, Role.ADMINISTRATOR})
  public Response page(
      @QueryParam("job") @DefaultValue("0") long job,
      @QueryParam("form") @DefaultValue("") String form,
      @QueryParam("trouble") @DefaultValue("") String trouble,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    Shell shell = shells.of(uri, headers, security, RAIL);
    BackupsScreen screen = new BackupsScreen(desk, protection, shell);
    BackupViews.Form shown =
        switch (form) {
          case "new" -> screen.fresh(JobForm.proposed(), "");
          case "change" ->
              desk.job(job).map(j -> screen.changing(j.id(), fields.of(j), "")).orElse(null);
          default -> null;
        };
    return show(200, shell, screen.page(job, !trouble.isEmpty(), shown, ""));
  }

  /** Makes a job from the form; {@code run} begins it at once. */
  @POST
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Allow({Role.BACKUP_OPERATOR, Role.ADMINISTRATOR})
  public Response create(
      MultivaluedMap<String, String> form,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    return keep(form, -1, shells.of(uri, headers, security, RAIL), security);
  }

  /** Changes a job. */
  @POST
  @Path(ID + "/change")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Allow({Role.BACKUP_OPERATOR, Role.ADMINISTRATOR})
  public Response change(
      @PathParam("id") long id,
      MultivaluedMap<String, String> form,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    return keep(form, id, shells.of(uri, headers, security, RAIL), security);
  }

  private Response keep(
      MultivaluedMap<String, String> form, long id, Shell shell, SecurityContext security) {
    String act = form.getFirst("act");
    if (act != null && !act.isEmpty()) {
      return acted(form, act, id, shell);
    }
    String wrong;
    try {
      BackupSpec spec = fields.read(form);
      List<String> secret = JobForm.secrets(form);
      switch (id < 0
          ? desk.create(RequestPerson.of(security), spec, secret)
          : desk.change(RequestPerson.of(security), id, spec, secret)) {
        case BackupDesk.Answer.Done(var job) -> {
          if (!JobForm.text(form, "run").isEmpty()) {
            var ignored = desk.runNow(RequestPerson.of(security), job.id());
          }
          return to("/backups?job=" + job.id());
        }
        case BackupDesk.Answer.Refused(String reason) -> wrong = reason;
        case BackupDesk.Answer.Queued ignored -> throw new IllegalStateException("a run was made");
        case BackupDesk.Answer.Unknown ignored -> throw new NotFoundException();
      }
    } catch (JobForm.WrongField e) {
      wrong = e.reason();
    }
    BackupsScreen screen = new BackupsScreen(desk, protection, shell);
    String says = shell.t("backup.refused." + wrong);
    Map<String, String> typed = JobForm.typed(form);
    return show(
        400,
        shell,
        screen.page(
            id, false, id < 0 ? screen.fresh(typed, says) : screen.changing(id, typed, says), ""));
  }

  /** One of the form's own buttons: a source more, a source less, a server's key. */
  private Response acted(MultivaluedMap<String, String> form, String act, long id, Shell shell) {
    Map<String, String> typed = JobForm.typed(form);
    String says = "";
    if (act.startsWith("key-")) {
      says = HostKeyQuestion.ask(typed, act.substring("key-".length()), shell);
    } else {
      SourceFields.act(typed, act, typed.getOrDefault("kind", ""));
    }
    BackupsScreen screen = new BackupsScreen(desk, protection, shell);
    BackupViews.Form shown = id < 0 ? screen.fresh(typed, says) : screen.changing(id, typed, says);
    return show(200, shell, screen.page(id, false, shown, ""));
  }

  /** Adds somebody who will be able to open the repositories when this machine is gone. */
  @POST
  @Path("escrow")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Allow(Role.ADMINISTRATOR)
  public Response escrow(
      @FormParam("name") @DefaultValue("") String name,
      @FormParam("certificate") @DefaultValue("") String certificate,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    Shell shell = shells.of(uri, headers, security, RAIL);
    String problem = desk.addEscrow(RequestPerson.of(security), name.strip(), certificate);
    return problem.isEmpty()
        ? to("/backups")
        : show(
            400, shell, new BackupsScreen(desk, protection, shell).page(0, false, null, problem));
  }

  /** Runs, stops, pauses or resumes a job. */
  @POST
  @Path(ID + "/{act: run|stop|pause|resume}")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Allow({Role.BACKUP_OPERATOR, Role.ADMINISTRATOR})
  public Response act(
      @PathParam("id") long id,
      @PathParam("act") String act,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    return answer(id, act, shells.of(uri, headers, security, RAIL), security);
  }

  /** What weakens or restores protection: only administrators. */
  @POST
  @Path(ID + "/{act: thaw|approve|reject|remove}")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Allow(Role.ADMINISTRATOR)
  public Response decide(
      @PathParam("id") long id,
      @PathParam("act") String act,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    return answer(id, act, shells.of(uri, headers, security, RAIL), security);
  }

  private Response answer(long id, String act, Shell shell, SecurityContext security) {
    return switch (acts.act(RequestPerson.of(security), id, act)) {
      case BackupDesk.Answer.Done ignored ->
          to(act.equals("remove") ? "/backups" : "/backups?job=" + id);
      case BackupDesk.Answer.Queued ignored -> to("/backups?job=" + id);
      case BackupDesk.Answer.Refused(String reason) ->
          show(
              409,
              shell,
              new BackupsScreen(desk, protection, shell)
                  .page(id, false, null, shell.t("backup.refused." + reason)));
      case BackupDesk.Answer.Unknown ignored -> throw new NotFoundException();
    };
  }

  private static Response to(String place) {
    return Response.seeOther(URI.create(place)).build();
  }

  private Response show(int status, Shell shell, BackupViews.Page page) {
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("page", page);
    parameters.put("restores", new GoingRestores(protection.restores(), shell).all());
    parameters.put("repository", RepositoryPart.of(repositories, page.panel(), shell));
    parameters.put("unused", UnusedPart.all(repositories.retirement(), shell));
    return pages.page(status, shell, "backup/page.jte", parameters);
  }
}
