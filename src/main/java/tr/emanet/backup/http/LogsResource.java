package tr.emanet.backup.http;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import tr.emanet.backup.plan.BackupDesk;
import tr.emanet.backup.plan.RunLogStore;
import tr.emanet.backup.recover.RestoreDesk;
import tr.emanet.event.Role;
import tr.emanet.web.security.Allow;

/** Logs of runs and restores for programs. */
@Path("/api/v1/backups/logs/{of: run|restore}/{id: [0-9]{1,18}}")
@Produces(MediaType.APPLICATION_JSON)
public final class LogsResource {

  private final BackupDesk desk;
  private final RestoreDesk restores;
  private final RunLogStore log;

  public LogsResource(BackupDesk desk, RestoreDesk restores, RunLogStore log) {
    this.desk = desk;
    this.restores = restores;
    this.log = log;
  }

  /** What happened, the oldest first. */
  @GET
  @Allow({Role.BACKUP_OPERATOR, Role.AUDITOR, Role.ADMINISTRATOR})
  public Map<String, Object> lines(@PathParam("of") String of, @PathParam("id") long id) {
    LogScreen.Subject subject = LogsScreenResource.subject(desk, restores, of, id);
    return Map.of(
        "unread",
        Map.of("count", subject.missed().all(), "list", subject.missed().lines()),
        "lines",
        log.of(subject.name()).stream()
            .map(
                line ->
                    Map.of(
                        "at", line.at().toString(), "what", line.what().id(), "said", line.said()))
            .toList());
  }
}
