package tr.emanet.indicator.list;

import java.util.Set;
import tr.emanet.alert.Severity;

/**
 * A list: what it takes of what is in force. Immutable.
 *
 * @param name of its address: {@code [a-z0-9][a-z0-9-]*}, at most 32
 * @param feeds whose values it takes; empty: all
 * @param maxEntries the worst and then the newest are kept
 * @param minConfidence 0 to 100: trust of the feed; 100 for USOM, 50 for its reports
 * @param includeReports whether unconfirmed reports of USOM are taken
 */
public record BlockList(
    String name,
    ListKind kind,
    Set<String> feeds,
    int maxEntries,
    Severity minSeverity,
    int minConfidence,
    boolean includeReports) {

  public BlockList {
    feeds = Set.copyOf(feeds);
    if (!isName(name)) {
      throw new IllegalArgumentException("name of a list");
    }
  }

  /** Whether a text may name a list; safe in an address, a script and a file name. */
  static boolean isName(String text) {
    return text.matches("[a-z0-9][a-z0-9-]{0,31}");
  }
}
