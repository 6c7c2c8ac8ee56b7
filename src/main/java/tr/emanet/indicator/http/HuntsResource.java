package tr.emanet.indicator.http;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
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
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tr.emanet.event.Principal;
import tr.emanet.event.Role;
import tr.emanet.indicator.hunt.Finding;
import tr.emanet.indicator.hunt.Hunt;
import tr.emanet.indicator.hunt.HuntStart;
import tr.emanet.indicator.hunt.Hunts;
import tr.emanet.indicator.value.CanonicalValue;
import tr.emanet.job.Job;
import tr.emanet.search.Masking;
import tr.emanet.web.Problem;
import tr.emanet.web.RequestPerson;
import tr.emanet.web.Shells;
import tr.emanet.web.Texts;
import tr.emanet.web.security.Allow;

/** Hunts of people: any value, in everything that is kept. */
@Path("/api/v1/hunts")
@Produces(MediaType.APPLICATION_JSON)
public final class HuntsResource {

  private static final String ID = "{id: [0-9]{1,18}}";

  private final Hunts hunts;
  private final Masking masking;
  private final Shells shells;

  public HuntsResource(Hunts hunts, Masking masking, Shells shells) {
    this.hunts = hunts;
    this.masking = masking;
    this.shells = shells;
  }

  /**
   * What to hunt.
   *
   * @param values raw, also defanged
   * @param from first event time, ISO; null: no limit
   * @param to first event time after it, ISO; null: no limit
   */
  public record Wanted(
      @Nullable List<@Nullable String> values, @Nullable String from, @Nullable String to) {}

  /** Queues a hunt; the answer names it. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Allow(Role.ANALYST)
  public Response start(
      @Nullable Wanted wanted, @Context HttpHeaders headers, @Context SecurityContext security) {
    Texts texts = shells.texts(headers);
    List<@Nullable String> values =
        wanted == null || wanted.values() == null ? List.of() : wanted.values();
    Instant from;
    Instant to;
    try {
      from = wanted == null || wanted.from() == null ? null : Instant.parse(wanted.from());
      to = wanted == null || wanted.to() == null ? null : Instant.parse(wanted.to());
    } catch (DateTimeParseException e) {
      return refused(texts, "indicator.hunt.time");
    }
    Principal who = RequestPerson.of(security);
    List<String> raw = values.stream().map(value -> value == null ? "" : value).toList();
    return switch (hunts.start(who, raw, from, to)) {
      case HuntStart.Started started ->
          Response.status(202).entity(json(started.hunt(), who)).build();
      case HuntStart.BadValue bad ->
          new Problem(
                  400,
                  "hunt-value",
                  texts.get("indicator.hunt.bad", bad.value()),
                  texts.get(bad.reason()),
                  Map.of("value", bad.value()))
              .response();
      case HuntStart.Refused refused -> refused(texts, refused.reason());
    };
  }

  private static Response refused(Texts texts, String reason) {
    String code = reason.substring(reason.lastIndexOf('.') + 1);
    return Problem.of(code.equals("busy") ? 429 : 400, "hunt-" + code, texts.get(reason), null)
        .response();
  }

  /** The newest hunts. */
  @GET
  @Allow({Role.ANALYST, Role.AUDITOR})
  public Map<String, Object> list(
      @QueryParam("limit") @DefaultValue("50") int limit, @Context SecurityContext security) {
    Principal who = RequestPerson.of(security);
    return Map.of(
        "hunts",
        hunts.newest(limit).stream().map(hunt -> json(hunt, who)).toList(),
        "retro",
        hunts.retro(limit).stream().map(HuntsResource::json).toList());
  }

  /** One hunt with what it found so far, the latest events first. */
  @GET
  @Path(ID)
  @Allow({Role.ANALYST, Role.AUDITOR})
  public Map<String, @Nullable Object> one(
      @PathParam("id") long id,
      @QueryParam("limit") @DefaultValue("1000") int limit,
      @Context SecurityContext security) {
    Principal who = RequestPerson.of(security);
    Hunt hunt = hunts.find(id).orElseThrow(NotFoundException::new);
    Map<String, @Nullable Object> out = json(hunt, who);
    out.put(
        "events", hunts.read(who, hunt, limit).stream().map(found -> json(found, who)).toList());
    return out;
  }

  /** Ends a hunt; what it found stays. */
  @DELETE
  @Path(ID)
  @Allow(Role.ANALYST)
  public Response stop(@PathParam("id") long id, @Context SecurityContext security) {
    return Response.status(hunts.stop(RequestPerson.of(security), id) ? 204 : 409).build();
  }

  /** Lets a hunt for what a feed listed go on that a person has stopped. */
  @POST
  @Path(ID + "/resume")
  @Allow(Role.ANALYST)
  public Response resume(@PathParam("id") long id, @Context SecurityContext security) {
    return hunts
        .resume(RequestPerson.of(security), id)
        .map(job -> Response.status(202).entity(json(job)).build())
        .orElseGet(() -> Response.status(409).build());
  }

  private String shown(String field, String value, Principal who) {
    return who.readsUnmasked() ? value : masking.shown(field, value, List.of());
  }

  private Map<String, @Nullable Object> json(Hunt hunt, Principal who) {
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    out.put("id", hunt.id());
    out.put("owner", hunt.owner());
    out.put(
        "values",
        hunt.values().stream()
            .map(CanonicalValue::text)
            .map(value -> shown("message", value, who))
            .toList());
    out.put("from", string(hunt.from()));
    out.put("to", string(hunt.to()));
    out.put("state", hunt.state().id());
    out.put("done", hunt.progress().done());
    out.put("total", hunt.progress().total());
    out.put("percent", hunt.state().ended() ? 100 : hunt.progress().percent());
    out.put("queued_at", hunt.queuedAt().toString());
    out.put("started_at", string(hunt.startedAt()));
    out.put("ended_at", string(hunt.endedAt()));
    out.put("found", hunt.found());
    out.put("cut", hunt.cut());
    out.put("problem", hunt.problem().isEmpty() ? null : hunt.problem());
    return out;
  }

  private static Map<String, @Nullable Object> json(Job job) {
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    out.put("id", job.id());
    out.put("subject", job.subject());
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

  private Map<String, @Nullable Object> json(Finding found, Principal who) {
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    out.put("position", found.position().toString());
    out.put("at", found.at().toString());
    out.put("wanted", shown("message", found.wanted(), who));
    out.put("field", found.field());
    out.put("value", shown(found.field(), found.value(), who));
    out.put("weak", found.weak());
    return out;
  }

  private static @Nullable String string(@Nullable Instant at) {
    return at == null ? null : at.toString();
  }
}
