package tr.emanet.archive.http;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.ForbiddenException;
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
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tr.emanet.archive.ArchiveDay;
import tr.emanet.archive.ArchiveDesk;
import tr.emanet.archive.SealFacts;
import tr.emanet.event.Principal;
import tr.emanet.event.Role;
import tr.emanet.job.Job;
import tr.emanet.web.Pages;
import tr.emanet.web.RequestPerson;
import tr.emanet.web.Shell;
import tr.emanet.web.Shells;
import tr.emanet.web.security.Allow;

/** The page of seals and archives. */
@Path("/archives")
@Produces(MediaType.TEXT_HTML + ";charset=utf-8")
public final class ArchivesScreenResource {

  private static final String RAIL = "archives";

  private final ArchiveDesk desk;
  private final Supplier<SealFacts> keys;
  private final Destruction destruction;
  private final ZoneId zone;
  private final Pages pages;
  private final Shells shells;

  /**
   * @param keys certificates that seal and stamp, the one that signs now first
   */
  public ArchivesScreenResource(
      ArchiveDesk desk,
      Supplier<SealFacts> keys,
      Destruction destruction,
      ZoneId zone,
      Pages pages,
      Shells shells) {
    this.destruction = destruction;
    this.desk = desk;
    this.keys = keys;
    this.zone = zone;
    this.pages = pages;
    this.shells = shells;
  }

  /** The page: a month, a day when one is chosen, what was verified and exported. */
  @GET
  @Allow({Role.ANALYST, Role.AUDITOR, Role.ADMINISTRATOR})
  public Response page(
      @QueryParam("day") @DefaultValue("") String day,
      @QueryParam("task") @DefaultValue("0") long task,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    Shell shell = shells.of(uri, headers, security, RAIL);
    return show(200, shell, parsed(day), task, "");
  }

  /** Queues an export or a verification of the days in the form. */
  @POST
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Allow({Role.ANALYST, Role.AUDITOR, Role.ADMINISTRATOR})
  public Response start(
      @FormParam("act") @DefaultValue("") String act,
      @FormParam("from") @DefaultValue("") String from,
      @FormParam("to") @DefaultValue("") String to,
      @FormParam("content") @DefaultValue("") String content,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    Shell shell = shells.of(uri, headers, security, RAIL);
    Principal who = RequestPerson.of(security);
    LocalDate first = parsed(from);
    LocalDate last = parsed(to);
    if (first == null || last == null) {
      return show(400, shell, first, 0, shell.t("archive.refused.days"));
    }
    boolean export = act.equals("export");
    return switch (export
        ? desk.export(who, first, last, content)
        : desk.verify(who, first, last)) {
      case ArchiveDesk.Answer.Queued(var job) ->
          Response.seeOther(URI.create("/archives?day=" + last + "&task=" + job.id() + "#tasks"))
              .build();
      case ArchiveDesk.Answer.Refused(String reason) ->
          show(
              reason.equals("role") ? 403 : 400,
              shell,
              first,
              0,
              shell.t("archive.refused." + reason));
    };
  }

  /** Ends one's own job, as administrator anybody's. */
  @POST
  @Path("jobs/{id: [0-9]{1,18}}/stop")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Allow({Role.ANALYST, Role.AUDITOR, Role.ADMINISTRATOR})
  public Response stop(@PathParam("id") long id, @Context SecurityContext security) {
    Principal who = RequestPerson.of(security);
    Job job = desk.job(id).orElseThrow(NotFoundException::new);
    if (!ArchiveDesk.mayStop(who, job)) {
      throw new ForbiddenException();
    }
    // One that has ended meanwhile is shown as it ended.
    boolean ignored = desk.stop(who, id);
    return Response.seeOther(URI.create("/archives?task=" + id + "#tasks")).build();
  }

  /** Ends the look that destroys now; the next one goes on. */
  @POST
  @Path("destruction/stop")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Allow(Role.ADMINISTRATOR)
  public Response stopDestruction(@Context SecurityContext security) {
    boolean ignored = destruction.stop(RequestPerson.of(security));
    return Response.seeOther(URI.create("/archives#tasks")).build();
  }

  private static @Nullable LocalDate parsed(String day) {
    try {
      return day.isEmpty() ? null : LocalDate.parse(day);
    } catch (DateTimeException e) {
      return null;
    }
  }

  private Response show(
      int status, Shell shell, @Nullable LocalDate day, long task, String problem) {
    ArchivesScreen screen = new ArchivesScreen(desk, shell, zone);
    LocalDate shown = day == null ? screen.today() : day;
    List<ArchiveDay> days = desk.month(YearMonth.from(shown));
    ArchiveDay chosen = days.get(shown.getDayOfMonth() - 1);
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("month", screen.month(YearMonth.from(shown), days, shown));
    parameters.put("day", screen.day(chosen));
    parameters.put("tasks", screen.tasks(task));
    SealFacts facts = keys.get();
    parameters.put("certificates", screen.keys(facts.keys()));
    parameters.put("sealing", screen.sealing(facts));
    parameters.put("history", screen.history(facts));
    parameters.put("proposed", screen.proposed(day));
    parameters.put("contents", screen.contents());
    parameters.put("destroying", destruction.percent().orElse(-1));
    parameters.put(
        "administers", shell.person().map(p -> p.person().has(Role.ADMINISTRATOR)).orElse(false));
    parameters.put("problem", problem);
    return pages.page(status, shell, "archive/page.jte", parameters);
  }
}
