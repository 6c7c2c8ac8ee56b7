package tr.emanet.asset.http;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tr.emanet.asset.AssetCsv;
import tr.emanet.asset.AssetEntry;
import tr.emanet.asset.AssetExport;
import tr.emanet.asset.Assets;
import tr.emanet.asset.ImportPlan;
import tr.emanet.event.Principal;
import tr.emanet.event.Role;
import tr.emanet.web.Pages;
import tr.emanet.web.Posted;
import tr.emanet.web.RequestPerson;
import tr.emanet.web.Shell;
import tr.emanet.web.Shells;
import tr.emanet.web.security.Allow;
import tr.emanet.web.security.BodyLimit;

/** The page of the inventory: list, opened asset, export, import with preview. */
@Path("/assets")
@Produces(MediaType.TEXT_HTML + ";charset=utf-8")
public final class AssetsResource {

  private static final String RAIL = "assets";
  private static final int MAX_NAME = 200;

  private final Assets assets;
  private final AssetLinks links;
  private final PendingImports pending;
  private final Pages pages;
  private final Shells shells;

  public AssetsResource(
      Assets assets, AssetLinks links, SecureRandom random, Pages pages, Shells shells) {
    this.assets = assets;
    this.links = links;
    this.pending = new PendingImports(random, () -> shells.facts().now());
    this.pages = pages;
    this.shells = shells;
  }

  /** The page. */
  @GET
  @Allow({Role.ANALYST, Role.AUDITOR, Role.ADMINISTRATOR})
  public Response page(
      @Context UriInfo uri, @Context HttpHeaders headers, @Context SecurityContext security) {
    Shell shell = shells.of(uri, headers, security, RAIL);
    return show(200, AssetsState.of(uri.getQueryParameters()), shell, security, null);
  }

  private Response show(
      int status,
      AssetsState state,
      Shell shell,
      SecurityContext security,
      AssetViews.@Nullable Upload upload) {
    Principal who = RequestPerson.of(security);
    AssetPages views = views(who, shell);
    List<AssetEntry> found = views.found(state);
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("state", state);
    parameters.put("listing", views.listing(state, found));
    parameters.put("imports", who.has(Role.ADMINISTRATOR));
    if (upload != null) {
      parameters.put("upload", upload);
    } else {
      assets
          .inventory()
          .find(state.open())
          .ifPresent(entry -> parameters.put("panel", views.panel(entry, found, state)));
    }
    return pages.page(status, shell, "asset/page.jte", parameters);
  }

  private AssetPages views(Principal who, Shell shell) {
    return new AssetPages(assets.inventory(), links, who, shell.texts());
  }

  /** What the filter admits as a file that can be imported again. */
  @GET
  @Path("export.csv")
  @Produces("text/csv;charset=UTF-8")
  @Allow({Role.ANALYST, Role.AUDITOR, Role.ADMINISTRATOR})
  public Response export(@Context UriInfo uri) {
    AssetsState state = AssetsState.of(uri.getQueryParameters());
    // Excel takes a file without a mark for windows-1254.
    String text = "\ufeff" + AssetExport.csv(state.filter().of(assets.inventory()));
    return Response.ok(text.getBytes(StandardCharsets.UTF_8))
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"assets.csv\"")
        .build();
  }

  /** Shows what a file would change. */
  @POST
  @Path("preview")
  @Consumes("text/csv")
  @BodyLimit(AssetCsv.MAX_BYTES)
  @Allow(Role.ADMINISTRATOR)
  public Response preview(
      byte[] file,
      @QueryParam("name") @DefaultValue("") String name,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    return preview(file, name, shells.of(uri, headers, security, RAIL), security);
  }

  /** The same for text that was pasted, without scripts too. */
  @POST
  @Path("preview")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Allow(Role.ADMINISTRATOR)
  public Response pasted(
      MultivaluedMap<String, String> form,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    byte[] file = new Posted(form).text("text").getBytes(StandardCharsets.UTF_8);
    return preview(file, "", shells.of(uri, headers, security, RAIL), security);
  }

  private Response preview(byte[] file, String given, Shell shell, SecurityContext security) {
    Principal who = RequestPerson.of(security);
    String name = given.isBlank() ? "CSV" : given.substring(0, Math.min(MAX_NAME, given.length()));
    AssetPages views = views(who, shell);
    AssetsState state = new AssetsState("", "", "");
    return switch (AssetCsv.read(file)) {
      // The list of mistakes is what a preview is for; programs get 422 from the interface.
      case AssetCsv.Reading.Bad bad -> show(200, state, shell, security, views.mistakes(name, bad));
      case AssetCsv.Reading.Good good -> {
        ImportPlan plan = assets.plan(good.entries());
        String code = pending.keep(who.id(), name, good.entries(), plan.revision());
        yield show(200, state, shell, security, views.preview(name, plan, good.ignored(), code));
      }
    };
  }

  /** Makes the previewed file the inventory. */
  @POST
  @Path("import")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Allow(Role.ADMINISTRATOR)
  public Response take(
      MultivaluedMap<String, String> form,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    Shell shell = shells.of(uri, headers, security, RAIL);
    Principal who = RequestPerson.of(security);
    AssetsState state = new AssetsState("", "", "");
    Optional<PendingImports.Pending> file = pending.take(who.id(), new Posted(form).text("code"));
    if (file.isEmpty()) {
      AssetViews.Upload told = views(who, shell).told("asset.import.gone", true);
      return show(409, state, shell, security, told);
    }
    PendingImports.Pending one = file.get();
    return switch (assets.apply(who, one.name(), one.entries(), one.revision())) {
      case Assets.Import.Stale stale -> {
        AssetViews.Upload told = views(who, shell).told("asset.import.stale", true);
        yield show(409, state, shell, security, told);
      }
      case Assets.Import.Done done -> {
        AssetViews.Upload told =
            views(who, shell)
                .told(
                    "asset.import.done",
                    false,
                    done.plan().added().size(),
                    done.plan().changed().size(),
                    done.plan().removed().size());
        yield show(200, state, shell, security, told);
      }
    };
  }
}
