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
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tr.emanet.asset.AssetCsv;
import tr.emanet.asset.AssetEntry;
import tr.emanet.asset.AssetExport;
import tr.emanet.asset.AssetFilter;
import tr.emanet.asset.AssetKind;
import tr.emanet.asset.Assets;
import tr.emanet.asset.ImportPlan;
import tr.emanet.asset.Inventory;
import tr.emanet.event.Role;
import tr.emanet.web.Problem;
import tr.emanet.web.RequestPerson;
import tr.emanet.web.Shells;
import tr.emanet.web.Texts;
import tr.emanet.web.security.Allow;
import tr.emanet.web.security.BodyLimit;

/** The inventory for programs: list, look-up, export, import with preview. */
@Path("/api/v1/assets")
@Produces(MediaType.APPLICATION_JSON)
public final class AssetsApiResource {

  private static final int MAX_LIMIT = 1_000;
  private static final int SHOWN = 100;
  private static final int MAX_NAME = 200;

  private final Assets assets;
  private final Shells shells;

  public AssetsApiResource(Assets assets, Shells shells) {
    this.assets = assets;
    this.shells = shells;
  }

  /** Assets, the most important first; {@code format=csv} for all of them as a file. */
  @GET
  @Produces({MediaType.APPLICATION_JSON, "text/csv"})
  @Allow({Role.ANALYST, Role.AUDITOR, Role.ADMINISTRATOR})
  public Response list(
      @QueryParam("query") @DefaultValue("") String text,
      @QueryParam("kind") @DefaultValue("") String kind,
      @QueryParam("address") @DefaultValue("") String address,
      @QueryParam("format") @DefaultValue("json") String format,
      @QueryParam("offset") @DefaultValue("0") int offset,
      @QueryParam("limit") @DefaultValue("100") int limit) {
    Inventory inventory = assets.inventory();
    List<AssetEntry> found;
    if (address.isEmpty()) {
      found = new AssetFilter(text, AssetKind.read(kind).orElse(null)).of(inventory);
    } else {
      AssetEntry one = assets.called(address);
      found = one == null ? List.of() : List.of(one);
    }
    if (format.equals("csv")) {
      return Response.ok(AssetExport.csv(found), "text/csv;charset=UTF-8")
          .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"assets.csv\"")
          .build();
    }
    int from = Math.clamp(offset, 0, found.size());
    int to = Math.min(found.size(), from + Math.clamp(limit, 1, MAX_LIMIT));
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    out.put("revision", inventory.revision());
    out.put("total", found.size());
    out.put("assets", found.subList(from, to).stream().map(AssetsApiResource::json).toList());
    return Response.ok(out, MediaType.APPLICATION_JSON).build();
  }

  /** Says what a file would change, or with {@code apply=true} makes it the inventory. */
  @POST
  @Consumes({"text/csv", MediaType.TEXT_PLAIN, MediaType.APPLICATION_OCTET_STREAM})
  @BodyLimit(AssetCsv.MAX_BYTES)
  @Allow(Role.ADMINISTRATOR)
  public Response take(
      byte[] file,
      @QueryParam("apply") @DefaultValue("false") boolean apply,
      @QueryParam("revision") @DefaultValue("-1") long revision,
      @QueryParam("name") @DefaultValue("api") String name,
      @Context HttpHeaders headers,
      @Context SecurityContext security) {
    Texts texts = shells.texts(headers);
    return switch (AssetCsv.read(file)) {
      case AssetCsv.Reading.Bad bad -> refused(bad, texts);
      case AssetCsv.Reading.Good good -> {
        if (!apply) {
          yield Response.ok(json(assets.plan(good.entries()), "preview", good.ignored())).build();
        }
        String origin = name.substring(0, Math.min(MAX_NAME, name.length()));
        yield switch (assets.apply(RequestPerson.of(security), origin, good.entries(), revision)) {
          case Assets.Import.Done done ->
              Response.ok(json(done.plan(), "applied", good.ignored())).build();
          case Assets.Import.Stale stale ->
              Problem.of(409, "assets-stale", texts.get("asset.import.stale"), null).response();
        };
      }
    };
  }

  private static Response refused(AssetCsv.Reading.Bad bad, Texts texts) {
    CsvProblems words = new CsvProblems(texts);
    List<Map<String, Object>> problems =
        bad.problems().stream()
            .map(
                p ->
                    Map.<String, Object>of(
                        "line", p.line(), "code", p.code(), "sentence", words.sentence(p)))
            .toList();
    return new Problem(
            422,
            "assets-csv",
            texts.count("asset.import.refused", problems.size()),
            String.join("\n", bad.problems().stream().map(words::whole).toList()),
            Map.of("problems", problems, "more", bad.more()))
        .response();
  }

  private static Map<String, Object> json(ImportPlan plan, String state, List<String> ignored) {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("state", state);
    out.put("revision", plan.revision());
    out.put("added", plan.added().size());
    out.put("changed", plan.changed().size());
    out.put("removed", plan.removed().size());
    out.put("unchanged", plan.unchanged());
    out.put("ignored_columns", ignored);
    out.put("added_assets", keys(plan.added()));
    out.put(
        "changed_assets",
        plan.changed().stream().limit(SHOWN).map(change -> change.after().key()).toList());
    out.put("removed_assets", keys(plan.removed()));
    return out;
  }

  private static List<String> keys(List<AssetEntry> entries) {
    return entries.stream().limit(SHOWN).map(AssetEntry::key).toList();
  }

  private static Map<String, Object> json(AssetEntry entry) {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("address", entry.key());
    out.put("name", entry.name());
    out.put("kind", entry.kind().id());
    out.put("unit", entry.unit());
    out.put("owner", entry.owner());
    out.put("criticality", entry.criticality().id());
    out.put(
        "products",
        entry.products().stream()
            .map(p -> Map.of("vendor", p.vendor(), "product", p.product(), "version", p.version()))
            .toList());
    return out;
  }
}
