package tr.emanet.indicator.notice.http;

import jakarta.ws.rs.Consumes;
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
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tr.emanet.alert.measure.Measures;
import tr.emanet.event.Principal;
import tr.emanet.event.Role;
import tr.emanet.indicator.notice.NoticeChange;
import tr.emanet.indicator.notice.NoticeDesk;
import tr.emanet.indicator.notice.NoticeRow;
import tr.emanet.web.Pages;
import tr.emanet.web.Posted;
import tr.emanet.web.RequestPerson;
import tr.emanet.web.Shell;
import tr.emanet.web.Shells;
import tr.emanet.web.Urls;
import tr.emanet.web.security.Allow;

/** The page of notices: list, opened notice, acts by form. Complete without scripts. */
@Path("/notices")
@Produces(MediaType.TEXT_HTML + ";charset=utf-8")
public final class NoticesResource {

  private static final String RAIL = "notices";

  private final NoticeDesk desk;
  private final Measures measures;
  private final Supplier<Map<String, String>> people;
  private final Pages pages;
  private final Shells shells;

  /**
   * @param people who may be given a task: display names by id
   */
  public NoticesResource(
      NoticeDesk desk,
      Measures measures,
      Supplier<Map<String, String>> people,
      Pages pages,
      Shells shells) {
    this.desk = desk;
    this.measures = measures;
    this.people = people;
    this.pages = pages;
    this.shells = shells;
  }

  /** The page; an opened notice counts as read. */
  @GET
  @Allow({Role.ANALYST, Role.AUDITOR, Role.ADMINISTRATOR})
  public Response page(
      @Context UriInfo uri, @Context HttpHeaders headers, @Context SecurityContext security) {
    Shell shell = shells.of(uri, headers, security, RAIL);
    return show(200, NoticesState.of(uri.getQueryParameters()), shell, security, null);
  }

  private Response show(
      int status,
      NoticesState asked,
      Shell shell,
      SecurityContext security,
      @Nullable String problem) {
    Principal who = RequestPerson.of(security);
    NoticeRow open = asked.open().isEmpty() ? null : desk.find(asked.open(), who).orElse(null);
    NoticesState state = open == null ? asked : asked.withOpen(open.key().id());
    if (open != null && open.tally().unread()) {
      desk.seen(who, open.key());
      open = desk.find(open.key().id(), who).orElse(open);
    }
    NoticeList list = new NoticeList(desk, who, shell.texts());
    List<NoticeRow> found = list.found(state);
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("state", state);
    parameters.put("listing", list.listing(state, found));
    if (open != null) {
      NoticePanel panel = new NoticePanel(desk, measures, people.get(), who, shell.texts());
      parameters.put("panel", panel.of(open, found, state, problem));
    }
    return pages.page(status, shell, "notice/page.jte", parameters);
  }

  /** The list alone, for pages that stay open; 204 when nothing changed since. */
  @GET
  @Path("list")
  @Allow({Role.ANALYST, Role.AUDITOR, Role.ADMINISTRATOR})
  public Response list(
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context SecurityContext security,
      @QueryParam("rev") @Nullable String known) {
    if (Long.toString(desk.revision()).equals(known)) {
      return Response.noContent().build();
    }
    Shell shell = shells.of(uri, headers, security, RAIL);
    NoticesState state = NoticesState.of(uri.getQueryParameters());
    NoticeList list = new NoticeList(desk, RequestPerson.of(security), shell.texts());
    return pages.page(
        shell,
        "notice/listing.jte",
        Map.of("state", state, "listing", list.listing(state, list.found(state))));
  }

  /** A short address: the page with this notice opened. */
  @GET
  @Path("{id: [A-Za-z0-9-]{1,100}}")
  @Allow({Role.ANALYST, Role.AUDITOR, Role.ADMINISTRATOR})
  public Response one(@PathParam("id") String id, @Context SecurityContext security) {
    NoticeRow row = desk.find(id, RequestPerson.of(security)).orElseThrow(NotFoundException::new);
    return Posted.to(
        Urls.path("/notices")
            .with("tab", row.tally().closed() ? "closed" : "")
            .with("open", row.key().id())
            .toString());
  }

  /** An act on the notice itself. */
  @POST
  @Path("{id: [A-Za-z0-9-]{1,100}}/{act: close|reopen|task}")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Allow(Role.ANALYST)
  public Response act(
      @PathParam("id") String id,
      @PathParam("act") String act,
      MultivaluedMap<String, String> form,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    Principal who = RequestPerson.of(security);
    NoticeRow row = desk.find(id, who).orElseThrow(NotFoundException::new);
    String due = new Posted(form).text("due");
    NoticeChange change =
        NoticesApiResource.wrongDay(due)
            ? new NoticeChange.Refused("day")
            : switch (act) {
              case "close" -> desk.close(who, row.key(), new Posted(form).text("text"));
              case "reopen" -> desk.reopen(who, row.key());
              default ->
                  desk.createTask(
                      who, row.key(), new Posted(form).text("owner"), NoticesApiResource.day(due));
            };
    return answer(change, row, form, shells.of(uri, headers, security, RAIL), security);
  }

  /** A person's word on a proposal. */
  @POST
  @Path("{id: [A-Za-z0-9-]{1,100}}/matches/{match: [0-9]{1,18}}/{act: confirm|reject}")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Allow(Role.ANALYST)
  public Response decide(
      @PathParam("id") String id,
      @PathParam("match") long match,
      @PathParam("act") String act,
      MultivaluedMap<String, String> form,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    Principal who = RequestPerson.of(security);
    NoticeRow row = desk.find(id, who).orElseThrow(NotFoundException::new);
    NoticeChange change =
        act.equals("confirm") ? desk.confirm(who, match) : desk.reject(who, match);
    return answer(change, row, form, shells.of(uri, headers, security, RAIL), security);
  }

  /** An act on a task. */
  @POST
  @Path(
      "{id: [A-Za-z0-9-]{1,100}}/tasks/{number: G-[0-9]{4}-[0-9]{4,9}}/{act: change|close|reopen}")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Allow(Role.ANALYST)
  public Response task(
      @PathParam("id") String id,
      @PathParam("number") String number,
      @PathParam("act") String act,
      MultivaluedMap<String, String> form,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    Principal who = RequestPerson.of(security);
    NoticeRow row = desk.find(id, who).orElseThrow(NotFoundException::new);
    Posted posted = new Posted(form);
    String due = posted.text("due");
    NoticeChange change =
        NoticesApiResource.wrongDay(due)
            ? new NoticeChange.Refused("day")
            : switch (act) {
              case "close" -> desk.closeTask(who, number, posted.text("text"));
              case "reopen" -> desk.reopenTask(who, number, posted.text("text"));
              default ->
                  desk.changeTask(who, number, posted.text("owner"), NoticesApiResource.day(due));
            };
    return answer(change, row, form, shells.of(uri, headers, security, RAIL), security);
  }

  private Response answer(
      NoticeChange change,
      NoticeRow row,
      MultivaluedMap<String, String> form,
      Shell shell,
      SecurityContext security) {
    String back = new Posted(form).back("/notices");
    return switch (change) {
      case NoticeChange.Done done -> Posted.to(back);
      case NoticeChange.Unknown unknown -> throw new NotFoundException();
      case NoticeChange.Refused refused ->
          show(
              409,
              NoticesState.of(Urls.parameters(back)).withOpen(row.key().id()),
              shell,
              security,
              shell.t("notice.problem." + refused.code()));
    };
  }
}
