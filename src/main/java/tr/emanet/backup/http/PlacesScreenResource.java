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
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import tr.emanet.backup.place.CopyTending;
import tr.emanet.backup.place.PlaceDesk;
import tr.emanet.backup.place.PlaceSpec;
import tr.emanet.backup.plan.BackupDesk;
import tr.emanet.event.Principal;
import tr.emanet.event.Role;
import tr.emanet.web.Pages;
import tr.emanet.web.RequestPerson;
import tr.emanet.web.Shell;
import tr.emanet.web.Shells;
import tr.emanet.web.security.Allow;

/** The page of second places. */
@Path("/backups/targets")
@Produces(MediaType.TEXT_HTML + ";charset=utf-8")
public final class PlacesScreenResource {

  private static final String RAIL = "backups";
  private static final String ID = "{id: [0-9]{1,18}}";
  private static final PlaceSpec EMPTY =
      new PlaceSpec("", "", "", "", "", 0, 0, "", true, List.of());

  private final PlaceDesk desk;
  private final CopyTending tending;
  private final BackupDesk backups;
  private final Pages pages;
  private final Shells shells;

  public PlacesScreenResource(
      PlaceDesk desk, CopyTending tending, BackupDesk backups, Pages pages, Shells shells) {
    this.desk = desk;
    this.tending = tending;
    this.backups = backups;
    this.pages = pages;
    this.shells = shells;
  }

  /** The places, one of them open when it is named, or the form. */
  @GET
  @Allow({Role.BACKUP_OPERATOR, Role.AUDITOR, Role.ADMINISTRATOR})
  public Response page(
      @QueryParam("place") @DefaultValue("0") long place,
      @QueryParam("form") @DefaultValue("") String form,
      @QueryParam("said") @DefaultValue("") String said,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    Shell shell = shells.of(uri, headers, security, RAIL);
    PlacesScreen screen = screen(shell);
    PlaceViews.Form shown =
        switch (form) {
          case "new" -> screen.fresh(EMPTY, "", "");
          case "change" ->
              desk.place(place).map(p -> screen.changing(p.id(), p.spec(), "", "")).orElse(null);
          default -> null;
        };
    String says = said.matches("reached|removed|queued") ? said : "";
    return show(200, shell, screen.page(place, shown, says, ""));
  }

  /** Makes a place, or asks an SFTP server for its key when that is missing. */
  @POST
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Allow({Role.BACKUP_OPERATOR, Role.ADMINISTRATOR})
  public Response create(
      MultivaluedMap<String, String> form,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    return keep(form, -1, shells.of(uri, headers, security, RAIL), security);
  }

  /** Changes a place. */
  @POST
  @Path(ID + "/change")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Allow({Role.BACKUP_OPERATOR, Role.ADMINISTRATOR})
  public Response change(
      @PathParam("id") long id,
      MultivaluedMap<String, String> form,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    return keep(form, id, shells.of(uri, headers, security, RAIL), security);
  }

  private Response keep(
      MultivaluedMap<String, String> form, long id, Shell shell, SecurityContext security) {
    PlaceSpec spec = PlaceForm.read(form);
    PlacesScreen screen = screen(shell);
    String problem;
    String offered = "";
    try {
      offered = spec.hostKey().isEmpty() ? desk.offeredKey(spec.address()) : "";
      if (offered.isEmpty()) {
        Principal who = RequestPerson.of(security);
        PlaceDesk.Secrets secrets = PlaceForm.secrets(form);
        switch (id < 0 ? desk.create(who, spec, secrets) : desk.change(who, id, spec, secrets)) {
          case PlaceDesk.Answer.Done(var place) -> {
            return to("/backups/targets?place=" + place.id());
          }
          case PlaceDesk.Answer.Refused(var reason, var detail) ->
              problem = shell.t("backup.place.refused." + reason, detail);
          case PlaceDesk.Answer.Unknown ignored -> throw new NotFoundException();
        }
      } else {
        problem = shell.t("backup.place.refused.host-key");
      }
    } catch (IOException e) {
      problem = String.valueOf(e.getMessage());
    }
    PlaceViews.Form again =
        id < 0 ? screen.fresh(spec, problem, offered) : screen.changing(id, spec, problem, offered);
    return show(422, shell, screen.page(id, again, "", ""));
  }

  /** Tests the connection, copies, stops, or removes. */
  @POST
  @Path(ID + "/{act: test|copy|stop}")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Allow({Role.BACKUP_OPERATOR, Role.ADMINISTRATOR})
  public Response act(
      @PathParam("id") long id,
      @PathParam("act") String act,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    Principal who = RequestPerson.of(security);
    PlaceDesk.Answer answer =
        switch (act) {
          case "test" -> desk.test(who, id);
          case "copy" -> desk.copyNow(who, id);
          default -> desk.stop(who, id);
        };
    String said = act.equals("test") ? "&said=reached" : act.equals("copy") ? "&said=queued" : "";
    return answer(answer, id, said, shells.of(uri, headers, security, RAIL));
  }

  /** Forgets a place. */
  @POST
  @Path(ID + "/remove")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Allow(Role.ADMINISTRATOR)
  public Response remove(
      @PathParam("id") long id,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    PlaceDesk.Answer answer = desk.remove(RequestPerson.of(security), id);
    return answer instanceof PlaceDesk.Answer.Done
        ? to("/backups/targets")
        : answer(answer, id, "", shells.of(uri, headers, security, RAIL));
  }

  private Response answer(PlaceDesk.Answer answer, long id, String said, Shell shell) {
    return switch (answer) {
      case PlaceDesk.Answer.Done ignored -> to("/backups/targets?place=" + id + said);
      case PlaceDesk.Answer.Refused(var reason, var detail) -> {
        String problem = shell.t("backup.place.refused." + reason, detail);
        yield show(409, shell, screen(shell).page(id, null, "", problem));
      }
      case PlaceDesk.Answer.Unknown ignored -> throw new NotFoundException();
    };
  }

  private PlacesScreen screen(Shell shell) {
    return new PlacesScreen(desk, tending, backups, shell);
  }

  private static Response to(String path) {
    return Response.seeOther(URI.create(path)).build();
  }

  private Response show(int status, Shell shell, PlaceViews.Page page) {
    return pages.page(status, shell, "backup/places.jte", Map.of("page", page));
  }
}
