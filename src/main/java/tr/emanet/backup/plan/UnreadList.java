package tr.emanet.backup.plan;

import java.util.Iterator;
import java.util.stream.Stream;

/**
 * The list of what a run could not read as it is kept and as its seal names it: whole lines, at
 * most 500 of them and 50,000 characters. What is kept and what is sealed must be the same bytes,
 * or nobody could ever compare them.
 */
final class UnreadList {

  static final int LINES = 500;
  static final int CHARACTERS = 50_000;

  private UnreadList() {}

  /**
   * The first lines, with a line feed between them; a line that holds one itself counts as more.
   */
  static String of(Stream<String> lines) {
    StringBuilder kept = new StringBuilder();
    Iterator<String> each = lines.limit(LINES).iterator();
    while (each.hasNext()) {
      String line = each.next();
      if (kept.length() + line.length() >= CHARACTERS) {
        break;
      }
      kept.append(kept.isEmpty() ? "" : "\n").append(line);
    }
    return kept.toString();
  }
}
