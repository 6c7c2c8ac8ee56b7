package tr.emanet.backup.recover;

import java.util.LinkedHashMap;
import java.util.Map;

/** What the audit chain says of a restore. */
final class RestoreDetails {

  private static final int MAX = 1000;

  private RestoreDetails() {}

  /** What it is about, and more. */
  static Map<String, String> of(RestoreOrder order, Map<String, String> more) {
    RestoreOrder.Plan plan = order.plan();
    Map<String, String> details = new LinkedHashMap<>();
    details.put("restore", Long.toString(order.id()));
    details.put("job", plan.job());
    details.put("snapshot", plan.snapshot());
    String what = String.join(" ", plan.selection());
    details.put("what", what.length() <= MAX ? what : what.substring(0, MAX));
    details.put("target", plan.original() ? "original" : plan.target());
    RestoreOrder.Forecast seen = order.forecast();
    if (seen != null) {
      details.put("overwritten", Long.toString(seen.overwritten()));
      details.put("preview", seen.digest());
    }
    RestoreOrder.Asked asked = order.asked();
    if (asked != null && !asked.why().isEmpty()) {
      details.put("reason", asked.why());
    }
    details.putAll(more);
    return details;
  }
}
