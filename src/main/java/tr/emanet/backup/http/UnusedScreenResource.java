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
import tr.emanet.backup.plan.Retirement;
import tr.emanet.event.Principal;
import tr.emanet.event.Role;
import tr.emanet.web.Pages;
import tr.emanet.web.RequestPerson;
import tr.emanet.web.Shell;
import tr.emanet.web.Shells;
import tr.emanet.web.security.Allow;

/** What the page of jobs does with repositories that no job uses. */
@Path("/backups/repositories")
public final class UnusedScreenResource {

  private final BackupDesk jobs;
  private final Protection protection;
  private final Retirement retirement;
  private final Pages pages;
  private final Shells shells;

  public UnusedScreenResource(
      BackupDesk jobs, Protection protection, Retirement retirement, Pages pages, Shells shells) {
    this.jobs = jobs;
    this.protection = protection;
    this.retirement = retirement;
    this.pages = pages;
    this.shells = shells;
  }

  /** Gives one up, or has it looked after again. */
  @POST
  @Path("{act: retire|watch}")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Allow(Role.ADMINISTRATOR)
  public Response act(
      @PathParam("act") String act,
      @FormParam("address") @DefaultValue("") String address,
      @FormParam("why") @DefaultValue("") String why,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    Principal who = RequestPerson.of(security);
    RepositoryDesk.Answer answer =
        act.equals("retire")
            ? retirement.retire(who, address, why)
            : retirement.watch(who, address);
    return switch (answer) {
      case RepositoryDesk.Answer.Done ignored ->
          Response.seeOther(URI.create("/backups#backup-unused")).build();
      case RepositoryDesk.Answer.Refused(String reason, String detail) -> {
        Shell shell = shells.of(uri, headers, security, "backups");
        Map<String, Object> parameters = new HashMap<>();
        parameters.put(
            "page",
            new BackupsScreen(jobs, protection, shell)
                .page(0, false, null, shell.t("backup.refused." + reason)));
        parameters.put("unused", UnusedPart.all(retirement, shell));
        yield pages.page(409, shell, "backup/page.jte", parameters);
      }
      case RepositoryDesk.Answer.Unknown ignored -> throw new NotFoundException();
    };
  }
}
