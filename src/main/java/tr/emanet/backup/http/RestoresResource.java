package tr.emanet.backup.http;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.plan.KeptSnapshot;
import tr.emanet.backup.recover.RestoreAnswer;
import tr.emanet.backup.recover.RestoreDesk;
import tr.emanet.backup.recover.RestoreOrder;
import tr.emanet.backup.recover.RestoreRecord;
import tr.emanet.backup.recover.SnapshotDesk;
import tr.emanet.backup.restore.SnapshotPath;
import tr.emanet.event.Role;
import tr.emanet.web.Problem;
import tr.emanet.web.RequestPerson;
import tr.emanet.web.Shells;
import tr.emanet.web.security.Allow;

/** Restores for programs. */
@Path("/api/v1/backups/restores")
@Produces(MediaType.APPLICATION_JSON)
public final class RestoresResource {

  private static final String ID = "{id: [0-9]{1,18}}";

  private final RestoreDesk desk;
  private final SnapshotDesk snapshots;
  private final RestoreRecord records;
  private final RestoreActs acts;
  private final Shells shells;

  public RestoresResource(
      RestoreDesk desk, SnapshotDesk snapshots, RestoreRecord records, Shells shells) {
    this.desk = desk;
    this.snapshots = snapshots;
    this.records = records;
    this.acts = new RestoreActs(desk);
    this.shells = shells;
  }

  /** Requests, the newest first. */
  @GET
  @Allow({Role.BACKUP_OPERATOR, Role.AUDITOR, Role.ADMINISTRATOR})
  public Map<String, Object> list() {
    return Map.of("restores", desk.newest().stream().map(this::json).toList());
  }

  /**
   * What of which snapshot; no paths: everything.
   *
   * @param foreign true: known to be made by another tool
   */
  public record Draft(
      @Nullable Long snapshot, @Nullable List<String> paths, @Nullable Boolean foreign) {}

  /** Makes a draft. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Allow({Role.BACKUP_OPERATOR, Role.ADMINISTRATOR})
  public Response draft(
      @Nullable Draft wanted, @Context HttpHeaders headers, @Context SecurityContext security) {
    Long number = wanted == null ? null : wanted.snapshot();
    List<String> paths = wanted == null ? null : wanted.paths();
    KeptSnapshot kept =
        snapshots
            .find(number == null ? 0 : number)
            .map(SnapshotDesk.Item::kept)
            .orElseThrow(NotFoundException::new);
    List<SnapshotPath> selection = new ArrayList<>();
    try {
      for (String path : paths == null || paths.isEmpty() ? List.of("/") : paths) {
        selection.add(SnapshotPath.parse(path));
      }
    } catch (IOException e) {
      return refused("selection", headers);
    }
    boolean knows = wanted != null && Boolean.TRUE.equals(wanted.foreign());
    return answer(desk.draft(RequestPerson.of(security), kept, selection, knows), 201, headers);
  }

  /** One request. */
  @GET
  @Path(ID)
  @Allow({Role.BACKUP_OPERATOR, Role.AUDITOR, Role.ADMINISTRATOR})
  public Map<String, @Nullable Object> one(@PathParam("id") long id) {
    return json(desk.find(id).orElseThrow(NotFoundException::new));
  }

  /** What the preview lists. */
  @GET
  @Path(ID + "/preview")
  @Allow({Role.BACKUP_OPERATOR, Role.AUDITOR, Role.ADMINISTRATOR})
  public Map<String, Object> preview(@PathParam("id") long id) {
    RestoreOrder order = desk.find(id).orElseThrow(NotFoundException::new);
    var lists = desk.lists(order.id());
    return Map.of(
        "overwrites",
        lists.overwrites().stream()
            .map(
                one ->
                    Map.of(
                        "path", one.path(),
                        "kind", one.kind(),
                        "size", one.size(),
                        "modified", one.modified().toString(),
                        "newSize", one.newSize(),
                        "newModified", one.newModified().toString()))
            .toList(),
        "obstacles",
        lists.obstacles());
  }

  /** Where to, and how. */
  public record Aim(
      @Nullable Boolean original,
      @Nullable String target,
      @Nullable String overwrite,
      @Nullable Boolean special) {}

  /** Chooses the target and begins the preview. */
  @POST
  @Path(ID + "/aim")
  @Consumes(MediaType.APPLICATION_JSON)
  @Allow({Role.BACKUP_OPERATOR, Role.ADMINISTRATOR})
  public Response aim(
      @PathParam("id") long id,
      @Nullable Aim wanted,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    if (wanted == null) {
      return refused("target", headers);
    }
    return answer(
        acts.aim(
            RequestPerson.of(security),
            id,
            Objects.requireNonNullElse(wanted.original(), false),
            Objects.requireNonNullElse(wanted.target(), ""),
            Objects.requireNonNullElse(wanted.overwrite(), ""),
            Objects.requireNonNullElse(wanted.special(), false)),
        202,
        headers);
  }

  /**
   * What is asked or decided.
   *
   * @param digest of the preview that the person saw
   */
  public record Words(@Nullable String reason, @Nullable String digest, @Nullable String kind) {}

  /** Asks for it; begins it when one person may. */
  @POST
  @Path(ID + "/ask")
  @Consumes(MediaType.APPLICATION_JSON)
  @Allow({Role.BACKUP_OPERATOR, Role.ADMINISTRATOR})
  public Response ask(
      @PathParam("id") long id,
      @Nullable Words words,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    return answer(
        desk.ask(
            RequestPerson.of(security),
            id,
            text(words == null ? null : words.reason()),
            text(words == null ? null : words.digest())),
        200,
        headers);
  }

  /** Approves one thing of it, or refuses all. */
  @POST
  @Path(ID + "/decisions/{decision: approve|refuse}")
  @Consumes(MediaType.APPLICATION_JSON)
  @Allow(Role.ADMINISTRATOR)
  public Response decide(
      @PathParam("id") long id,
      @PathParam("decision") String decision,
      @Nullable Words words,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    Words said = words == null ? new Words(null, null, null) : words;
    return answer(
        decision.equals("approve")
            ? acts.approve(RequestPerson.of(security), id, text(said.kind()), text(said.digest()))
            : desk.refuse(RequestPerson.of(security), id, text(said.reason())),
        200,
        headers);
  }

  /** Pauses, goes on, or ends it. */
  @POST
  @Path(ID + "/acts/{act: pause|resume|stop}")
  @Allow({Role.BACKUP_OPERATOR, Role.ADMINISTRATOR})
  public Response act(
      @PathParam("id") long id,
      @PathParam("act") String act,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    return answer(acts.act(RequestPerson.of(security), id, act), 200, headers);
  }

  /** A file of the signed report. */
  @GET
  @Path(ID + "/report/{file: report(-en)?\\.(pdf|json)(\\.p7s)?}")
  @Produces(MediaType.APPLICATION_OCTET_STREAM)
  @Allow({Role.BACKUP_OPERATOR, Role.AUDITOR, Role.ADMINISTRATOR})
  public Response report(@PathParam("id") long id, @PathParam("file") String file)
      throws IOException {
    return RestoresScreenResource.report(records, id, file);
  }

  private Response answer(RestoreAnswer answer, int status, HttpHeaders headers) {
    return switch (answer) {
      case RestoreAnswer.Done(var order) -> Response.status(status).entity(json(order)).build();
      case RestoreAnswer.Refused(String reason) -> refused(reason, headers);
      case RestoreAnswer.Unknown ignored -> throw new NotFoundException();
    };
  }

  private Response refused(String reason, HttpHeaders headers) {
    return Problem.of(
            409, "restore-" + reason, shells.texts(headers).get("restore.refused." + reason), null)
        .response();
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }

  private static @Nullable String time(@Nullable Instant at) {
    return at == null ? null : at.toString();
  }

  private Map<String, @Nullable Object> json(RestoreOrder order) {
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    RestoreOrder.Plan plan = order.plan();
    out.put("id", order.id());
    out.put("state", order.state().id());
    out.put("snapshot", plan.number());
    out.put("job", plan.job());
    out.put("paths", plan.selection());
    out.put("original", plan.original());
    out.put("target", plan.target());
    out.put("overwrite", plan.overwrite().id());
    out.put("special", plan.special());
    out.put("by", order.by());
    out.put("createdAt", order.createdAt().toString());
    RestoreOrder.Forecast seen = order.forecast();
    if (seen != null) {
      Map<String, @Nullable Object> preview = new LinkedHashMap<>();
      preview.put("files", seen.files());
      preview.put("bytes", seen.bytes());
      preview.put("needed", seen.needed());
      preview.put("new", seen.fresh());
      preview.put("equal", seen.equal());
      preview.put("kept", seen.kept());
      preview.put("overwritten", seen.overwritten());
      preview.put("obstacles", seen.obstacles());
      preview.put("special", seen.special());
      preview.put("empty", seen.empty());
      preview.put("free", seen.free());
      preview.put("digest", seen.digest());
      out.put("preview", preview);
    }
    out.put("needs", order.needs().stream().map(RestoreOrder.Kind::id).toList());
    out.put("waits", order.waits().stream().map(RestoreOrder.Kind::id).toList());
    RestoreOrder.Asked asked = order.asked();
    out.put("askedBy", asked == null ? null : asked.by());
    out.put("askedAt", asked == null ? null : asked.at().toString());
    out.put("reason", asked == null ? null : asked.why());
    out.put(
        "approvals",
        order.approvals().stream()
            .map(one -> Map.of("kind", one.kind().id(), "by", one.by(), "at", one.at().toString()))
            .toList());
    out.put("percent", order.percent());
    out.put("bytes", order.course().bytes());
    out.put("files", order.course().files());
    out.put("current", order.course().current());
    out.put("begunAt", time(order.course().begunAt()));
    out.put("endedAt", time(order.course().endedAt()));
    out.put(
        "waitsForLock",
        desk.waiting(order)
            .map(w -> Map.of("host", w.host(), "process", w.pid(), "since", w.since().toString()))
            .orElse(null));
    out.put("result", order.counts());
    out.put("problem", order.problem());
    return out;
  }
}
