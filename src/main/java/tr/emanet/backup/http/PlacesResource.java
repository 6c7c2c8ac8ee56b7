package tr.emanet.backup.http;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.place.CopyRecord;
import tr.emanet.backup.place.Place;
import tr.emanet.backup.place.PlaceDesk;
import tr.emanet.backup.place.PlaceSpec;
import tr.emanet.event.Principal;
import tr.emanet.event.Role;
import tr.emanet.web.Problem;
import tr.emanet.web.RequestPerson;
import tr.emanet.web.Shells;
import tr.emanet.web.security.Allow;

/** Second places over the API. */
@Path("/api/v1/backups/targets")
@Produces(MediaType.APPLICATION_JSON)
public final class PlacesResource {

  private static final String ID = "{id: [0-9]{1,18}}";
  private static final int COPIES = 100;

  private final PlaceDesk desk;
  private final Shells shells;

  public PlacesResource(PlaceDesk desk, Shells shells) {
    this.desk = desk;
    this.shells = shells;
  }

  /**
   * A place as somebody wants it; the fields of {@link PlaceSpec}.
   *
   * @param secret password or secret access key; kept in a file of mode 0600, never shown again
   * @param authorities PEM of the authorities to believe instead of the machine's
   */
  public record Wanted(
      @Nullable String name,
      @Nullable String address,
      @Nullable String hostKey,
      @Nullable String user,
      @Nullable String region,
      @Nullable Integer lockDays,
      @Nullable Integer mebibytesPerSecond,
      @Nullable String quiet,
      @Nullable Boolean elsewhere,
      @Nullable List<Long> jobs,
      @Nullable String secret,
      @Nullable String authorities) {

    PlaceSpec spec() {
      return new PlaceSpec(
          text(name),
          text(address),
          text(hostKey),
          text(user),
          text(region),
          Objects.requireNonNullElse(lockDays, 0),
          Objects.requireNonNullElse(mebibytesPerSecond, 0),
          text(quiet),
          Objects.requireNonNullElse(elsewhere, false),
          jobs == null ? List.of() : jobs.stream().filter(Objects::nonNull).toList());
    }

    PlaceDesk.Secrets secrets() {
      return new PlaceDesk.Secrets(text(secret), text(authorities));
    }

    private static String text(@Nullable String value) {
      return value == null ? "" : value.strip();
    }
  }

  /** All places. */
  @GET
  @Allow({Role.BACKUP_OPERATOR, Role.AUDITOR, Role.ADMINISTRATOR})
  public Map<String, List<Map<String, @Nullable Object>>> places() {
    return Map.of("targets", desk.places().stream().map(this::json).toList());
  }

  /** Makes a place. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Allow({Role.BACKUP_OPERATOR, Role.ADMINISTRATOR})
  public Response create(
      @Nullable Wanted wanted, @Context HttpHeaders headers, @Context SecurityContext security) {
    Wanted w = wanted == null ? NOTHING : wanted;
    return answer(desk.create(RequestPerson.of(security), w.spec(), w.secrets()), 201, headers);
  }

  private static final Wanted NOTHING =
      new Wanted(null, null, null, null, null, null, null, null, null, null, null, null);

  /** One place. */
  @GET
  @Path(ID)
  @Allow({Role.BACKUP_OPERATOR, Role.AUDITOR, Role.ADMINISTRATOR})
  public Map<String, @Nullable Object> place(@PathParam("id") long id) {
    return json(desk.place(id).orElseThrow(NotFoundException::new));
  }

  /** Changes a place. */
  @PUT
  @Path(ID)
  @Consumes(MediaType.APPLICATION_JSON)
  @Allow({Role.BACKUP_OPERATOR, Role.ADMINISTRATOR})
  public Response change(
      @PathParam("id") long id,
      @Nullable Wanted wanted,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    Wanted w = wanted == null ? NOTHING : wanted;
    return answer(desk.change(RequestPerson.of(security), id, w.spec(), w.secrets()), 200, headers);
  }

  /** Forgets a place; what was copied stays there. */
  @DELETE
  @Path(ID)
  @Allow(Role.ADMINISTRATOR)
  public Response remove(
      @PathParam("id") long id, @Context HttpHeaders headers, @Context SecurityContext security) {
    return answer(desk.remove(RequestPerson.of(security), id), 200, headers);
  }

  /** The copies to a place, the newest first. */
  @GET
  @Path(ID + "/copies")
  @Allow({Role.BACKUP_OPERATOR, Role.AUDITOR, Role.ADMINISTRATOR})
  public Map<String, List<Map<String, @Nullable Object>>> copies(@PathParam("id") long id) {
    if (desk.place(id).isEmpty()) {
      throw new NotFoundException();
    }
    return Map.of("copies", desk.copies(id, COPIES).stream().map(PlacesResource::json).toList());
  }

  /** Tests the connection, copies now, or stops the copies. */
  @POST
  @Path(ID + "/acts/{act: test|copy|stop}")
  @Allow({Role.BACKUP_OPERATOR, Role.ADMINISTRATOR})
  public Response act(
      @PathParam("id") long id,
      @PathParam("act") String act,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    Principal who = RequestPerson.of(security);
    return answer(
        switch (act) {
          case "test" -> desk.test(who, id);
          case "copy" -> desk.copyNow(who, id);
          default -> desk.stop(who, id);
        },
        200,
        headers);
  }

  private Response answer(PlaceDesk.Answer answer, int status, HttpHeaders headers) {
    return switch (answer) {
      case PlaceDesk.Answer.Done(var place) -> Response.status(status).entity(json(place)).build();
      case PlaceDesk.Answer.Refused(var reason, var detail) ->
          Problem.of(
                  422,
                  "backup-target-" + reason,
                  shells.texts(headers).get("backup.place.refused." + reason, detail),
                  detail)
              .response();
      case PlaceDesk.Answer.Unknown ignored -> throw new NotFoundException();
    };
  }

  private Map<String, @Nullable Object> json(Place place) {
    PlaceSpec spec = place.spec();
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    out.put("id", place.id());
    out.put("name", spec.name());
    out.put("address", spec.address());
    out.put("kind", spec.kind());
    out.put("hostKey", spec.hostKey());
    out.put("user", spec.user());
    out.put("region", spec.region());
    out.put("lockDays", spec.lockDays());
    out.put("mebibytesPerSecond", spec.mebibytesPerSecond());
    out.put("quiet", spec.quiet());
    out.put("elsewhere", spec.elsewhere());
    out.put("jobs", spec.jobs());
    out.put("publicKey", desk.publicKey(place.id()));
    out.put("running", !desk.current(place.id()).isEmpty());
    return out;
  }

  private static Map<String, @Nullable Object> json(CopyRecord copy) {
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    out.put("id", copy.id());
    out.put("job", copy.plan());
    out.put("repository", copy.repository());
    out.put("state", copy.state().id());
    out.put("startedAt", copy.startedAt().toString());
    out.put("endedAt", copy.endedAt() == null ? null : copy.endedAt().toString());
    out.put("objects", copy.objects());
    out.put("bytes", copy.bytes());
    out.put("removed", copy.followed().removed());
    out.put("freed", copy.followed().freed());
    out.put("locked", copy.followed().locked());
    out.put("healed", copy.followed().healed());
    out.put("held", copy.followed().held());
    out.put("problem", copy.problem());
    return out;
  }
}
