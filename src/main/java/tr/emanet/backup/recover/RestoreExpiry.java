package tr.emanet.backup.recover;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import tr.emanet.audit.AuditLog;

/** What time does to requests: an answer or a pause lasts a day, a draft a week. */
final class RestoreExpiry {

  private static final Duration DRAFT = Duration.ofDays(7);

  private RestoreExpiry() {}

  /** Whether what was asked or paused then is over. */
  static boolean late(Instant since, Instant now) {
    return !now.isBefore(since.plus(RestoreDesk.ANSWER));
  }

  /** Ends what is over. */
  static void tick(RestoreStore store, AuditLog audit, Instant now) {
    for (RestoreOrder order : store.unfinished()) {
      if (over(order, now)) {
        store
            .database()
            .transaction(
                () -> {
                  boolean still = store.find(order.id()).filter(o -> over(o, now)).isPresent();
                  if (still) {
                    store.ended(order.id(), RestoreState.EXPIRED, null, "", now);
                    audit.record(
                        AuditLog.NOBODY,
                        "backup.restore-expired",
                        RestoreDetails.of(order, Map.of()));
                  }
                  return still;
                });
      }
    }
  }

  private static boolean over(RestoreOrder order, Instant now) {
    RestoreOrder.Asked asked = order.asked();
    Instant paused = order.course().pausedAt();
    return switch (order.state()) {
      case ASKED -> asked != null && late(asked.at(), now);
      case PAUSED -> paused != null && late(paused, now);
      case DRAFT, PREVIEWED -> !now.isBefore(order.changedAt().plus(DRAFT));
      case PREVIEWING, QUEUED, RUNNING, DONE, FAILED, STOPPED, REFUSED, EXPIRED -> false;
    };
  }
}
