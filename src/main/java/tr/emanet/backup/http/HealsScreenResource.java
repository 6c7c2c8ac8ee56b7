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
import java.net.URI;
import java.util.Map;
import tr.emanet.backup.place.HealDesk;
import tr.emanet.backup.place.HealRecord;
import tr.emanet.backup.plan.RepositoryDesk;
import tr.emanet.event.Role;
import tr.emanet.web.Pages;
import tr.emanet.web.RequestPerson;
import tr.emanet.web.Shell;
import tr.emanet.web.Shells;
import tr.emanet.web.security.Allow;

/** The page of healings: a repository from its copy, a copy from its repository. */
@Path("/backups/heals")
@Produces(MediaType.TEXT_HTML + ";charset=utf-8")
public final class HealsScreenResource {

  private final HealDesk desk;
  private final RepositoryDesk repositories;
  private final Pages pages;
  private final Shells shells;

  public HealsScreenResource(
      HealDesk desk, RepositoryDesk repositories, Pages pages, Shells shells) {
    this.desk = desk;
    this.repositories = repositories;
    this.pages = pages;
    this.shells = shells;
  }

  /** The healings of a job, and the form for another. */
  @GET
  @Allow({Role.BACKUP_OPERATOR, Role.AUDITOR, Role.ADMINISTRATOR})
  public Response page(
      @QueryParam("job") @DefaultValue("0") long job,
      @QueryParam("place") @DefaultValue("0") long place,
      @QueryParam("repository") @DefaultValue("") String repository,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    Shell shell = shells.of(uri, headers, security, "backups");
    long open = job == 0 ? new HealScreen(desk, repositories, shell).of(repository) : job;
    return show(200, shell, open, place, "");
  }

  /** Begins one. */
  @POST
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Allow({Role.BACKUP_OPERATOR, Role.ADMINISTRATOR})
  public Response heal(
      @FormParam("job") @DefaultValue("0") long job,
      @FormParam("place") @DefaultValue("0") long place,
      @FormParam("side") @DefaultValue("") String side,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    Shell shell = shells.of(uri, headers, security, "backups");
    HealRecord.Side wanted = HealsResource.side(side);
    return wanted == null
        ? show(422, shell, job, place, shell.t("backup.heal.refused.form"))
        : answer(desk.heal(RequestPerson.of(security), job, place, wanted), job, place, shell);
  }

  /** Ends one. */
  @POST
  @Path("{id: [0-9]{1,18}}/stop")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Allow({Role.BACKUP_OPERATOR, Role.ADMINISTRATOR})
  public Response stop(
      @PathParam("id") long id,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    long job = desk.find(id).map(HealRecord::plan).orElseThrow(NotFoundException::new);
    return answer(
        desk.stop(RequestPerson.of(security), id),
        job,
        0,
        shells.of(uri, headers, security, "backups"));
  }

  private Response answer(HealDesk.Answer answer, long job, long place, Shell shell) {
    return switch (answer) {
      case HealDesk.Answer.Done ignored ->
          Response.seeOther(URI.create("/backups/heals?job=" + job)).build();
      case HealDesk.Answer.Refused(var reason) ->
          show(409, shell, job, place, shell.t("backup.heal.refused." + reason));
      case HealDesk.Answer.Unknown ignored -> throw new NotFoundException();
    };
  }

  private Response show(int status, Shell shell, long job, long place, String problem) {
    HealViews.Page page = new HealScreen(desk, repositories, shell).page(job, place, problem);
    return pages.page(status, shell, "backup/heals.jte", Map.of("page", page));
  }
}
