package tr.emanet.archive.http;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.ForbiddenException;
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
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tr.emanet.archive.ArchiveDay;
import tr.emanet.archive.ArchiveDesk;
import tr.emanet.archive.AuditProof;
import tr.emanet.archive.Exported;
import tr.emanet.archive.Verified;
import tr.emanet.event.Principal;
import tr.emanet.event.Role;
import tr.emanet.job.Job;
import tr.emanet.web.Problem;
import tr.emanet.web.RequestPerson;
import tr.emanet.web.Shells;
import tr.emanet.web.Texts;
import tr.emanet.web.security.Allow;

/** Archives for programs and for {@code emanet archive}. */
@Path("/api/v1/archives")
@Produces(MediaType.APPLICATION_JSON)
public final class ArchivesResource {

  private static final String ID = "{id: [0-9]{1,18}}";

  private final ArchiveDesk desk;
  private final Shells shells;
  private final ZoneId zone;
  private final InstantSource clock;

  public ArchivesResource(ArchiveDesk desk, Shells shells, ZoneId zone, InstantSource clock) {
    this.desk = desk;
    this.shells = shells;
    this.zone = zone;
    this.clock = clock;
  }

  /**
   * Which days.
   *
   * @param from first day, as 2026-11-22
   * @param to last day
   * @param content of an export: whole, logs or proof; without it the most that the caller may have
   */
  public record Days(@Nullable String from, @Nullable String to, @Nullable String content) {}

  /** The days of a month; without one, of this month. */
  @GET
  @Allow({Role.ANALYST, Role.AUDITOR, Role.ADMINISTRATOR})
  public Response month(@QueryParam("month") @Nullable String month, @Context HttpHeaders headers) {
    YearMonth wanted;
    try {
      wanted = month == null ? YearMonth.now(clock(zone)) : YearMonth.parse(month);
    } catch (DateTimeException e) {
      return refused(shells.texts(headers), "month");
    }
    List<Map<String, @Nullable Object>> days =
        desk.month(wanted).stream().map(ArchivesResource::json).toList();
    return Response.ok(Map.of("month", wanted.toString(), "days", days)).build();
  }

  private java.time.Clock clock(ZoneId in) {
    return java.time.Clock.fixed(clock.instant(), in);
  }

  /** Archives that lie here, the newest first. */
  @GET
  @Path("exports")
  @Allow({Role.ANALYST, Role.AUDITOR, Role.ADMINISTRATOR})
  public Map<String, Object> exports() {
    return Map.of("exports", desk.exports().stream().map(made -> json(made, false)).toList());
  }

  /** Queues an export; the answer names its job. */
  @POST
  @Path("exports")
  @Consumes(MediaType.APPLICATION_JSON)
  @Allow({Role.ANALYST, Role.AUDITOR})
  public Response export(
      @Nullable Days days, @Context HttpHeaders headers, @Context SecurityContext security) {
    return queued(true, days, shells.texts(headers), RequestPerson.of(security));
  }

  /** Queues a verification of the journal; the answer names its job. */
  @POST
  @Path("verifications")
  @Consumes(MediaType.APPLICATION_JSON)
  @Allow({Role.ANALYST, Role.AUDITOR, Role.ADMINISTRATOR})
  public Response verify(
      @Nullable Days days, @Context HttpHeaders headers, @Context SecurityContext security) {
    return queued(false, days, shells.texts(headers), RequestPerson.of(security));
  }

  private Response queued(boolean export, @Nullable Days days, Texts texts, Principal who) {
    LocalDate first;
    LocalDate last;
    try {
      first = LocalDate.parse(days == null || days.from() == null ? "" : days.from());
      last = LocalDate.parse(days == null || days.to() == null ? "" : days.to());
    } catch (DateTimeException e) {
      return refused(texts, "days");
    }
    String content = days == null || days.content() == null ? "" : days.content();
    return switch (export
        ? desk.export(who, first, last, content)
        : desk.verify(who, first, last)) {
      case ArchiveDesk.Answer.Queued(Job job) -> Response.status(202).entity(json(job)).build();
      case ArchiveDesk.Answer.Refused(String reason) -> refused(texts, reason);
    };
  }

  private static Response refused(Texts texts, String reason) {
    return Problem.of(
            switch (reason) {
              case "busy" -> 429;
              case "role" -> 403;
              default -> 400;
            },
            "archive-" + reason,
            texts.get("archive.refused." + reason),
            null)
        .response();
  }

  /** One job: how far it is, and its result once it has one. */
  @GET
  @Path("jobs/" + ID)
  @Allow({Role.ANALYST, Role.AUDITOR, Role.ADMINISTRATOR})
  public Map<String, @Nullable Object> job(@PathParam("id") long id) {
    Map<String, @Nullable Object> out = json(desk.job(id).orElseThrow(NotFoundException::new));
    out.put("export", desk.export(id).map(made -> json(made, true)).orElse(null));
    out.put("verification", desk.verification(id).map(ArchivesResource::json).orElse(null));
    return out;
  }

  /** Ends one's own job, as administrator anybody's; 409 when it has ended. */
  @DELETE
  @Path("jobs/" + ID)
  @Allow({Role.ANALYST, Role.AUDITOR, Role.ADMINISTRATOR})
  public Response stop(@PathParam("id") long id, @Context SecurityContext security) {
    Principal who = RequestPerson.of(security);
    Job job = desk.job(id).orElseThrow(NotFoundException::new);
    if (!ArchiveDesk.mayStop(who, job)) {
      throw new ForbiddenException();
    }
    return Response.status(desk.stop(who, id) ? 204 : 409).build();
  }

  /** The archive as one ZIP file. */
  @GET
  @Path("exports/" + ID + "/zip")
  @Produces("application/zip")
  @Allow({Role.ANALYST, Role.AUDITOR})
  public Response zip(@PathParam("id") long id, @Context SecurityContext security) {
    Exported made = desk.export(id).orElseThrow(NotFoundException::new);
    if (!desk.mayTake(RequestPerson.of(security), made)) {
      throw new ForbiddenException();
    }
    java.nio.file.Path directory = desk.take(RequestPerson.of(security), id);
    if (directory == null) {
      throw new NotFoundException();
    }
    String name = "emanet-archive-" + made.first() + "-" + made.last();
    StreamingOutput zip = new ZipOf(directory, name)::write;
    return Response.ok(zip, "application/zip")
        .header("Content-Disposition", "attachment; filename=\"" + name + ".zip\"")
        .build();
  }

  /** Removes an archive from this machine. */
  @DELETE
  @Path("exports/" + ID)
  @Allow({Role.ANALYST, Role.AUDITOR, Role.ADMINISTRATOR})
  public Response remove(@PathParam("id") long id, @Context SecurityContext security)
      throws IOException {
    Principal who = RequestPerson.of(security);
    Exported made = desk.export(id).orElseThrow(NotFoundException::new);
    if (!who.has(Role.ADMINISTRATOR) && !desk.mayTake(who, made)) {
      throw new ForbiddenException();
    }
    if (!desk.remove(who, id)) {
      throw new NotFoundException();
    }
    return Response.noContent().build();
  }

  /** Holds the audit record against its chain and against the checkpoints. */
  @GET
  @Path("audit")
  @Allow({Role.AUDITOR, Role.ADMINISTRATOR})
  public Map<String, Object> audit(@Context SecurityContext security) throws IOException {
    AuditProof.Result result = desk.auditProof(RequestPerson.of(security));
    return Map.of(
        "sound", result.sound(),
        "entries", result.entries(),
        "head", result.head(),
        "checkpoints", result.checkpoints(),
        "findings", result.findings());
  }

  private static Map<String, @Nullable Object> json(ArchiveDay day) {
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    out.put("day", day.day().toString());
    out.put("bytes", day.bytes());
    out.put("segments", day.segments());
    out.put("checkpoints", day.checkpoints());
    out.put("seal", day.sealed().id());
    out.put("head", day.head().isEmpty() ? null : day.head());
    out.put("stamped_at", string(day.stampedAt()));
    out.put("authority", day.authority().isEmpty() ? null : day.authority());
    Verified verified = day.verified();
    out.put("verified_at", verified == null ? null : verified.at().toString());
    out.put("findings", verified == null ? null : verified.findings());
    out.put("hold", day.hold().isEmpty() ? null : day.hold());
    return out;
  }

  private static Map<String, @Nullable Object> json(Exported made, boolean report) {
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    out.put("id", made.job());
    out.put("name", made.name());
    out.put("from", made.first().toString());
    out.put("to", made.last().toString());
    out.put("owner", made.owner());
    out.put("made_at", made.at().toString());
    out.put("files", made.files());
    out.put("bytes", made.bytes());
    out.put("manifest", made.manifest());
    out.put("findings", made.findings());
    if (report) {
      out.put("report", made.report().lines().toList());
    }
    return out;
  }

  private static Map<String, @Nullable Object> json(Verified made) {
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    out.put("from", made.first().toString());
    out.put("to", made.last().toString());
    out.put("at", made.at().toString());
    out.put("code", made.code());
    out.put("findings", made.findings());
    out.put("notes", made.notes());
    out.put("report", made.report().lines().toList());
    return out;
  }

  private static Map<String, @Nullable Object> json(Job job) {
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    out.put("id", job.id());
    out.put("kind", job.kind());
    out.put("days", job.input());
    out.put("owner", job.owner());
    out.put("state", job.state().id());
    out.put("done", job.progress().done());
    out.put("total", job.progress().total());
    out.put("percent", job.state().ended() ? 100 : job.progress().percent());
    out.put("note", job.progress().note());
    out.put("queued_at", job.queuedAt().toString());
    out.put("started_at", string(job.startedAt()));
    out.put("ended_at", string(job.endedAt()));
    out.put("problem", job.problem().isEmpty() ? null : job.problem());
    return out;
  }

  private static @Nullable String string(@Nullable Instant at) {
    return at == null ? null : at.toString();
  }
}
