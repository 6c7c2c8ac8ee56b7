package tr.emanet.indicator;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tr.emanet.indicator.value.CanonicalValue;

/**
 * What the list of indicators shows; empty text stands for any.
 *
 * @param text found anywhere in the canonical value, or in the raw one of a refused row
 * @param exact what the text means as a value; a row that is exactly this is found as well
 * @param state {@code listed}, {@code removed}, {@code refused} or {@code spared}
 * @param only no other ids than these; null for all
 * @param after id of the last row of the page before; 0 for the first page
 */
public record IndicatorQuery(
    String text,
    Optional<CanonicalValue> exact,
    Codes codes,
    String kind,
    String feed,
    String state,
    @Nullable List<Long> only,
    Sort sort,
    long after,
    int limit) {

  /** Most rows of a page. */
  public static final int MAX = 200;

  public IndicatorQuery {
    limit = Math.clamp(limit, 1, MAX);
    only = only == null ? null : List.copyOf(only);
  }

  /** The order of the rows. */
  public enum Sort {
    NEWEST("i.id DESC", "i.id < :after"),
    OLDEST("i.id", "i.id > :after"),
    VALUE(
        "i.value, i.id",
        "(i.value, i.id) > (SELECT a.value, a.id FROM indicator a WHERE a.id = :after)"),
    VALUE_DOWN(
        "i.value DESC, i.id DESC",
        "(i.value, i.id) < (SELECT a.value, a.id FROM indicator a WHERE a.id = :after)");

    private final String order;
    private final String next;

    Sort(String order, String next) {
      this.order = order;
      this.next = next;
    }

    String order() {
      return order;
    }

    /** The condition of the rows behind a row. */
    String next() {
      return next;
    }
  }
}
