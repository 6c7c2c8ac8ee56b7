package tr.emanet.indicator.feed;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A feed as configured.
 *
 * @param format {@code plain}, {@code csv}, {@code stix}, {@code taxii} or {@code misp}
 * @param trust 0 to 100; null: 50
 * @param tlp null: AMBER
 * @param expiryDays null or 0: as long as it is listed
 */
public record FeedSpec(
    String name,
    @Nullable String format,
    @Nullable String url,
    @Nullable Integer trust,
    @Nullable String tlp,
    @Nullable Integer expiryDays) {

  private static final Set<String> FORMATS = Set.of("plain", "csv", "stix", "taxii", "misp");
  private static final Set<String> TLP = Set.of("CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED");

  /** What is wrong with one key. */
  public record Problem(String key, String problem) {}

  public FeedTerms terms() {
    return new FeedTerms(
        name,
        Objects.requireNonNullElse(trust, 50),
        Objects.requireNonNullElse(tlp, "AMBER"),
        Objects.requireNonNullElse(expiryDays, 0));
  }

  /** Where it is; checked before. */
  public URI uri() {
    return URI.create(Objects.requireNonNullElse(url, ""));
  }

  boolean isTaxii() {
    return "taxii".equals(format);
  }

  /** Everything that is wrong with a list of feeds; keys begin with {@code feeds[0]}. */
  public static List<Problem> problems(List<FeedSpec> feeds) {
    List<Problem> out = new ArrayList<>();
    Set<String> names = new HashSet<>(Set.of("usom", "usom-notices"));
    for (int i = 0; i < feeds.size(); i++) {
      String at = "feeds[" + i + "].";
      FeedSpec feed = feeds.get(i);
      if (!feed.name.matches("[a-z0-9][a-z0-9-]{0,31}") || !names.add(feed.name)) {
        out.add(
            new Problem(
                at + "name",
                "'" + feed.name + "' is taken or no name; use a-z, 0-9 and hyphens, at most 32"));
      }
      if (feed.format == null || !FORMATS.contains(feed.format)) {
        out.add(
            new Problem(
                at + "format", "'" + feed.format + "' is not csv, misp, plain, stix, taxii"));
      }
      if (!feed.reachable()) {
        out.add(new Problem(at + "url", "'" + feed.url + "' is no http or https URL"));
      }
      FeedTerms terms = feed.terms();
      if (terms.trust() < 0 || terms.trust() > 100) {
        out.add(new Problem(at + "trust", terms.trust() + " is not between 0 and 100"));
      }
      if (!TLP.contains(terms.tlp())) {
        out.add(new Problem(at + "tlp", "'" + terms.tlp() + "' is no TLP 2.0 label; write AMBER"));
      }
      if (terms.expiryDays() < 0 || terms.expiryDays() > 3650) {
        out.add(new Problem(at + "expiryDays", terms.expiryDays() + " is not between 0 and 3650"));
      }
    }
    return out;
  }

  private boolean reachable() {
    try {
      URI uri = new URI(Objects.requireNonNullElse(url, ""));
      boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      return web && uri.getHost() != null && (!isTaxii() || uri.getPath().endsWith("/"));
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
