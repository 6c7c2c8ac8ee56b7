package tr.emanet.keep;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tr.emanet.event.Role;
import tr.emanet.web.Problem;
import tr.emanet.web.RequestPerson;
import tr.emanet.web.Shells;
import tr.emanet.web.Texts;
import tr.emanet.web.security.Allow;

/** How long the journal is kept: rules, holds, what was destroyed, and the clock's confirmation. */
@Path("/api/v1/retention")
@Produces(MediaType.APPLICATION_JSON)
public final class RetentionResource {

  private final Retention retention;
  private final DestructionFiles files;
  private final Shells shells;

  public RetentionResource(Retention retention, DestructionFiles files, Shells shells) {
    this.retention = retention;
    this.files = files;
    this.shells = shells;
  }

  /**
   * A hold to be set.
   *
   * @param stream null: every stream
   * @param from first day, ISO; null: from the beginning
   * @param to last day, ISO; null: without an end
   */
  public record WantedHold(
      @Nullable String stream,
      @Nullable String from,
      @Nullable String to,
      @Nullable String reason) {}

  /** Why a hold may end. */
  public record WantedRelease(@Nullable String reason) {}

  /** Rules, clock, last run and holds. */
  @GET
  @Allow({Role.ADMINISTRATOR, Role.AUDITOR, Role.ANALYST})
  public Map<String, @Nullable Object> status() {
    return json(retention.status());
  }

  /** The destruction records, oldest first. */
  @GET
  @Path("records")
  @Allow({Role.ADMINISTRATOR, Role.AUDITOR})
  public Map<String, Object> records() throws IOException {
    return Map.of("records", files.all().stream().map(RetentionResource::json).toList());
  }

  /** Destroys what has expired now and not within the hour. */
  @POST
  @Path("run")
  @Allow(Role.ADMINISTRATOR)
  public Map<String, @Nullable Object> run() {
    return json(retention.run());
  }

  /** Ends the look that runs now; 409 when nothing is destroyed now. */
  @DELETE
  @Path("run")
  @Allow(Role.ADMINISTRATOR)
  public Response stop(@Context SecurityContext security) {
    return Response.status(retention.stop(RequestPerson.of(security)) ? 204 : 409).build();
  }

  /** The person says that the machine's clock is right; 409 when nobody doubts it. */
  @POST
  @Path("clock")
  @Allow(Role.ADMINISTRATOR)
  public Response clock(@Context HttpHeaders headers, @Context SecurityContext security) {
    if (!retention.confirmClock(RequestPerson.of(security))) {
      return Problem.of(
              409, "clock-believed", shells.texts(headers).get("keep.clock.believed"), null)
          .response();
    }
    return Response.ok(json(retention.status())).build();
  }

  /** Sets a hold. */
  @POST
  @Path("holds")
  @Consumes(MediaType.APPLICATION_JSON)
  @Allow(Role.ADMINISTRATOR)
  public Response hold(
      @Nullable WantedHold wanted,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    Texts texts = shells.texts(headers);
    if (wanted == null) {
      return refused(texts, "keep.hold.reason");
    }
    LocalDate from;
    LocalDate to;
    try {
      from = wanted.from() == null ? null : LocalDate.parse(wanted.from());
      to = wanted.to() == null ? null : LocalDate.parse(wanted.to());
    } catch (DateTimeParseException e) {
      return refused(texts, "keep.hold.days");
    }
    String stream = wanted.stream() == null ? LegalHold.ALL : wanted.stream();
    String reason = wanted.reason() == null ? "" : wanted.reason();
    return answer(
        texts, retention.holds().set(RequestPerson.of(security), stream, from, to, reason), 201);
  }

  /** Asks for a hold's end, or agrees to it; 202 while the second person is missing. */
  @POST
  @Path("holds/{id: [0-9]{1,18}}/release")
  @Consumes(MediaType.APPLICATION_JSON)
  @Allow(Role.ADMINISTRATOR)
  public Response release(
      @PathParam("id") long id,
      @Nullable WantedRelease wanted,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    String reason = wanted == null || wanted.reason() == null ? "" : wanted.reason();
    return answer(
        shells.texts(headers),
        retention.holds().release(RequestPerson.of(security), id, reason),
        200);
  }

  private static Response answer(Texts texts, HoldResult result, int done) {
    return switch (result) {
      case HoldResult.Done it -> Response.status(done).entity(json(it.hold())).build();
      case HoldResult.Waiting it -> Response.status(202).entity(json(it.hold())).build();
      case HoldResult.Refused it -> refused(texts, it.reason());
      case HoldResult.Unknown ignored ->
          Problem.of(404, "not-found", texts.get("keep.hold.unknown"), null).response();
    };
  }

  private static Response refused(Texts texts, String reason) {
    String code = reason.substring(reason.lastIndexOf('.') + 1);
    int status = code.equals("ended") || code.equals("second") ? 409 : 422;
    return Problem.of(status, "hold-" + code, texts.get(reason), null).response();
  }

  private Map<String, @Nullable Object> json(KeepStatus status) {
    Integer percent =
        retention.round().standing().map(DestructionRound.Standing::percent).orElse(null);
    return json(status, percent, retention.holds().all());
  }

  private static Map<String, @Nullable Object> json(
      KeepStatus status, @Nullable Integer percent, List<LegalHold> holds) {
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    out.put("days", status.rules().days());
    out.put("streams", status.rules().streams());
    out.put("clock", clock(status.clock()));
    out.put("lastRun", text(status.lastRun()));
    out.put("percent", percent);
    out.put("destroyed", status.destroyed());
    out.put("held", status.held());
    out.put("unsealed", status.unsealed());
    out.put("changed", status.changed());
    out.put("problem", status.problem());
    out.put("holds", holds.stream().map(RetentionResource::json).toList());
    return out;
  }

  private static Map<String, @Nullable Object> clock(ClockState state) {
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    switch (state) {
      case ClockState.Believed ignored -> out.put("state", "believed");
      case ClockState.Jumped jump -> {
        out.put("state", "jumped");
        out.put("expected", jump.expected().toString());
        out.put("shown", jump.shown().toString());
        out.put("seconds", jump.by().toSeconds());
        out.put("restarted", jump.restarted());
      }
    }
    return out;
  }

  private static Map<String, @Nullable Object> json(LegalHold hold) {
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    out.put("id", hold.id());
    out.put("stream", hold.stream());
    out.put("from", text(hold.from()));
    out.put("to", text(hold.to()));
    out.put("reason", hold.reason());
    out.put("setBy", hold.setBy());
    out.put("setAt", hold.setAt().toString());
    out.put("releaseBy", hold.releaseBy());
    out.put("releaseReason", hold.releaseReason());
    out.put("releaseAskedAt", text(hold.releaseAskedAt()));
    out.put("releasedBy", hold.releasedBy());
    out.put("releasedAt", text(hold.releasedAt()));
    return out;
  }

  private static Map<String, Object> json(DestructionRecord record) {
    return Map.of(
        "number", record.number(),
        "time", record.time().toString(),
        "stream", record.stream(),
        "days", record.days(),
        "by", record.by(),
        "reason", record.reason(),
        "sha256", record.sha256(),
        "segments", record.segments());
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }
}
