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
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.place.HealDesk;
import tr.emanet.backup.place.HealRecord;
import tr.emanet.event.Role;
import tr.emanet.web.Problem;
import tr.emanet.web.RequestPerson;
import tr.emanet.web.Shells;
import tr.emanet.web.security.Allow;

/** Healing between repositories and their copies over the API. */
@Path("/api/v1/backups/heals")
@Produces(MediaType.APPLICATION_JSON)
public final class HealsResource {

  private static final String ID = "{id: [0-9]{1,18}}";
  private static final int HEALS = 100;

  private final HealDesk desk;
  private final Shells shells;

  public HealsResource(HealDesk desk, Shells shells) {
    this.desk = desk;
    this.shells = shells;
  }

  /**
   * What is to be healed.
   *
   * @param job whose repository
   * @param target where its copy lies
   * @param side {@code repository}: it is healed from the copy; {@code copy}: the other way
   */
  public record Wanted(@Nullable Long job, @Nullable Long target, @Nullable String side) {}

  /** Healings, the newest first. */
  @GET
  @Allow({Role.BACKUP_OPERATOR, Role.AUDITOR, Role.ADMINISTRATOR})
  public Map<String, List<Map<String, @Nullable Object>>> heals(
      @QueryParam("job") @DefaultValue("0") long job) {
    return Map.of("heals", desk.newest(job, HEALS).stream().map(this::json).toList());
  }

  /** Begins one. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Allow({Role.BACKUP_OPERATOR, Role.ADMINISTRATOR})
  public Response heal(
      @Nullable Wanted wanted, @Context HttpHeaders headers, @Context SecurityContext security) {
    Long job = wanted == null ? null : wanted.job();
    Long target = wanted == null ? null : wanted.target();
    HealRecord.Side side = side(wanted == null ? null : wanted.side());
    if (job == null || target == null || side == null) {
      return refused("form", headers);
    }
    return answer(desk.heal(RequestPerson.of(security), job, target, side), 202, headers);
  }

  static HealRecord.@Nullable Side side(@Nullable String id) {
    for (HealRecord.Side side : HealRecord.Side.values()) {
      if (side.id().equals(id)) {
        return side;
      }
    }
    return null;
  }

  /** One healing. */
  @GET
  @Path(ID)
  @Allow({Role.BACKUP_OPERATOR, Role.AUDITOR, Role.ADMINISTRATOR})
  public Map<String, @Nullable Object> heal(@PathParam("id") long id) {
    return json(desk.find(id).orElseThrow(NotFoundException::new));
  }

  /** Ends one; what is healed stays. */
  @POST
  @Path(ID + "/acts/stop")
  @Allow({Role.BACKUP_OPERATOR, Role.ADMINISTRATOR})
  public Response stop(
      @PathParam("id") long id, @Context HttpHeaders headers, @Context SecurityContext security) {
    return answer(desk.stop(RequestPerson.of(security), id), 200, headers);
  }

  private Response answer(HealDesk.Answer answer, int status, HttpHeaders headers) {
    return switch (answer) {
      case HealDesk.Answer.Done(var heal) -> Response.status(status).entity(json(heal)).build();
      case HealDesk.Answer.Refused(var reason) -> refused(reason, headers);
      case HealDesk.Answer.Unknown ignored -> throw new NotFoundException();
    };
  }

  private Response refused(String reason, HttpHeaders headers) {
    String text = shells.texts(headers).get("backup.heal.refused." + reason);
    return Problem.of(422, "backup-heal-" + reason, text, null).response();
  }

  private Map<String, @Nullable Object> json(HealRecord heal) {
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    out.put("id", heal.id());
    out.put("job", heal.plan());
    out.put("target", heal.place());
    out.put("repository", heal.repository());
    out.put("side", heal.side().id());
    out.put("by", heal.owner());
    out.put("state", heal.state().id());
    out.put("askedAt", heal.askedAt().toString());
    out.put("endedAt", heal.endedAt() == null ? null : heal.endedAt().toString());
    out.put("percent", desk.current(heal.id()).map(job -> job.progress().percent()).orElse(null));
    out.put("healed", heal.healed());
    out.put("healedNames", heal.healedNames());
    out.put("left", heal.left());
    out.put("leftNames", heal.leftNames());
    out.put("problem", heal.problem());
    return out;
  }
}
