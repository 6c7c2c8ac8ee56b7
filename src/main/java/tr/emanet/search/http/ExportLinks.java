package tr.emanet.search.http;

import tr.emanet.web.Urls;

/** Addresses of the downloads that hold what the screen shows. */
public final class ExportLinks {

  private ExportLinks() {}

  public static String csv(SearchState state) {
    return link(state, "csv").with("columns", String.join(",", state.columns())).toString();
  }

  public static String ndjson(SearchState state) {
    return link(state, "ndjson").toString();
  }

  private static Urls link(SearchState state, String format) {
    Urls url =
        Urls.path("/api/v1/export")
            .with("format", format)
            .with("query", state.query())
            .with("from", state.from())
            .with("to", state.to());
    state.chips().forEach(chip -> url.with("filter", chip.encoded()));
    return url;
  }
}
