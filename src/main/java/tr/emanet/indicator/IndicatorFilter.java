package tr.emanet.indicator;

/**
 * Which indicators to list; empty text stands for any.
 *
 * @param text found anywhere in the raw or the canonical value, case-folded
 * @param kind {@link tr.emanet.indicator.value.IndicatorKind#id}
 * @param state {@code listed}, {@code removed}, {@code refused} or {@code spared}
 * @param before only ids below this one, for paging; {@link Long#MAX_VALUE} for the first page
 */
public record IndicatorFilter(
    String text,
    String kind,
    String feed,
    String source,
    String connection,
    String state,
    long before,
    int limit) {

  /** Most indicators on a page. */
  public static final int MAX = 500;

  public IndicatorFilter {
    limit = Math.clamp(limit, 1, MAX);
  }

  /** The newest of everything. */
  public static IndicatorFilter everything(int limit) {
    return new IndicatorFilter("", "", "", "", "", "", Long.MAX_VALUE, limit);
  }
}
