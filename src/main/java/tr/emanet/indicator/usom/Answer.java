package tr.emanet.indicator.usom;

import java.util.List;
import java.util.Map;

/**
 * One answer of the interface.
 *
 * @param total {@code totalCount}; -1 when the answer has none and is therefore shape-less
 * @param page 0-based page that was really answered; -1 when it does not say
 * @param pageCount -1 when it does not say
 * @param rows each a map of its plain fields; numbers and truth values as text
 */
record Answer(int total, int page, int pageCount, List<Map<String, String>> rows) {

  boolean shapeless() {
    return total < 0;
  }
}
