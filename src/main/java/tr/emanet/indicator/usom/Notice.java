package tr.emanet.indicator.usom;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What USOM/SGB publishes in words.
 *
 * @param kind {@code incident} or {@code announcement}
 * @param slug such as {@code tr-26-0155}
 * @param html as received: never put into a page
 * @param text the same without markup
 * @param cves in upper case, sorted
 * @param publishedAt null when the date was unreadable
 */
public record Notice(
    String kind,
    long id,
    String slug,
    String language,
    String title,
    String html,
    String text,
    List<String> cves,
    String tags,
    String url,
    boolean active,
    @Nullable Instant publishedAt) {

  public Notice {
    cves = List.copyOf(cves);
  }
}
