package tr.emanet.indicator.list;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tr.emanet.alert.Severity;

/**
 * A list as configured. Everything is text here, so that all mistakes are told at once.
 *
 * @param kind address, domain or url
 * @param feeds names separated by commas; empty or null: all feeds
 * @param maxEntries 1 to 500,000; null: 131,072, the most that common firewalls take
 * @param minSeverity low, medium, high or critical; null: low
 * @param minConfidence 0 to 100; null: 50
 * @param includeReports whether unconfirmed reports (source IH of USOM) are taken; null: false
 */
public record ListSpec(
    String name,
    @Nullable String kind,
    @Nullable String feeds,
    @Nullable String maxEntries,
    @Nullable String minSeverity,
    @Nullable String minConfidence,
    @Nullable String includeReports) {

  static final int MOST_ENTRIES = 500_000;
  private static final int USUAL_ENTRIES = 131_072;
  private static final int USUAL_CONFIDENCE = 50;
  private static final int MOST_LISTS = 32;

  /** What is wrong with one key. */
  public record Problem(String key, String problem) {}

  /** The list; checked before. */
  public BlockList list() {
    return new BlockList(
        name,
        ListKind.named(kindText()).orElseThrow(),
        feedNames(),
        number(maxEntries, USUAL_ENTRIES),
        Severity.named(severity()).orElseThrow(),
        number(minConfidence, USUAL_CONFIDENCE),
        "true".equals(includeReports));
  }

  private String kindText() {
    return Objects.requireNonNullElse(kind, "");
  }

  private String severity() {
    return Objects.requireNonNullElse(minSeverity, "low");
  }

  private Set<String> feedNames() {
    Set<String> out = new TreeSet<>();
    for (String feed : Objects.requireNonNullElse(feeds, "").split(",", -1)) {
      if (!feed.isBlank()) {
        out.add(feed.strip());
      }
    }
    return out;
  }

  private static int number(@Nullable String text, int usual) {
    return text == null ? usual : text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : -1;
  }

  /**
   * Everything that is wrong with the lists; keys begin with {@code lists[0]}.
   *
   * @param known names of the feeds that exist
   */
  public static List<Problem> problems(List<ListSpec> lists, Set<String> known) {
    List<Problem> out = new ArrayList<>();
    if (lists.size() > MOST_LISTS) {
      out.add(new Problem("lists", lists.size() + " lists are more than " + MOST_LISTS));
    }
    Set<String> names = new HashSet<>();
    for (int i = 0; i < lists.size(); i++) {
      lists.get(i).check("lists[" + i + "].", names, known, out);
    }
    return out;
  }

  private void check(String at, Set<String> names, Set<String> known, List<Problem> out) {
    if (!BlockList.isName(name) || !names.add(name)) {
      out.add(
          new Problem(
              at + "name",
              "'" + name + "' is taken or no name; use a-z, 0-9 and hyphens, at most 32"));
    }
    if (ListKind.named(kindText()).isEmpty()) {
      out.add(new Problem(at + "kind", "'" + kindText() + "' is not address, domain or url"));
    }
    for (String feed : feedNames()) {
      if (!known.contains(feed)) {
        out.add(
            new Problem(
                at + "feeds",
                "'" + feed + "' is no feed; known: " + String.join(", ", new TreeSet<>(known))));
      }
    }
    int entries = number(maxEntries, USUAL_ENTRIES);
    if (entries < 1 || entries > MOST_ENTRIES) {
      out.add(
          new Problem(
              at + "maxEntries", "'" + maxEntries + "' is not between 1 and " + MOST_ENTRIES));
    }
    if (Severity.named(severity()).isEmpty()) {
      out.add(
          new Problem(
              at + "minSeverity", "'" + minSeverity + "' is not low, medium, high or critical"));
    }
    int confidence = number(minConfidence, USUAL_CONFIDENCE);
    if (confidence < 0 || confidence > 100) {
      out.add(
          new Problem(at + "minConfidence", "'" + minConfidence + "' is not between 0 and 100"));
    }
    if (includeReports != null && !includeReports.matches("true|false")) {
      out.add(
          new Problem(
              at + "includeReports",
              "'" + includeReports.toLowerCase(Locale.ROOT) + "' is not true or false"));
    }
  }
}
