package tr.emanet.indicator.http;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
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
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tr.emanet.event.Principal;
import tr.emanet.event.Role;
import tr.emanet.indicator.hunt.HuntStart;
import tr.emanet.indicator.hunt.Hunts;
import tr.emanet.search.Masking;
import tr.emanet.search.TimeExpression;
import tr.emanet.web.Pages;
import tr.emanet.web.Posted;
import tr.emanet.web.RequestPerson;
import tr.emanet.web.Shell;
import tr.emanet.web.Shells;
import tr.emanet.web.security.Allow;

/** The page on which people hunt for any value in all history. Complete without scripts. */
@Path("/hunt")
@Produces(MediaType.TEXT_HTML + ";charset=utf-8")
public final class HuntScreenResource {

  private static final int MAX_TEXT = 300_000;
  private static final int MAX_ASKED = 20;

  private final Hunts hunts;
  private final Masking masking;
  private final Pages pages;
  private final Shells shells;

  public HuntScreenResource(Hunts hunts, Masking masking, Pages pages, Shells shells) {
    this.hunts = hunts;
    this.masking = masking;
    this.pages = pages;
    this.shells = shells;
  }

  /** The page; values of the address stand in the form and are hunted when the person says so. */
  @GET
  @Allow({Role.ANALYST, Role.AUDITOR, Role.ADMINISTRATOR})
  public Response page(
      @QueryParam("value") @Nullable List<String> values,
      @QueryParam("open") @DefaultValue("") String open,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    Shell shell = shells.of(uri, headers, security, IndicatorScreenResource.RAIL);
    List<String> asked = values == null ? List.of() : values;
    String text =
        asked.stream().limit(MAX_ASKED).map(v -> cut(v, 4_096)).collect(Collectors.joining("\n"));
    long id = open.matches("[0-9]{1,18}") ? Long.parseLong(open) : 0;
    return show(200, shell, security, new HuntViews.Form(text, "", "", null), id);
  }

  private Response show(
      int status, Shell shell, SecurityContext security, HuntViews.Form form, long open) {
    Principal who = RequestPerson.of(security);
    HuntScreen screen = new HuntScreen(hunts, who, masking, shell.texts(), shell.now());
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("form", form);
    parameters.put("rows", screen.rows(open));
    parameters.put("scans", screen.scans());
    parameters.put("acts", who.has(Role.ANALYST));
    screen.opened(open).ifPresent(o -> parameters.put("opened", o));
    return pages.page(status, shell, "indicator/hunt.jte", parameters);
  }

  /** Starts a hunt for the values of the form, one a line. */
  @POST
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Allow(Role.ANALYST)
  public Response start(
      MultivaluedMap<String, String> form,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    Shell shell = shells.of(uri, headers, security, IndicatorScreenResource.RAIL);
    String text = cut(new Posted(form).text("values").strip(), MAX_TEXT);
    String from = new Posted(form).text("from").strip();
    String to = new Posted(form).text("to").strip();
    List<String> values = text.lines().map(String::strip).filter(v -> !v.isEmpty()).toList();
    Optional<TimeExpression.Span> begin = moment(from, shell);
    Optional<TimeExpression.Span> end = moment(to, shell);
    String problem;
    if (!from.isBlank() && begin.isEmpty() || !to.isBlank() && end.isEmpty()) {
      problem = shell.t("hunt.time", begin.isEmpty() && !from.isBlank() ? from : to);
    } else {
      HuntStart start =
          hunts.start(
              RequestPerson.of(security),
              values,
              begin.map(s -> Instant.ofEpochMilli(s.fromMillis())).orElse(null),
              end.map(s -> Instant.ofEpochMilli(Math.max(s.fromMillis() + 1, s.toMillis())))
                  .orElse(null));
      switch (start) {
        case HuntStart.Started started -> {
          return Posted.to("/hunt?open=" + started.hunt().id());
        }
        case HuntStart.BadValue bad ->
            problem = shell.t("indicator.hunt.bad", bad.value()) + " " + shell.t(bad.reason());
        case HuntStart.Refused refused -> problem = shell.t(refused.reason());
      }
    }
    return show(
        422, shell, security, new HuntViews.Form(text, cut(from, 100), cut(to, 100), problem), 0);
  }

  private static Optional<TimeExpression.Span> moment(String text, Shell shell) {
    return text.isBlank()
        ? Optional.empty()
        : TimeExpression.span(text, shell.now(), shell.formats().zone());
  }

  /** Ends a hunt; what it found stays. */
  @POST
  @Path("{id: [0-9]{1,18}}/stop")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Allow(Role.ANALYST)
  public Response stop(@PathParam("id") long id, @Context SecurityContext security) {
    boolean ignored = hunts.stop(RequestPerson.of(security), id);
    return Posted.to(hunts.find(id).isEmpty() ? "/hunt" : "/hunt?open=" + id);
  }

  /** Lets a hunt for what a feed listed go on that a person has stopped. */
  @POST
  @Path("{id: [0-9]{1,18}}/resume")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Allow(Role.ANALYST)
  public Response resume(@PathParam("id") long id, @Context SecurityContext security) {
    var ignored = hunts.resume(RequestPerson.of(security), id);
    return Posted.to("/hunt");
  }

  private static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most);
  }
}
