package tr.emanet.demo.usom;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What is listed now: numbers of synthetic rows and rows that were published. Thread-safe. */
final class UsomList {

  /** Rows that the fault prepends have names of their own, so that tests can tell them. */
  private static final String SHIFTED = "kayan-";

  private final SyntheticRows made;
  private final Map<Integer, UsomRow> published = new HashMap<>();
  private int[] serials;
  private int size;
  private int next;
  private int shifted;

  UsomList(SyntheticRows made, int rows) {
    this.made = made;
    this.serials = new int[Math.max(16, rows)];
    for (int i = 0; i < rows; i++) {
      serials[i] = i;
    }
    this.size = rows;
    this.next = rows;
  }

  /**
   * One answer's worth.
   *
   * @param total rows that match
   * @param page 0-based page that is in fact answered
   */
  record Page(int total, int page, int pageCount, List<UsomRow> rows) {}

  private UsomRow row(int serial) {
    UsomRow own = published.get(serial);
    return own != null ? own : made.row(serial);
  }

  /** Newest first; a page beyond the end is the last one again. */
  synchronized Page page(Predicate<UsomRow> filter, boolean everything, int page, int perPage) {
    int[] matching = everything ? Arrays.copyOf(serials, size) : matching(filter);
    int pages = (matching.length + perPage - 1) / perPage;
    int at = Math.clamp(page - 1, 0, Math.max(0, pages - 1));
    List<UsomRow> rows = new ArrayList<>(Math.min(perPage, matching.length));
    int from = matching.length - 1 - at * perPage;
    for (int i = from; i >= 0 && i > from - perPage; i--) {
      rows.add(row(matching[i]));
    }
    return new Page(matching.length, at, pages, rows);
  }

  private int[] matching(Predicate<UsomRow> filter) {
    int[] out = new int[size];
    int count = 0;
    for (int i = 0; i < size; i++) {
      if (filter.test(row(serials[i]))) {
        out[count++] = serials[i];
      }
    }
    return Arrays.copyOf(out, count);
  }

  /** Lists a value as the newest row. */
  synchronized UsomRow publish(
      String value, String type, String connection, String source, Instant at) {
    if (size == serials.length) {
      serials = Arrays.copyOf(serials, size + size / 2);
    }
    UsomRow row =
        new UsomRow(
            made.id(next),
            value,
            type,
            connection.equals("PH") ? "PH" : "MC",
            source,
            SyntheticRows.date(at, 6),
            4,
            connection);
    published.put(next, row);
    serials[size++] = next++;
    return row;
  }

  synchronized void shift(int count, Instant at) {
    for (int i = 0; i < count; i++) {
      publish(SHIFTED + ++shifted + ".example", "domain", "PH", "SB", at);
    }
  }

  /** Takes rows away, from the newest down, after skipping some; answers their values. */
  synchronized List<String> remove(int skip, int count) {
    int to = Math.max(0, size - skip);
    int from = Math.max(0, to - count);
    List<String> gone = new ArrayList<>();
    for (int i = from; i < to; i++) {
      gone.add(row(serials[i]).url());
    }
    System.arraycopy(serials, to, serials, from, size - to);
    size -= to - from;
    return gone;
  }

  synchronized int size() {
    return size;
  }
}
