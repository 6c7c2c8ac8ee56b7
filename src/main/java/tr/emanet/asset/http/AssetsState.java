package tr.emanet.asset.http;

import java.util.List;
import java.util.Map;
import tr.emanet.asset.AssetFilter;
import tr.emanet.asset.AssetKind;
import tr.emanet.web.Urls;

/**
 * What the page shows, as its address says it. Immutable; whatever an address holds gives a state.
 *
 * @param kind id of the only kind, empty for all
 * @param text filter text, empty for all
 * @param open address or prefix of the asset in the panel, empty for none
 */
public record AssetsState(String kind, String text, String open) {

  private static final int MAX_TEXT = 200;

  static AssetsState of(Map<String, List<String>> parameters) {
    String text = first(parameters, "q").strip();
    String open = first(parameters, "open");
    return new AssetsState(
        AssetKind.read(first(parameters, "kind")).map(AssetKind::id).orElse(""),
        text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text,
        open.matches("[0-9A-Fa-f:./]{1,50}") ? open : "");
  }

  private static String first(Map<String, List<String>> parameters, String name) {
    List<String> all = parameters.get(name);
    return all == null || all.isEmpty() ? "" : all.getFirst();
  }

  public String url() {
    return Urls.path("/assets").with("kind", kind).with("q", text).with("open", open).toString();
  }

  public AssetsState withKind(String other) {
    return new AssetsState(other, text, "");
  }

  public AssetsState withText(String other) {
    return new AssetsState(kind, other, "");
  }

  public AssetsState withOpen(String other) {
    return new AssetsState(kind, text, other);
  }

  AssetFilter filter() {
    return new AssetFilter(text, AssetKind.read(kind).orElse(null));
  }
}
