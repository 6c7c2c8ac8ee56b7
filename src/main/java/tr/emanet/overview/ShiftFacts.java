package tr.emanet.overview;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import tr.emanet.alert.Alert;
import tr.emanet.alert.Severity;
import tr.emanet.event.Principal;
import tr.emanet.web.Health;
import tr.emanet.web.Texts;

/** Where the shift page gets its facts; the root implements it. Safe for many threads. */
public interface ShiftFacts {

  /** Counters of the whole service. */
  SystemSnapshot system();

  /** Records received a second, over the last seconds. */
  long rate();

  /** Days the journal is to be kept. */
  int retentionDays();

  /** Open alerts. */
  Open alerts(Principal who);

  /** Indicators and what became of them. */
  Usom usom(Principal who, Texts texts, Instant now);

  /**
   * Open alerts.
   *
   * @param counts of all open ones; a severity without any is absent
   * @param worst new ones, worst first
   */
  record Open(Map<Severity, Long> counts, List<Alert> worst) {
    public Open {
      counts = Map.copyOf(counts);
      worst = List.copyOf(worst);
    }
  }

  /**
   * One feed in a sentence.
   *
   * @param waiting revisions that wait for approval
   */
  record Feed(String name, Health health, String sentence, long waiting) {}

  /** The scan of retained events for new indicators, in a sentence. */
  record Hunt(Health health, String state) {}

  /**
   * Indicators.
   *
   * @param fresh indicators that came into force since midnight
   * @param hits alerts' hits of today
   * @param live values that are looked for in every event
   * @param hunt empty when there is no such feature
   * @param missing alerts without a measure; empty when measures are not recorded
   * @param overdue steps and tasks past their time
   * @param unread notices nobody has read; empty when there is no such feature
   */
  record Usom(
      List<Feed> feeds,
      long fresh,
      long hits,
      long live,
      Optional<Hunt> hunt,
      OptionalLong missing,
      long overdue,
      OptionalLong unread) {
    public Usom {
      feeds = List.copyOf(feeds);
    }
  }
}
