package tr.emanet.alert.http;

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
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tr.emanet.alert.Alert;
import tr.emanet.alert.AlertChange;
import tr.emanet.alert.AlertState;
import tr.emanet.alert.Alerts;
import tr.emanet.alert.measure.Answers;
import tr.emanet.alert.measure.MeasureChange;
import tr.emanet.event.Principal;
import tr.emanet.event.Role;
import tr.emanet.search.EventSearch;
import tr.emanet.search.Masking;
import tr.emanet.web.Pages;
import tr.emanet.web.Posted;
import tr.emanet.web.RequestPerson;
import tr.emanet.web.Shell;
import tr.emanet.web.Shells;
import tr.emanet.web.Urls;
import tr.emanet.web.security.Allow;

/** The inbox: list, opened alert, acts by form. Complete without scripts. */
@Path("/alerts")
@Produces(MediaType.TEXT_HTML + ";charset=utf-8")
public final class AlertsResource {

  private static final String RAIL = "alerts";
  private static final int MANY = 200;

  private final Alerts alerts;
  private final EventSearch search;
  private final Masking masking;
  private final Answers answers;
  private final Pages pages;
  private final Shells shells;

  public AlertsResource(
      Alerts alerts,
      EventSearch search,
      Masking masking,
      Answers answers,
      Pages pages,
      Shells shells) {
    this.alerts = alerts;
    this.search = search;
    this.masking = masking;
    this.answers = answers;
    this.pages = pages;
    this.shells = shells;
  }

  /** The page. */
  @GET
  @Allow({Role.ANALYST, Role.AUDITOR, Role.ADMINISTRATOR})
  public Response page(
      @Context UriInfo uri, @Context HttpHeaders headers, @Context SecurityContext security)
      throws IOException {
    Shell shell = shells.of(uri, headers, security, RAIL);
    return show(200, InboxState.of(uri.getQueryParameters()), shell, security, null);
  }

  private Response show(
      int status, InboxState state, Shell shell, SecurityContext security, @Nullable String problem)
      throws IOException {
    Reader reader = new Reader(RequestPerson.of(security), masking);
    Inbox inbox = new Inbox(alerts, reader, shell.texts(), shell.now());
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("state", state);
    parameters.put("listing", inbox.listing(state));
    Alert open = state.open().isEmpty() ? null : alerts.find(state.open()).orElse(null);
    if (open != null) {
      parameters.put(
          "panel",
          new AlertPanel(alerts, search, answers, reader, shell.texts(), shell.now())
              .of(open, inbox.found(state), state, problem));
    }
    return pages.page(status, shell, "alert/page.jte", parameters);
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
    if (Long.toString(alerts.revision()).equals(known)) {
      return Response.noContent().build();
    }
    Shell shell = shells.of(uri, headers, security, RAIL);
    InboxState state = InboxState.of(uri.getQueryParameters());
    Reader reader = new Reader(RequestPerson.of(security), masking);
    return pages.page(
        shell,
        "alert/listing.jte",
        Map.of(
            "state",
            state,
            "listing",
            new Inbox(alerts, reader, shell.texts(), shell.now()).listing(state)));
  }

  /** A short address for messages: the inbox with this alert opened. */
  @GET
  @Path("{number: A-[0-9]+-[0-9]+}")
  @Allow({Role.ANALYST, Role.AUDITOR, Role.ADMINISTRATOR})
  public Response one(@PathParam("number") String number) {
    Alert alert = alerts.find(number).orElseThrow(NotFoundException::new);
    return Posted.to(
        Urls.path("/alerts")
            .with("tab", alert.state() == AlertState.CLOSED ? "closed" : "")
            .with("open", number)
            .toString());
  }

  /** One act on one alert. */
  @POST
  @Path("{number: A-[0-9]+-[0-9]+}/{act: acknowledge|assign|note|close|reopen}")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Allow(Role.ANALYST)
  public Response act(
      @PathParam("number") String number,
      @PathParam("act") String act,
      MultivaluedMap<String, String> form,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context SecurityContext security)
      throws IOException {
    AlertChange change =
        switch (act) {
          case "acknowledge" -> alerts.acknowledge(RequestPerson.of(security), number);
          case "assign" ->
              alerts.assign(RequestPerson.of(security), number, new Posted(form).text("person"));
          case "note" ->
              alerts.note(RequestPerson.of(security), number, new Posted(form).text("text"));
          case "close" ->
              alerts.close(
                  RequestPerson.of(security),
                  number,
                  new Posted(form).text("reason"),
                  new Posted(form).text("text"));
          default -> alerts.reopen(RequestPerson.of(security), number);
        };
    return answer(change, number, form, uri, headers, security);
  }

  /** Records a measure of an alert. */
  @POST
  @Path("{number: A-[0-9]+-[0-9]+}/measure")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Allow(Role.ANALYST)
  public Response measure(
      @PathParam("number") String number,
      MultivaluedMap<String, String> form,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context SecurityContext security)
      throws IOException {
    Alert alert = alerts.find(number).orElseThrow(NotFoundException::new);
    MeasureForm.Written written =
        new MeasureForm.Written(
            new Posted(form).text("owner"),
            new Posted(form).text("due"),
            new Posted(form).text("planned").equals("1"),
            new Posted(form).text("text"));
    MeasureChange change =
        MeasureForm.record(
            answers.measures(),
            RequestPerson.of(security),
            alert,
            written,
            shells.texts(headers).formats().zone());
    alerts.touch();
    return answer(MeasureForm.change(change, alert), number, form, uri, headers, security);
  }

  /** Says that a planned step of an alert is done. */
  @POST
  @Path("{number: A-[0-9]+-[0-9]+}/measure/{id: [0-9]{1,18}}")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Allow(Role.ANALYST)
  public Response complete(
      @PathParam("number") String number,
      @PathParam("id") long id,
      MultivaluedMap<String, String> form,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context SecurityContext security)
      throws IOException {
    Alert alert = alerts.find(number).orElseThrow(NotFoundException::new);
    if (!MeasureForm.belongs(answers.measures(), id, alert)) {
      throw new NotFoundException();
    }
    MeasureChange change =
        answers.measures().complete(RequestPerson.of(security), id, new Posted(form).text("text"));
    alerts.touch();
    return answer(MeasureForm.change(change, alert), number, form, uri, headers, security);
  }

  private Response answer(
      AlertChange change,
      String number,
      MultivaluedMap<String, String> form,
      UriInfo uri,
      HttpHeaders headers,
      SecurityContext security)
      throws IOException {
    String back = new Posted(form).back("/alerts");
    return switch (change) {
      case AlertChange.Done done -> Posted.to(back);
      case AlertChange.Unknown unknown -> throw new NotFoundException();
      case AlertChange.Refused refused -> {
        Shell shell = shells.of(uri, headers, security, RAIL);
        InboxState state = InboxState.of(Urls.parameters(back)).withOpen(number);
        yield show(409, state, shell, security, shell.t("alert.problem." + refused.code()));
      }
    };
  }

  /** Acknowledges the marked alerts; those that are not new stay as they are. */
  @POST
  @Path("acknowledge")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Allow(Role.ANALYST)
  public Response acknowledge(
      MultivaluedMap<String, String> form, @Context SecurityContext security) {
    Principal who = RequestPerson.of(security);
    List<String> marked = form.getOrDefault("number", List.of());
    marked.stream().limit(MANY).forEach(number -> alerts.acknowledge(who, number));
    return Posted.to(new Posted(form).back("/alerts"));
  }
}
