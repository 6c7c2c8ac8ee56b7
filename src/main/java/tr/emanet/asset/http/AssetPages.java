package tr.emanet.asset.http;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tr.emanet.asset.AssetCsv;
import tr.emanet.asset.AssetEntry;
import tr.emanet.asset.AssetKind;
import tr.emanet.asset.ImportPlan;
import tr.emanet.asset.Inventory;
import tr.emanet.event.Principal;
import tr.emanet.web.Texts;
import tr.emanet.web.Urls;
import tr.emanet.web.Visible;

/** The inventory in the words of one reader. */
record AssetPages(Inventory inventory, AssetLinks links, Principal who, Texts texts) {

  private static final int ROWS = 500;
  private static final int SHOWN = 12;
  private static final int PRODUCTS = 3;

  List<AssetEntry> found(AssetsState state) {
    return state.filter().of(inventory);
  }

  AssetViews.Listing listing(AssetsState state, List<AssetEntry> found) {
    return new AssetViews.Listing(
        counts(state),
        found.stream().limit(ROWS).map(entry -> row(entry, state)).toList(),
        inventory.entries().isEmpty()
            ? texts.get("asset.fact.never")
            : texts.get(
                "asset.fact",
                inventory.entries().size(),
                texts.formats().shortMoment(inventory.changedAt())),
        texts.count("asset.total", found.size()),
        found.size() > ROWS ? texts.get("asset.cut", ROWS) : "",
        state.withOpen("").url());
  }

  private List<AssetViews.Count> counts(AssetsState state) {
    Map<AssetKind, Long> byKind = new EnumMap<>(AssetKind.class);
    for (AssetEntry entry : inventory.entries()) {
      byKind.merge(entry.kind(), 1L, Long::sum);
    }
    List<AssetViews.Count> out = new ArrayList<>();
    byKind.forEach(
        (kind, n) -> {
          boolean current = state.kind().equals(kind.id());
          out.add(
              new AssetViews.Count(
                  texts.count("asset.kinds." + kind.id(), n),
                  state.withKind(current ? "" : kind.id()).url(),
                  current));
        });
    return out;
  }

  private AssetViews.Row row(AssetEntry entry, AssetsState state) {
    List<String> line = new ArrayList<>();
    line.add(entry.key());
    if (!entry.unit().isEmpty()) {
      line.add(entry.unit());
    }
    if (!entry.owner().isEmpty()) {
      line.add(entry.owner());
    }
    String products =
        String.join(", ", entry.products().stream().limit(PRODUCTS).map(p -> p.text()).toList());
    int more = entry.products().size() - PRODUCTS;
    return new AssetViews.Row(
        entry.key(),
        state.withOpen(entry.key()).url(),
        Visible.plain(entry.name()),
        texts.get("asset.kind." + entry.kind().id()),
        Visible.plain(String.join(" · ", line)),
        Visible.plain(more > 0 ? products + " +" + more : products),
        entry.criticality().id(),
        texts.get("asset.criticality." + entry.criticality().id()),
        entry.key().equals(state.open()));
  }

  AssetViews.Panel panel(AssetEntry entry, List<AssetEntry> found, AssetsState state) {
    int at = found.indexOf(entry);
    AssetViews.Row row = row(entry, state);
    String owner =
        entry.owner().isEmpty() ? texts.get("asset.owner.nobody") : Visible.plain(entry.owner());
    return new AssetViews.Panel(
        row,
        texts.get("asset.panel.sentence", row.kind(), row.criticalityName(), owner),
        Visible.plain(entry.unit()),
        owner,
        at > 0 ? state.withOpen(found.get(at - 1).key()).url() : "",
        at >= 0 && at + 1 < found.size() ? state.withOpen(found.get(at + 1).key()).url() : "",
        state.withOpen("").url(),
        Urls.path("/search").with("q", query(entry)).toString(),
        entry.products().stream()
            .map(
                p ->
                    new AssetViews.Product(
                        Visible.plain(p.product()),
                        Visible.plain(p.vendor()),
                        p.version().isEmpty()
                            ? texts.get("asset.version.unknown")
                            : Visible.plain(p.version())))
            .toList(),
        who.readsUnmasked() ? links.alerts(entry, who, texts) : List.of(),
        !who.readsUnmasked(),
        links.notices(entry, who, texts));
  }

  private static String query(AssetEntry entry) {
    String value = entry.key().indexOf(':') < 0 ? entry.key() : '"' + entry.key() + '"';
    return "source.ip:" + value + " OR destination.ip:" + value;
  }

  /** What a file would change. */
  AssetViews.Upload preview(
      String name, ImportPlan plan, List<String> ignored, @Nullable String code) {
    List<AssetViews.Part> parts = new ArrayList<>();
    part(parts, "removed", plan.removed().stream().map(AssetPages::line).toList());
    part(
        parts,
        "changed",
        plan.changed().stream().map(change -> line(change.before(), change.after())).toList());
    part(parts, "added", plan.added().stream().map(AssetPages::line).toList());
    return new AssetViews.Upload(
        texts.get("asset.import.title", Visible.plain(name)),
        plan.empty()
            ? texts.get("asset.import.nothing")
            : texts.get(
                "asset.import.sentence",
                plan.added().size(),
                plan.changed().size(),
                plan.removed().size(),
                plan.unchanged()),
        ignored.isEmpty()
            ? ""
            : texts.get("asset.import.ignored", Visible.plain(String.join(", ", ignored))),
        plan.empty() || code == null ? "" : code,
        parts,
        List.of(),
        false,
        false);
  }

  private void part(List<AssetViews.Part> parts, String key, List<String> lines) {
    if (!lines.isEmpty()) {
      parts.add(
          new AssetViews.Part(
              texts.get("asset.import." + key),
              lines.size(),
              lines.stream().limit(SHOWN).toList(),
              lines.size() > SHOWN ? texts.get("asset.import.more", lines.size() - SHOWN) : ""));
    }
  }

  private static String line(AssetEntry entry) {
    return Visible.plain(entry.key() + " " + entry.name());
  }

  /** Only what differs, so that the change is seen. */
  private static String line(AssetEntry before, AssetEntry after) {
    List<String> out = new ArrayList<>();
    differs(before.name(), after.name(), out);
    differs(before.kind().id(), after.kind().id(), out);
    differs(before.unit(), after.unit(), out);
    differs(before.owner(), after.owner(), out);
    differs(before.criticality().id(), after.criticality().id(), out);
    before.products().stream()
        .filter(p -> !after.products().contains(p))
        .forEach(p -> out.add("− " + p.text()));
    after.products().stream()
        .filter(p -> !before.products().contains(p))
        .forEach(p -> out.add("+ " + p.text()));
    return Visible.plain(after.key() + " " + after.name() + ": " + String.join(", ", out));
  }

  private static void differs(String before, String after, List<String> out) {
    if (!before.equals(after)) {
      out.add((before.isEmpty() ? "∅" : before) + " → " + (after.isEmpty() ? "∅" : after));
    }
  }

  /** What is wrong with a file. */
  AssetViews.Upload mistakes(String name, AssetCsv.Reading.Bad bad) {
    CsvProblems words = new CsvProblems(texts);
    return new AssetViews.Upload(
        texts.get("asset.import.bad"),
        Visible.plain(name) + ": " + texts.count("asset.import.refused", bad.problems().size()),
        "",
        "",
        List.of(),
        bad.problems().stream().map(words::whole).toList(),
        true,
        bad.more());
  }

  /** A sentence without a file. */
  AssetViews.Upload told(String key, boolean bad, Object... arguments) {
    return new AssetViews.Upload(
        texts.get(key, arguments), "", "", "", List.of(), List.of(), bad, false);
  }
}
