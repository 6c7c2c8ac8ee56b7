package tr.emanet.demo.usom;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What the simulator does wrong, by name; the API does all of it at times. */
public enum UsomFault {
  /** The page count is two too high: the pages beyond the end repeat the last one. */
  LAST_PAGE_REPEATS,
  /**
   * Pages of more than 2,000 rows are answered 429 with an HTML body and no {@code Retry-After}.
   */
  PER_PAGE_429_HTML,
  /** Every {@code type} is unknown: 200 with {@code {"models":[],"count":0}}. */
  UNKNOWN_TYPE_EMPTY,
  /** Every third big page is 200 with {@code {"models":[]}}; smaller slices of it work. */
  EMPTY_PAGE,
  /** Three rows are prepended before each page: rows move to later pages during a crawl. */
  SHIFTING_ROWS,
  /** Rows of pages that were read already vanish: rows move to earlier pages during a crawl. */
  REMOVALS,
  /** Two of four requests are answered 429, one with {@code Retry-After} and one without. */
  THROTTLE,
  /** Of five requests one is a 503, one is cut off in the middle and one takes 14 seconds. */
  FLAKY,
  /** Dates with zero to six digits of fraction, out of order. */
  MIXED_DATES,
  /** 200 with the HTML of a single-page application, whatever is asked. */
  HTML;

  /** The name on the command line, such as {@code last-page-repeats}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Finds a fault by its name. */
  public static Optional<UsomFault> of(String text) {
    return Arrays.stream(values()).filter(f -> f.text().equals(text)).findFirst();
  }
}
