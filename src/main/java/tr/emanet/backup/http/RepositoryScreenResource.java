package tr.emanet.backup.http;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import tr.emanet.backup.plan.BackupDesk;
import tr.emanet.backup.plan.RepositoryDesk;
import tr.emanet.event.Principal;
import tr.emanet.event.Role;
import tr.emanet.web.Pages;
import tr.emanet.web.RequestPerson;
import tr.emanet.web.Shell;
import tr.emanet.web.Shells;
import tr.emanet.web.security.Allow;

/** What the panel of a job does with its repository. */
@Path("/backups/{id: [0-9]{1,18}}/repository")
public final class RepositoryScreenResource {

  private final BackupDesk jobs;
  private final Protection protection;
  private final RepositoryDesk desk;
  private final Pages pages;
  private final Shells shells;

  public RepositoryScreenResource(
      BackupDesk jobs, Protection protection, RepositoryDesk desk, Pages pages, Shells shells) {
    this.jobs = jobs;
    this.protection = protection;
    this.desk = desk;
    this.pages = pages;
    this.shells = shells;
  }

  /** Looks, unlocks, or asks to take changes over. */
  @POST
  @Path("{act: look|unlock|adopt}")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Allow({Role.BACKUP_OPERATOR, Role.ADMINISTRATOR})
  public Response act(
      @PathParam("id") long id,
      @PathParam("act") String act,
      @FormParam("why") @DefaultValue("") String why,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    Principal who = RequestPerson.of(security);
    RepositoryDesk.Answer answer =
        switch (act) {
          case "look" -> desk.look(who, id);
          case "unlock" -> desk.unlock(who, id);
          default -> desk.askAdoption(who, id, why);
        };
    return answer(id, answer, shells.of(uri, headers, security, "backups"));
  }

  /** Another administrator decides. */
  @POST
  @Path("{act: adopt-approve|adopt-reject}")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Allow(Role.ADMINISTRATOR)
  public Response decide(
      @PathParam("id") long id,
      @PathParam("act") String act,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    Principal who = RequestPerson.of(security);
    return answer(
        id,
        act.equals("adopt-approve") ? desk.approveAdoption(who, id) : desk.rejectAdoption(who, id),
        shells.of(uri, headers, security, "backups"));
  }

  private Response answer(long id, RepositoryDesk.Answer answer, Shell shell) {
    return switch (answer) {
      case RepositoryDesk.Answer.Done ignored ->
          Response.seeOther(URI.create("/backups?job=" + id)).build();
      case RepositoryDesk.Answer.Refused(String reason, String detail) -> {
        String says = shell.t("backup.refused." + reason);
        BackupViews.Page page =
            new BackupsScreen(jobs, protection, shell)
                .page(id, false, null, detail.isEmpty() ? says : says + " " + detail);
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("page", page);
        parameters.put("repository", RepositoryPart.of(desk, page.panel(), shell));
        yield pages.page(409, shell, "backup/page.jte", parameters);
      }
      case RepositoryDesk.Answer.Unknown ignored -> throw new NotFoundException();
    };
  }
}
