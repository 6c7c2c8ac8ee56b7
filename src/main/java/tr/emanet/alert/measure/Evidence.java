package tr.emanet.alert.measure;

import java.time.Instant;
import java.util.List;
import tr.emanet.alert.Alert;

/**
 * What the appliance itself knows to have happened for an alert, such as a firewall that pulled the
 * block list. Asked when an alert is opened, so it must answer from memory or by index.
 */
@FunctionalInterface
public interface Evidence {

  /** Knows nothing. */
  Evidence NONE = alert -> List.of();

  /** What happened, oldest first; at most a handful. */
  List<Fact> of(Alert alert);

  /**
   * One fact.
   *
   * @param code last part of the text key {@code alert.evidence.}: listed, pulled
   * @param subject argument 0 of the text, such as the name of the list or of the puller
   * @param detail shown beside it, such as {@code usom-ip r.219}
   */
  record Fact(String code, String subject, String detail, Instant at) {}
}
