package tr.emanet.alert.http;

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
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tr.emanet.alert.Alert;
import tr.emanet.alert.AlertChange;
import tr.emanet.alert.AlertFilter;
import tr.emanet.alert.Alerts;
import tr.emanet.alert.Facts;
import tr.emanet.alert.HistoryEntry;
import tr.emanet.alert.Hit;
import tr.emanet.alert.Raise;
import tr.emanet.alert.Severity;
import tr.emanet.event.Principal;
import tr.emanet.event.Role;
import tr.emanet.search.Masking;
import tr.emanet.web.Problem;
import tr.emanet.web.RequestPerson;
import tr.emanet.web.Shells;
import tr.emanet.web.Texts;
import tr.emanet.web.security.Allow;

/** Alerts for programs: list, one, act. */
@Path("/api/v1/alerts")
@Produces(MediaType.APPLICATION_JSON)
public final class AlertsApiResource {

  private static final int HITS = 100;

  private final Alerts alerts;
  private final Masking masking;
  private final Shells shells;

  public AlertsApiResource(Alerts alerts, Masking masking, Shells shells) {
    this.alerts = alerts;
    this.masking = masking;
    this.shells = shells;
  }

  /** An act: acknowledge, assign, note, close or reopen, with what it needs. */
  public record Act(
      @Nullable String act,
      @Nullable String person,
      @Nullable String reason,
      @Nullable String text) {}

  /** Alerts, the last seen first. */
  @GET
  @Allow({Role.ANALYST, Role.AUDITOR, Role.ADMINISTRATOR})
  public Response list(
      @QueryParam("state") @DefaultValue("open") String state,
      @QueryParam("severity") @Nullable String severity,
      @QueryParam("assignee") @Nullable String assignee,
      @QueryParam("query") @DefaultValue("") String text,
      @QueryParam("after") @Nullable String after,
      @QueryParam("limit") @DefaultValue("50") String limit,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    Optional<AlertFilter.Wanted> wanted =
        Arrays.stream(AlertFilter.Wanted.values())
            .filter(w -> w.name().toLowerCase(Locale.ROOT).equals(state))
            .findFirst();
    Optional<Severity> only = severity == null ? Optional.empty() : Severity.named(severity);
    boolean number = limit.matches("[0-9]{1,3}") && Integer.parseInt(limit) >= 1;
    if (wanted.isEmpty() || severity != null && only.isEmpty() || !number) {
      String name = wanted.isEmpty() ? "state" : number ? "severity" : "limit";
      return Problem.of(
              400, "parameter", shells.texts(headers).get("alert.api.parameter", name), null)
          .response();
    }
    Principal who = RequestPerson.of(security);
    Reader reader = new Reader(who, masking);
    int most = Math.min(Alerts.MAX_PAGE, Integer.parseInt(limit));
    List<Alert> found =
        alerts.list(
            new AlertFilter(wanted.get(), only.orElse(null), assignee, text, 0), who, after, most);
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("alerts", found.stream().map(alert -> json(alert, reader)).toList());
    out.put("next", found.size() < most ? null : found.getLast().number());
    return Response.ok(out).build();
  }

  /** One alert with its latest hits and its history. */
  @GET
  @Path("{number}")
  @Allow({Role.ANALYST, Role.AUDITOR, Role.ADMINISTRATOR})
  public Map<String, Object> one(
      @PathParam("number") String number, @Context SecurityContext security) {
    Alert alert = alerts.find(number).orElseThrow(NotFoundException::new);
    Reader reader = new Reader(RequestPerson.of(security), masking);
    Map<String, Object> out = json(alert, reader);
    out.put("hits_latest", alerts.hits(alert, HITS).stream().map(h -> json(h, reader)).toList());
    out.put("history", alerts.history(alert).stream().map(e -> json(e, reader)).toList());
    return out;
  }

  /** Acts on one alert. */
  @POST
  @Path("{number}")
  @Consumes(MediaType.APPLICATION_JSON)
  @Allow(Role.ANALYST)
  public Response act(
      @PathParam("number") String number,
      @Nullable Act act,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    Principal who = RequestPerson.of(security);
    Texts texts = shells.texts(headers);
    String what = act == null || act.act() == null ? "" : act.act();
    String text = act == null || act.text() == null ? "" : act.text();
    String person = act == null || act.person() == null ? "" : act.person();
    String reason = act == null || act.reason() == null ? "" : act.reason();
    AlertChange change =
        switch (what) {
          case "acknowledge" -> alerts.acknowledge(who, number);
          case "assign" -> alerts.assign(who, number, person);
          case "note" -> alerts.note(who, number, text);
          case "close" -> alerts.close(who, number, reason, text);
          case "reopen" -> alerts.reopen(who, number);
          default -> new AlertChange.Refused("act");
        };
    return switch (change) {
      case AlertChange.Done done ->
          Response.ok(json(done.alert(), new Reader(who, masking))).build();
      case AlertChange.Unknown unknown -> throw new NotFoundException();
      case AlertChange.Refused refused ->
          Problem.of(
                  refused.code().equals("act") ? 400 : 409,
                  "alert-" + refused.code(),
                  texts.get("alert.problem." + refused.code()),
                  null)
              .response();
    };
  }

  private static Map<String, Object> json(Alert alert, Reader reader) {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("number", alert.number());
    out.put("kind", alert.kind().id());
    out.put("key", reader.text(alert.key()));
    out.put("asset", reader.text(alert.asset()));
    out.put("severity", alert.severity().id());
    out.put("raised_by", alert.raised().stream().sorted().map(Raise::id).toList());
    out.put("state", alert.state().id());
    out.put("reason", alert.reason().isEmpty() ? null : alert.reason());
    out.put("assignee", alert.assignee().isEmpty() ? null : alert.assignee());
    out.put("hits", alert.hits());
    out.put("more", alert.fact(Facts.MORE).isEmpty() ? 0L : Long.parseLong(alert.fact(Facts.MORE)));
    out.put("live_hits", alert.live());
    out.put("first_at", alert.firstAt().toString());
    out.put("last_at", alert.lastAt().toString());
    out.put("seen_at", alert.seenAt().toString());
    out.put("created_at", alert.createdAt().toString());
    Map<String, String> facts = new LinkedHashMap<>();
    alert.facts().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            e ->
                facts.put(
                    e.getKey(),
                    e.getKey().equals(Facts.USER)
                        ? reader.field("user.name", e.getValue())
                        : reader.text(e.getValue())));
    out.put("facts", facts);
    return out;
  }

  private static Map<String, Object> json(Hit hit, Reader reader) {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("position", hit.position().toString());
    out.put("at", hit.at().toString());
    out.put("field", hit.field());
    out.put("value", reader.field(hit.field(), hit.value()));
    out.put("retro", hit.retro());
    return out;
  }

  private static Map<String, Object> json(HistoryEntry entry, Reader reader) {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("at", entry.at().toString());
    out.put("who", entry.who());
    out.put("what", entry.what());
    out.put("text", reader.text(entry.text()));
    return out;
  }
}
