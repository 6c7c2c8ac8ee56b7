package tr.emanet.backup.http;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
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
import java.io.IOException;
import java.util.Map;
import java.util.regex.Pattern;
import tr.emanet.backup.plan.KeptSnapshot;
import tr.emanet.backup.recover.RestoreAnswer;
import tr.emanet.backup.recover.RestoreDesk;
import tr.emanet.backup.recover.RestoreRecord;
import tr.emanet.backup.recover.SnapshotDesk;
import tr.emanet.event.Role;
import tr.emanet.web.Downloads;
import tr.emanet.web.Pages;
import tr.emanet.web.Posted;
import tr.emanet.web.RequestPerson;
import tr.emanet.web.Shell;
import tr.emanet.web.Shells;
import tr.emanet.web.security.Allow;

/** The pages of restores: the list, and one with its steps. */
@Path("/backups/restores")
@Produces(MediaType.TEXT_HTML + ";charset=utf-8")
public final class RestoresScreenResource {

  private static final String RAIL = "backups";
  private static final String ID = "{id: [0-9]{1,18}}";
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

  private final RestoreDesk desk;
  private final SnapshotDesk snapshots;
  private final RestoreRecord records;
  private final RestoreActs acts;
  private final Pages pages;
  private final Shells shells;

  public RestoresScreenResource(
      RestoreDesk desk, SnapshotDesk snapshots, RestoreRecord records, Pages pages, Shells shells) {
    this.desk = desk;
    this.snapshots = snapshots;
    this.records = records;
    this.acts = new RestoreActs(desk);
    this.pages = pages;
    this.shells = shells;
  }

  private RestoreScreen screen(Shell shell) {
    return new RestoreScreen(desk, snapshots, records, shell);
  }

  /** Requests, and where to begin one. */
  @GET
  @Allow({Role.BACKUP_OPERATOR, Role.AUDITOR, Role.ADMINISTRATOR})
  public Response list(
      @Context UriInfo uri, @Context HttpHeaders headers, @Context SecurityContext security) {
    return list(200, shells.of(uri, headers, security, RAIL), "");
  }

  private Response list(int status, Shell shell, String problem) {
    return pages.page(
        status, shell, "backup/restores.jte", Map.of("page", screen(shell).list(problem)));
  }

  /** One request. */
  @GET
  @Path(ID)
  @Allow({Role.BACKUP_OPERATOR, Role.AUDITOR, Role.ADMINISTRATOR})
  public Response one(
      @PathParam("id") long id,
      @QueryParam("from") @DefaultValue("0") int from,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    return one(200, shells.of(uri, headers, security, RAIL), id, from, "");
  }

  private Response one(int status, Shell shell, long id, int from, String problem) {
    RestoreViews.Page page =
        screen(shell).page(desk.find(id).orElseThrow(NotFoundException::new), from, problem);
    return pages.page(status, shell, "backup/restore.jte", Map.of("page", page));
  }

  /** Makes a draft from what is ticked in a snapshot; nothing ticked means the folder shown. */
  @POST
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Allow({Role.BACKUP_OPERATOR, Role.ADMINISTRATOR})
  public Response draft(
      MultivaluedMap<String, String> form,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    Shell shell = shells.of(uri, headers, security, RAIL);
    String number = new Posted(form).text("snapshot");
    KeptSnapshot kept =
        NUMBER.matcher(number).matches()
            ? snapshots
                .find(Long.parseLong(number))
                .map(SnapshotDesk.Item::kept)
                .orElseThrow(NotFoundException::new)
            : null;
    if (kept == null) {
      throw new NotFoundException();
    }
    try {
      return switch (desk.draft(
          RequestPerson.of(security),
          kept,
          SnapshotsScreenResource.selection(form),
          !new Posted(form).text("foreign").isEmpty())) {
        case RestoreAnswer.Done(var order) -> Posted.to(RestoreScreen.HOME + "/" + order.id());
        case RestoreAnswer.Refused(String reason) ->
            list(409, shell, shell.t("restore.refused." + reason));
        case RestoreAnswer.Unknown ignored -> throw new NotFoundException();
      };
    } catch (IOException e) {
      return list(400, shell, shell.t("restore.refused.selection"));
    }
  }

  /** Chooses the target and looks what would happen. */
  @POST
  @Path(ID + "/aim")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Allow({Role.BACKUP_OPERATOR, Role.ADMINISTRATOR})
  public Response aim(
      @PathParam("id") long id,
      MultivaluedMap<String, String> form,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    Posted posted = new Posted(form);
    return answer(
        id,
        acts.aim(
            RequestPerson.of(security),
            id,
            posted.text("place").equals("original"),
            posted.text("target"),
            posted.text("overwrite"),
            !posted.text("special").isEmpty()),
        shells.of(uri, headers, security, RAIL));
  }

  /** Asks for it, or begins it when one person may. */
  @POST
  @Path(ID + "/ask")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Allow({Role.BACKUP_OPERATOR, Role.ADMINISTRATOR})
  public Response ask(
      @PathParam("id") long id,
      MultivaluedMap<String, String> form,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    Posted posted = new Posted(form);
    return answer(
        id,
        desk.ask(RequestPerson.of(security), id, posted.text("reason"), posted.text("digest")),
        shells.of(uri, headers, security, RAIL));
  }

  /** Pauses, goes on, or ends it. */
  @POST
  @Path(ID + "/{act: pause|resume|stop}")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Allow({Role.BACKUP_OPERATOR, Role.ADMINISTRATOR})
  public Response act(
      @PathParam("id") long id,
      @PathParam("act") String act,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    return answer(
        id, acts.act(RequestPerson.of(security), id, act), shells.of(uri, headers, security, RAIL));
  }

  /** Approves one thing of it, or refuses all. */
  @POST
  @Path(ID + "/{decision: approve|refuse}")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Allow(Role.ADMINISTRATOR)
  public Response decide(
      @PathParam("id") long id,
      @PathParam("decision") String decision,
      MultivaluedMap<String, String> form,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    Posted posted = new Posted(form);
    return answer(
        id,
        decision.equals("approve")
            ? acts.approve(
                RequestPerson.of(security), id, posted.text("kind"), posted.text("digest"))
            : desk.refuse(RequestPerson.of(security), id, posted.text("reason")),
        shells.of(uri, headers, security, RAIL));
  }

  private Response answer(long id, RestoreAnswer answer, Shell shell) {
    return switch (answer) {
      case RestoreAnswer.Done ignored -> Posted.to(RestoreScreen.HOME + "/" + id);
      case RestoreAnswer.Refused(String reason) ->
          one(409, shell, id, 0, shell.t("restore.refused." + reason));
      case RestoreAnswer.Unknown ignored -> throw new NotFoundException();
    };
  }

  /** A file of the signed report. */
  @GET
  @Path(ID + "/report/{file: report(-en)?\\.(pdf|json)(\\.p7s)?}")
  @Allow({Role.BACKUP_OPERATOR, Role.AUDITOR, Role.ADMINISTRATOR})
  public Response report(@PathParam("id") long id, @PathParam("file") String file)
      throws IOException {
    return report(records, id, file);
  }

  static Response report(RestoreRecord records, long id, String file) throws IOException {
    byte[] bytes = records.read(id, file).orElseThrow(NotFoundException::new);
    return Downloads.attachment(Response.ok(bytes), "G-" + id + "-" + file)
        .type(MediaType.APPLICATION_OCTET_STREAM)
        .build();
  }
}
