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
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.plan.KeptSnapshot;
import tr.emanet.backup.recover.ForeignSnapshots;
import tr.emanet.backup.recover.SnapshotDesk;
import tr.emanet.backup.recover.SnapshotDownload;
import tr.emanet.backup.restore.SnapshotBrowser;
import tr.emanet.backup.restore.SnapshotPath;
import tr.emanet.event.Role;
import tr.emanet.web.Downloads;
import tr.emanet.web.Problem;
import tr.emanet.web.RequestPerson;
import tr.emanet.web.Shells;
import tr.emanet.web.security.Allow;

/** Snapshots for programs. */
@Path("/api/v1/backups/snapshots")
@Produces(MediaType.APPLICATION_JSON)
public final class SnapshotsResource {

  private static final String ID = "{id: [0-9]{1,18}}";

  private final SnapshotDesk desk;
  private final Shells shells;

  public SnapshotsResource(SnapshotDesk desk, Shells shells) {
    this.desk = desk;
    this.shells = shells;
  }

  /** What can be asked of a repository and may fail. */
  @FunctionalInterface
  private interface Ask {
    Response answer() throws IOException;
  }

  private Response ask(HttpHeaders headers, Ask ask) {
    try {
      return ask.answer();
    } catch (IOException e) {
      return Problem.of(
              409,
              "backup-snapshot",
              shells.texts(headers).get("snapshot.problem"),
              String.valueOf(e.getMessage()))
          .response();
    }
  }

  private SnapshotDesk.Item item(long id) {
    return desk.find(id).orElseThrow(NotFoundException::new);
  }

  /** Snapshots that stand, the newest first. */
  @GET
  @Allow({Role.BACKUP_OPERATOR, Role.AUDITOR, Role.ADMINISTRATOR})
  public Map<String, Object> list(
      @QueryParam("job") @DefaultValue("0") long job,
      @QueryParam("foreign") @DefaultValue("false") boolean foreign) {
    if (foreign) {
      ForeignSnapshots.Found found = desk.foreign().all();
      return Map.of(
          "snapshots",
          found.snapshots().stream().map(kept -> json(new SnapshotDesk.Item(kept, false))).toList(),
          "failed",
          found.failed());
    }
    return Map.of("snapshots", desk.list(job).stream().map(SnapshotsResource::json).toList());
  }

  /** One snapshot, and how its seal stands. */
  @GET
  @Path(ID)
  @Allow({Role.BACKUP_OPERATOR, Role.AUDITOR, Role.ADMINISTRATOR})
  public Response one(@PathParam("id") long id, @Context HttpHeaders headers) {
    SnapshotDesk.Item item = item(id);
    return ask(
        headers,
        () -> {
          var seen = desk.seal(item.kept());
          Map<String, @Nullable Object> out = json(item);
          out.put("sealState", seen.state().id());
          out.put("sealProblem", seen.why());
          return Response.ok(out).build();
        });
  }

  /** A part of a directory. */
  @GET
  @Path(ID + "/entries")
  @Allow({Role.BACKUP_OPERATOR, Role.AUDITOR, Role.ADMINISTRATOR})
  public Response entries(
      @PathParam("id") long id,
      @QueryParam("path") @DefaultValue("/") String path,
      @QueryParam("from") @DefaultValue("0") int from,
      @Context HttpHeaders headers) {
    KeptSnapshot kept = item(id).kept();
    return ask(
        headers,
        () -> {
          SnapshotBrowser.Page page =
              desk.folder(kept, SnapshotPath.parse(path), Math.max(0, from), SnapshotBrowser.PAGE)
                  .page();
          return Response.ok(
                  Map.of(
                      "total",
                      page.total(),
                      "entries",
                      page.entries().stream().map(SnapshotsResource::json).toList()))
              .build();
        });
  }

  /** Names in snapshots: of one, of a job, or of all. */
  @GET
  @Path("search")
  @Allow({Role.BACKUP_OPERATOR, Role.AUDITOR, Role.ADMINISTRATOR})
  public Response search(
      @QueryParam("q") @DefaultValue("") String text,
      @QueryParam("snapshot") @DefaultValue("0") long snapshot,
      @QueryParam("job") @DefaultValue("0") long job,
      @Context HttpHeaders headers) {
    List<KeptSnapshot> where =
        snapshot > 0
            ? List.of(item(snapshot).kept())
            : desk.list(job).stream().map(SnapshotDesk.Item::kept).toList();
    return ask(
        headers,
        () -> {
          SnapshotDesk.Search found = desk.search(where, text);
          List<Object> hits = new ArrayList<>();
          for (SnapshotDesk.Found one : found.found()) {
            Map<String, @Nullable Object> hit = json(one.entry());
            hit.put("snapshot", one.newest().number());
            hit.put("job", one.newest().job());
            hit.put("snapshots", one.snapshots());
            hits.add(hit);
          }
          return Response.ok(
                  Map.of(
                      "found", hits,
                      "looked", found.looked(),
                      "more", found.more(),
                      "unreadable", found.unreadable(),
                      "failed", found.failed()))
              .build();
        });
  }

  /** The versions of an entry over the snapshots of its job. */
  @GET
  @Path(ID + "/versions")
  @Allow({Role.BACKUP_OPERATOR, Role.AUDITOR, Role.ADMINISTRATOR})
  public Response versions(
      @PathParam("id") long id,
      @QueryParam("path") @DefaultValue("/") String path,
      @Context HttpHeaders headers) {
    KeptSnapshot kept = item(id).kept();
    return ask(
        headers,
        () -> {
          List<Object> versions = new ArrayList<>();
          for (SnapshotDesk.Version one : desk.versions(kept, SnapshotPath.parse(path))) {
            Map<String, @Nullable Object> out = json(one.entry());
            out.put("newest", one.newest().number());
            out.put("oldest", one.oldest().number());
            out.put("snapshots", one.snapshots());
            versions.add(out);
          }
          return Response.ok(Map.of("versions", versions)).build();
        });
  }

  /** One file as it was. The act is audited. */
  @GET
  @Path(ID + "/file")
  @Produces(MediaType.APPLICATION_OCTET_STREAM)
  @Allow({Role.BACKUP_OPERATOR, Role.ADMINISTRATOR})
  public Response file(
      @PathParam("id") long id,
      @QueryParam("path") @DefaultValue("/") String path,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    KeptSnapshot kept = item(id).kept();
    return ask(
        headers,
        () -> download(desk.file(RequestPerson.of(security), kept, SnapshotPath.parse(path))));
  }

  /** What goes into an archive; no paths: everything. */
  public record Selection(@Nullable List<String> paths, @Nullable String format) {}

  /** A selection as zip or tar. The act is audited. */
  @POST
  @Path(ID + "/archive")
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_OCTET_STREAM)
  @Allow({Role.BACKUP_OPERATOR, Role.ADMINISTRATOR})
  public Response archive(
      @PathParam("id") long id,
      @Nullable Selection wanted,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    KeptSnapshot kept = item(id).kept();
    List<String> paths = wanted == null ? null : wanted.paths();
    String format = wanted == null || wanted.format() == null ? "zip" : wanted.format();
    return ask(
        headers,
        () -> {
          List<SnapshotPath> selection = new ArrayList<>();
          for (String path : paths == null || paths.isEmpty() ? List.of("/") : paths) {
            selection.add(SnapshotPath.parse(path));
          }
          return download(
              desk.archive(RequestPerson.of(security), kept, selection, ArchiveFormats.of(format)));
        });
  }

  private static Map<String, @Nullable Object> json(SnapshotDesk.Item item) {
    Map<String, @Nullable Object> out = new LinkedHashMap<>(JobJson.of(item.kept().run()));
    out.put("job", item.kept().run().plan());
    out.put("jobName", item.kept().job());
    out.put("beforeAttack", item.beforeAttack());
    out.put("foreign", item.kept().foreign());
    return out;
  }

  private static Map<String, @Nullable Object> json(SnapshotBrowser.Entry entry) {
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    out.put("path", entry.path());
    out.put("name", entry.name());
    out.put("type", entry.type());
    out.put("size", entry.size());
    out.put("modified", entry.modified().toString());
    out.put("mode", SnapshotsScreen.mode(entry.mode()));
    out.put("uid", entry.uid());
    out.put("gid", entry.gid());
    out.put("link", entry.link());
    return out;
  }

  private static Response download(SnapshotDownload found) {
    return Downloads.stream(found::writeTo, found.name(), found.size());
  }
}
