package tr.emanet.backup.http;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import tr.emanet.backup.plan.BackupDesk;
import tr.emanet.backup.plan.RunLogStore;
import tr.emanet.backup.recover.RestoreDesk;
import tr.emanet.event.Role;
import tr.emanet.web.Downloads;
import tr.emanet.web.Pages;
import tr.emanet.web.Shell;
import tr.emanet.web.Shells;
import tr.emanet.web.security.Allow;

/** The page of what happened in a run or a restore, and the same as a text file. */
@Path("/backups/logs/{of: run|restore}/{id: [0-9]{1,18}}")
public final class LogsScreenResource {

  private static final String RAIL = "backups";

  private final BackupDesk desk;
  private final RestoreDesk restores;
  private final RunLogStore log;
  private final Pages pages;
  private final Shells shells;

  public LogsScreenResource(
      BackupDesk desk, RestoreDesk restores, RunLogStore log, Pages pages, Shells shells) {
    this.desk = desk;
    this.restores = restores;
    this.log = log;
    this.pages = pages;
    this.shells = shells;
  }

  static LogScreen.Subject subject(BackupDesk desk, RestoreDesk restores, String of, long id) {
    return (of.equals("run") ? LogScreen.run(desk, id) : LogScreen.restore(restores, id))
        .orElseThrow(NotFoundException::new);
  }

  /** The page; what is going on shows more by itself. */
  @GET
  @Produces(MediaType.TEXT_HTML + ";charset=utf-8")
  @Allow({Role.BACKUP_OPERATOR, Role.AUDITOR, Role.ADMINISTRATOR})
  public Response page(
      @PathParam("of") String of,
      @PathParam("id") long id,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    LogScreen.Subject subject = subject(desk, restores, of, id);
    Shell shell = shells.of(uri, headers, security, RAIL);
    return pages.page(
        200,
        shell,
        "backup/log.jte",
        Map.of("page", new LogScreen(shell).page(subject, log.of(subject.name()))));
  }

  /** The text file. */
  @GET
  @Path("/text")
  @Produces(MediaType.APPLICATION_OCTET_STREAM)
  @Allow({Role.BACKUP_OPERATOR, Role.AUDITOR, Role.ADMINISTRATOR})
  public Response text(
      @PathParam("of") String of,
      @PathParam("id") long id,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    LogScreen.Subject subject = subject(desk, restores, of, id);
    List<RunLogStore.Line> lines = log.of(subject.name());
    String text = new LogScreen(shells.of(uri, headers, security, RAIL)).text(subject, lines);
    return Downloads.attachment(
            Response.ok(text.getBytes(StandardCharsets.UTF_8)), "emanet-" + of + "-" + id + ".txt")
        .type(MediaType.APPLICATION_OCTET_STREAM)
        .build();
  }
}
