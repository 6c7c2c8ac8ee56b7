package tr.emanet.indicator.usom;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Where and how to fetch.
 *
 * @param baseUrl scheme, host and port, such as {@code https://siberguvenlik.gov.tr}; empty: off
 * @param path before the names of the end points, such as {@code /api}
 * @param caFile PEM file with the only authorities to trust; empty: those of the Java runtime
 * @param proxy {@code host:port}; empty: none
 * @param secondsBetweenRequests the polite rate; the real one is undocumented
 */
public record UsomConfig(
    String baseUrl, String path, String caFile, String proxy, double secondsBetweenRequests) {

  /** Off. */
  public static final UsomConfig OFF = new UsomConfig("", "/api", "", "", 3);

  /** What is wrong with one key. */
  public record Problem(String key, String problem) {}

  public boolean enabled() {
    return !baseUrl.isEmpty();
  }

  /** Least distance between two requests. */
  public Duration pace() {
    return Duration.ofMillis(Math.round(secondsBetweenRequests * 1000));
  }

  URI uri(String endPoint) {
    return URI.create(baseUrl.replaceFirst("/$", "") + path + endPoint);
  }

  /** Everything that is wrong. */
  public List<Problem> problems() {
    List<Problem> out = new ArrayList<>();
    if (enabled() && !base(baseUrl)) {
      out.add(
          new Problem(
              "baseUrl", "'" + baseUrl + "' is no base URL; write https://siberguvenlik.gov.tr"));
    }
    if (!path.matches("(/[A-Za-z0-9._~-]+)*")) {
      out.add(new Problem("path", "'" + path + "' is no path; write /api"));
    }
    if (!caFile.isEmpty() && !Files.isReadable(Path.of(caFile))) {
      out.add(new Problem("caFile", "'" + caFile + "' cannot be read; name a PEM file"));
    }
    if (!proxy.isEmpty() && !proxy.matches("[A-Za-z0-9._-]+:[0-9]{1,5}")) {
      out.add(new Problem("proxy", "'" + proxy + "' is no proxy; write host:port"));
    }
    if (!(secondsBetweenRequests >= 0 && secondsBetweenRequests <= 60)) {
      out.add(
          new Problem(
              "secondsBetweenRequests", secondsBetweenRequests + " is not between 0 and 60"));
    }
    return out;
  }

  private static boolean base(String text) {
    try {
      URI uri = new URI(text);
      boolean bare = uri.getRawPath().isEmpty() || uri.getRawPath().equals("/");
      return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
          && uri.getHost() != null
          && uri.getRawUserInfo() == null
          && uri.getRawQuery() == null
          && bare;
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
