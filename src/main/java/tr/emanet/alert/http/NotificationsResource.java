package tr.emanet.alert.http;

import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tr.emanet.alert.Outbox;
import tr.emanet.alert.OutboxStatus;
import tr.emanet.audit.AuditLog;
import tr.emanet.event.Principal;
import tr.emanet.event.Role;
import tr.emanet.web.Problem;
import tr.emanet.web.RequestPerson;
import tr.emanet.web.Shells;
import tr.emanet.web.security.Allow;

/** Notifications: how the channels stand, what was given up, and a test message. */
@Path("/api/v1/notifications")
@Produces(MediaType.APPLICATION_JSON)
public final class NotificationsResource {

  private final Outbox outbox;
  private final AuditLog audit;
  private final Shells shells;

  public NotificationsResource(Outbox outbox, AuditLog audit, Shells shells) {
    this.outbox = outbox;
    this.audit = audit;
    this.shells = shells;
  }

  /** Channels and what was given up. */
  @GET
  @Allow({Role.ANALYST, Role.AUDITOR, Role.ADMINISTRATOR})
  public Map<String, Object> status() {
    return json(outbox.status());
  }

  /** Sends a test message to one channel or to all, at once, and says what came of it. */
  @POST
  @Path("test")
  @Allow(Role.ADMINISTRATOR)
  public Response test(
      @QueryParam("channel") @DefaultValue("") String channel,
      @Context HttpHeaders headers,
      @Context SecurityContext security)
      throws InterruptedException {
    if (!channel.isEmpty() && !outbox.channels().contains(channel)) {
      throw new NotFoundException();
    }
    if (outbox.channels().isEmpty()) {
      return Problem.of(
              409, "notify-off", shells.texts(headers).get("alert.problem.notify-off"), null)
          .response();
    }
    audit.record(RequestPerson.of(security), "notify.test", Map.of("channel", channel));
    List<Map<String, Object>> out = new ArrayList<>();
    outbox
        .test(channel)
        .forEach(
            (name, problem) ->
                out.add(Map.of("channel", name, "sent", problem.isEmpty(), "problem", problem)));
    return Response.ok(Map.of("results", out)).build();
  }

  /** Mends the fuse over all channels; 409 when it has not blown. */
  @POST
  @Path("fuse")
  @Allow(Role.ADMINISTRATOR)
  public Response mend(@Context SecurityContext security) {
    Principal who = RequestPerson.of(security);
    if (!outbox.mend(who.id())) {
      return Response.status(409).build();
    }
    audit.record(who, "notify.mend", Map.of());
    return Response.status(204).build();
  }

  /** Tries a notification that was given up once more; 404 when there is none like it. */
  @POST
  @Path("resend")
  @Allow({Role.ANALYST, Role.ADMINISTRATOR})
  public Response resend(
      @QueryParam("channel") @DefaultValue("") String channel,
      @QueryParam("alert") @DefaultValue("") String alert,
      @QueryParam("step") @DefaultValue("") String step,
      @Context SecurityContext security) {
    if (!outbox.resend(channel, alert, step)) {
      throw new NotFoundException();
    }
    audit.record(
        RequestPerson.of(security),
        "notify.resend",
        Map.of("channel", channel, "alert", alert, "step", step));
    return Response.status(204).build();
  }

  /** The same for the status of the whole service. */
  public static Map<String, Object> json(OutboxStatus status) {
    return Map.of(
        "blown_at",
        status.blownAt().map(Instant::toString).orElse(""),
        "channels",
        status.channels().stream().map(NotificationsResource::json).toList(),
        "failed",
        status.failed().stream().map(NotificationsResource::json).toList());
  }

  private static Map<String, @Nullable Object> json(OutboxStatus.ChannelStatus channel) {
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    Instant last = channel.lastSentAt();
    out.put("name", channel.name());
    out.put("waiting", channel.waiting());
    out.put("sent", channel.sent());
    out.put("failed", channel.failed());
    out.put("last_sent_at", last == null ? null : last.toString());
    out.put("fuse", channel.fuse());
    out.put("problem", channel.problem());
    return out;
  }

  private static Map<String, Object> json(OutboxStatus.Failed failed) {
    return Map.of(
        "channel", failed.channel(),
        "alert", failed.alert(),
        "step", failed.step(),
        "at", failed.at().toString(),
        "attempts", failed.attempts(),
        "problem", failed.problem());
  }
}
