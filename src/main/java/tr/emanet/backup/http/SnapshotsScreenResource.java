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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tr.emanet.backup.recover.SnapshotDesk;
import tr.emanet.backup.recover.SnapshotDownload;
import tr.emanet.backup.restore.SnapshotPath;
import tr.emanet.event.Role;
import tr.emanet.web.Downloads;
import tr.emanet.web.Pages;
import tr.emanet.web.Posted;
import tr.emanet.web.RequestPerson;
import tr.emanet.web.Shell;
import tr.emanet.web.Shells;
import tr.emanet.web.security.Allow;

/** The pages of snapshots: the list, what is in one, versions of a file, downloads. */
@Path("/backups/snapshots")
@Produces(MediaType.TEXT_HTML + ";charset=utf-8")
public final class SnapshotsScreenResource {

  private static final String RAIL = "backups";
  private static final String ID = "{id: [0-9]{1,18}}";

  private final SnapshotDesk desk;
  private final Pages pages;
  private final Shells shells;

  public SnapshotsScreenResource(SnapshotDesk desk, Pages pages, Shells shells) {
    this.desk = desk;
    this.pages = pages;
    this.shells = shells;
  }

  /** Snapshots that stand, of one job when it is named; with a text, names in them. */
  @GET
  @Allow({Role.BACKUP_OPERATOR, Role.AUDITOR, Role.ADMINISTRATOR})
  public Response list(
      @QueryParam("job") @DefaultValue("0") long job,
      @QueryParam("q") @DefaultValue("") String text,
      @QueryParam("foreign") @DefaultValue("") String foreign,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    Shell shell = shells.of(uri, headers, security, RAIL);
    SnapshotsScreen screen = new SnapshotsScreen(desk, shell);
    SnapshotViews.ListPage page = foreign.isEmpty() ? screen.list(job, text) : screen.foreign();
    return pages.page(200, shell, "backup/snapshots.jte", Map.of("page", page));
  }

  /** A directory of a snapshot; with a text, names in the snapshot. */
  @GET
  @Path(ID)
  @Allow({Role.BACKUP_OPERATOR, Role.AUDITOR, Role.ADMINISTRATOR})
  public Response folder(
      @PathParam("id") long id,
      @QueryParam("path") @DefaultValue("/") String path,
      @QueryParam("from") @DefaultValue("0") int from,
      @QueryParam("q") @DefaultValue("") String text,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    Shell shell = shells.of(uri, headers, security, RAIL);
    return folder(shell, id, path, Math.max(0, from), text);
  }

  private Response folder(Shell shell, long id, String path, int from, String text) {
    SnapshotDesk.Item item = desk.find(id).orElseThrow(NotFoundException::new);
    SnapshotViews.FolderPage page = new SnapshotsScreen(desk, shell).folder(item, path, from, text);
    int status = page.problem().isEmpty() ? 200 : 404;
    return pages.page(status, shell, "backup/folder.jte", Map.of("page", page));
  }

  /** The versions of an entry over the snapshots of its job. */
  @GET
  @Path(ID + "/versions")
  @Allow({Role.BACKUP_OPERATOR, Role.AUDITOR, Role.ADMINISTRATOR})
  public Response versions(
      @PathParam("id") long id,
      @QueryParam("path") @DefaultValue("/") String path,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    Shell shell = shells.of(uri, headers, security, RAIL);
    SnapshotDesk.Item item = desk.find(id).orElseThrow(NotFoundException::new);
    SnapshotViews.VersionsPage page = new SnapshotsScreen(desk, shell).versions(item, path);
    return pages.page(200, shell, "backup/versions.jte", Map.of("page", page));
  }

  /** One file of a snapshot. The act is audited. */
  @GET
  @Path(ID + "/file")
  @Allow({Role.BACKUP_OPERATOR, Role.ADMINISTRATOR})
  public Response file(
      @PathParam("id") long id,
      @QueryParam("path") @DefaultValue("/") String path,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    SnapshotDesk.Item item = desk.find(id).orElseThrow(NotFoundException::new);
    try {
      return download(desk.file(RequestPerson.of(security), item.kept(), SnapshotPath.parse(path)));
    } catch (IOException e) {
      return failed(shells.of(uri, headers, security, RAIL), item, path, e);
    }
  }

  /** What is selected of a directory, or all of it, as zip or tar. The act is audited. */
  @POST
  @Path(ID + "/archive")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Allow({Role.BACKUP_OPERATOR, Role.ADMINISTRATOR})
  public Response archive(
      @PathParam("id") long id,
      MultivaluedMap<String, String> form,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    SnapshotDesk.Item item = desk.find(id).orElseThrow(NotFoundException::new);
    String folder = new Posted(form).text("folder");
    try {
      return download(
          desk.archive(
              RequestPerson.of(security),
              item.kept(),
              selection(form),
              ArchiveFormats.of(new Posted(form).text("format"))));
    } catch (IOException e) {
      return failed(shells.of(uri, headers, security, RAIL), item, folder, e);
    }
  }

  /** The entries that are ticked; none means the directory that is shown. */
  static List<SnapshotPath> selection(MultivaluedMap<String, String> form) throws IOException {
    List<SnapshotPath> paths = new ArrayList<>();
    for (String path : form.getOrDefault("path", List.of())) {
      paths.add(SnapshotPath.parse(path));
    }
    if (paths.isEmpty()) {
      paths.add(SnapshotPath.parse(new Posted(form).text("folder")));
    }
    return paths;
  }

  private Response failed(Shell shell, SnapshotDesk.Item item, String path, IOException why) {
    SnapshotsScreen screen = new SnapshotsScreen(desk, shell);
    SnapshotViews.FolderPage page = screen.folder(item, path, 0, "");
    SnapshotViews.FolderPage told =
        new SnapshotViews.FolderPage(
            page.row(),
            page.title(),
            page.facts(),
            page.crumbs(),
            page.path(),
            page.entries(),
            page.pages(),
            page.text(),
            page.search(),
            shell.t("snapshot.failed", String.valueOf(why.getMessage())),
            page.acts());
    return pages.page(404, shell, "backup/folder.jte", Map.of("page", told));
  }

  private static Response download(SnapshotDownload found) {
    return Downloads.stream(found::writeTo, found.name(), found.size());
  }
}
