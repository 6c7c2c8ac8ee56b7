package tr.emanet.indicator.notice.http;

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
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tr.emanet.event.Principal;
import tr.emanet.event.Role;
import tr.emanet.indicator.notice.NoticeChange;
import tr.emanet.indicator.notice.NoticeDesk;
import tr.emanet.indicator.notice.NoticeFilter;
import tr.emanet.indicator.notice.NoticeRow;
import tr.emanet.indicator.notice.NoticeTask;
import tr.emanet.web.Problem;
import tr.emanet.web.RequestPerson;
import tr.emanet.web.Shells;
import tr.emanet.web.Texts;
import tr.emanet.web.security.Allow;

/** Notices and tasks for programs: list, one, act. */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class NoticesApiResource {

  private static final String ID = "{id: [A-Za-z0-9-]{1,100}}";
  private static final String NUMBER = "{number: G-[0-9]{4}-[0-9]{4,9}}";

  private final NoticeDesk desk;
  private final Shells shells;

  public NoticesApiResource(NoticeDesk desk, Shells shells) {
    this.desk = desk;
    this.shells = shells;
  }

  /** An act with what it needs. */
  public record Act(
      @Nullable String act, @Nullable String owner, @Nullable String due, @Nullable String text) {}

  /** Notices, newest first. */
  @GET
  @Path("notices")
  @Allow({Role.ANALYST, Role.AUDITOR, Role.ADMINISTRATOR})
  public Response list(
      @QueryParam("state") @DefaultValue("open") String state,
      @QueryParam("query") @DefaultValue("") String text,
      @QueryParam("cve") @DefaultValue("") String cve,
      @QueryParam("after") @DefaultValue("") String after,
      @QueryParam("limit") @DefaultValue("50") int limit,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    Principal who = RequestPerson.of(security);
    Optional<NoticeFilter.Wanted> wanted = NoticeFilter.Wanted.named(state);
    if (wanted.isEmpty()) {
      return refused(400, "state", shells.texts(headers));
    }
    int most = Math.clamp(limit, 1, NoticeDesk.MAX_PAGE);
    @Nullable NoticeRow last = after.isEmpty() ? null : desk.find(after, who).orElse(null);
    List<NoticeRow> found = desk.list(new NoticeFilter(wanted.get(), text, cve), who, last, most);
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    out.put("notices", found.stream().map(NoticeJson::of).toList());
    out.put("next", found.size() < most ? null : found.getLast().key().id());
    return Response.ok(out).build();
  }

  /** One notice with its text, matches, tasks and history, by id or by slug. */
  @GET
  @Path("notices/" + ID)
  @Allow({Role.ANALYST, Role.AUDITOR, Role.ADMINISTRATOR})
  public Map<String, @Nullable Object> one(
      @PathParam("id") String id, @Context HttpHeaders headers, @Context SecurityContext security) {
    NoticeRow row = desk.find(id, RequestPerson.of(security)).orElseThrow(NotFoundException::new);
    NoticeWords words = new NoticeWords(shells.texts(headers));
    Map<String, @Nullable Object> out = NoticeJson.of(row);
    out.put("text", row.text());
    out.put(
        "not_affected",
        desk.notAffected(row).stream()
            .map(
                one ->
                    Map.of(
                        "asset", one.asset(),
                        "name", one.assetName(),
                        "product", one.product().text(),
                        "stated", one.quote()))
            .toList());
    out.put("matched", desk.matches(row.key()).stream().map(m -> NoticeJson.of(m, words)).toList());
    out.put(
        "tasks", desk.tasks(row.key()).stream().map(t -> NoticeJson.of(t, desk.today())).toList());
    out.put("suggested_due", desk.suggestedDue(row.key()).toString());
    out.put("history", desk.history(row.key()).stream().map(NoticeJson::of).toList());
    return out;
  }

  /** {@code close} with the measure, {@code reopen}, {@code task} or {@code read}. */
  @POST
  @Path("notices/" + ID)
  @Allow(Role.ANALYST)
  public Response act(
      @PathParam("id") String id,
      @Nullable Act act,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    Principal who = RequestPerson.of(security);
    NoticeRow row = desk.find(id, who).orElseThrow(NotFoundException::new);
    String what = act == null || act.act() == null ? "" : act.act();
    if (act == null || wrongDay(act.due())) {
      return refused(400, act == null ? "act" : "day", shells.texts(headers));
    }
    NoticeChange change =
        switch (what) {
          case "close" -> desk.close(who, row.key(), text(act.text()));
          case "reopen" -> desk.reopen(who, row.key());
          case "task" -> desk.createTask(who, row.key(), text(act.owner()), day(act.due()));
          case "read" -> {
            desk.seen(who, row.key());
            yield new NoticeChange.Done(row.key(), "");
          }
          default -> new NoticeChange.Refused("act");
        };
    return answer(change, who, shells.texts(headers));
  }

  /** {@code confirm} or {@code reject} a proposed match. */
  @POST
  @Path("notices/" + ID + "/matches/{match: [0-9]{1,18}}")
  @Allow(Role.ANALYST)
  public Response decide(
      @PathParam("id") String id,
      @PathParam("match") long match,
      @Nullable Act act,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    Principal who = RequestPerson.of(security);
    NoticeRow row = desk.find(id, who).orElseThrow(NotFoundException::new);
    if (desk.matches(row.key()).stream().noneMatch(m -> m.id() == match)) {
      throw new NotFoundException();
    }
    String what = act == null || act.act() == null ? "" : act.act();
    NoticeChange change =
        switch (what) {
          case "confirm" -> desk.confirm(who, match);
          case "reject" -> desk.reject(who, match);
          default -> new NoticeChange.Refused("act");
        };
    return answer(change, who, shells.texts(headers));
  }

  /** Tasks, the most urgent first. */
  @GET
  @Path("tasks")
  @Allow({Role.ANALYST, Role.AUDITOR, Role.ADMINISTRATOR})
  public Response tasks(
      @QueryParam("state") @DefaultValue("open") String state,
      @QueryParam("owner") @Nullable String owner,
      @QueryParam("limit") @DefaultValue("100") int limit,
      @Context HttpHeaders headers) {
    NoticeTask.@Nullable State only =
        switch (state) {
          case "open" -> NoticeTask.State.OPEN;
          case "closed" -> NoticeTask.State.CLOSED;
          case "dropped" -> NoticeTask.State.DROPPED;
          default -> null;
        };
    if (only == null && !state.equals("all")) {
      return refused(400, "state", shells.texts(headers));
    }
    LocalDate today = desk.today();
    return Response.ok(
            Map.of(
                "tasks",
                desk.tasks(only, owner, limit).stream()
                    .map(task -> NoticeJson.of(task, today))
                    .toList()))
        .build();
  }

  /** One task. */
  @GET
  @Path("tasks/" + NUMBER)
  @Allow({Role.ANALYST, Role.AUDITOR, Role.ADMINISTRATOR})
  public Map<String, @Nullable Object> task(@PathParam("number") String number) {
    return NoticeJson.of(desk.task(number).orElseThrow(NotFoundException::new), desk.today());
  }

  /** {@code change} owner or day, {@code close} with the measure, or {@code reopen}. */
  @POST
  @Path("tasks/" + NUMBER)
  @Allow(Role.ANALYST)
  public Response onTask(
      @PathParam("number") String number,
      @Nullable Act act,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    Principal who = RequestPerson.of(security);
    if (act == null || wrongDay(act.due())) {
      return refused(400, act == null ? "act" : "day", shells.texts(headers));
    }
    String what = act.act() == null ? "" : act.act();
    NoticeChange change =
        switch (what) {
          case "change" -> desk.changeTask(who, number, act.owner(), day(act.due()));
          case "close" -> desk.closeTask(who, number, text(act.text()));
          case "reopen" -> desk.reopenTask(who, number, text(act.text()));
          default -> new NoticeChange.Refused("act");
        };
    return answer(change, who, shells.texts(headers));
  }

  private Response answer(NoticeChange change, Principal who, Texts texts) {
    return switch (change) {
      case NoticeChange.Done done -> {
        Map<String, @Nullable Object> out =
            NoticeJson.of(desk.find(done.notice().id(), who).orElseThrow(NotFoundException::new));
        out.put("task", done.task().isEmpty() ? null : done.task());
        yield Response.ok(out).build();
      }
      case NoticeChange.Unknown unknown -> throw new NotFoundException();
      case NoticeChange.Refused refused ->
          refused(refused.code().equals("act") ? 400 : 409, refused.code(), texts);
    };
  }

  private static Response refused(int status, String code, Texts texts) {
    return Problem.of(status, "notice-" + code, texts.get("notice.problem." + code), null)
        .response();
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }

  static boolean wrongDay(@Nullable String text) {
    return text != null && !text.isBlank() && day(text) == null;
  }

  /** A day such as {@code 2026-11-29}; null when there is none. */
  static @Nullable LocalDate day(@Nullable String text) {
    try {
      return text == null || text.isBlank() ? null : LocalDate.parse(text.strip());
    } catch (DateTimeParseException e) {
      return null;
    }
  }
}
