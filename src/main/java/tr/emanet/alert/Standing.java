package tr.emanet.alert;

import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Keeps the alerts of conditions, inside the transaction of {@link Alerts#conditions}. Told again
 * and again it changes nothing but counts: one alert for each condition, closed by the appliance
 * when it is over and opened again when it comes back. What a person has closed stays closed until
 * it becomes worse, or is over and comes back.
 */
final class Standing {

  private final AlertStore alerts;
  private final Notices notices;
  private final ZoneId zone;

  Standing(AlertStore alerts, Notices notices, ZoneId zone) {
    this.alerts = alerts;
    this.notices = notices;
    this.zone = zone;
  }

  /** Returns whether anything was written. */
  boolean stand(Hit.Kind kind, String asset, List<Condition> standing, Policy policy, Instant now) {
    boolean changed = false;
    for (Condition condition : standing) {
      changed |= stands(kind, asset, condition, policy, now);
    }
    for (Alert alert : alerts.ofConditions(kind, asset)) {
      boolean stands = standing.stream().anyMatch(c -> c.key().equals(alert.key()));
      if (!stands && alert.fact(Facts.ENDED).isEmpty()) {
        over(alert, now);
        changed = true;
      }
    }
    return changed;
  }

  private boolean stands(
      Hit.Kind kind, String asset, Condition condition, Policy policy, Instant now) {
    String group = kind.id() + "|" + condition.key();
    Alert before = alerts.byGroup(group).orElse(null);
    if (before == null) {
      Alert alert = alerts.insert(group, begin(kind, asset, condition, now));
      alerts.tell(alert.id(), now, HistoryEntry.APPLIANCE, "opened", "");
      notices.tell(alert, "opened", policy.notifyAtLeast());
      return true;
    }
    boolean returns = !before.fact(Facts.ENDED).isEmpty();
    boolean worse = condition.severity().compareTo(before.severity()) > 0;
    if (!returns && !worse && before.hits() == condition.tries()) {
      return false;
    }
    Alert alert = before.standing(condition, now);
    boolean opens = before.state() == AlertState.CLOSED && (returns || worse);
    if (opens) {
      alert = alert.inState(AlertState.NEW, "", now);
    }
    alerts.update(alert);
    long begun = condition.since().toEpochMilli();
    if (opens) {
      alerts.tell(alert.id(), now, HistoryEntry.APPLIANCE, "reopened", "");
      notices.tell(alert, "reopened-" + begun, policy.notifyAtLeast());
    } else if (worse) {
      String severity = condition.severity().id();
      alerts.tell(alert.id(), now, HistoryEntry.APPLIANCE, "raised", severity);
      notices.tell(alert, "raised-" + severity + "-" + begun, policy.notifyAtLeast());
    }
    return true;
  }

  private Alert begin(Hit.Kind kind, String asset, Condition condition, Instant now) {
    return new Alert(
        0,
        alerts.nextNumber(now.atZone(zone).getYear()),
        kind,
        condition.key(),
        asset,
        condition.severity(),
        Set.of(),
        AlertState.NEW,
        "",
        "",
        condition.tries(),
        condition.tries(),
        0,
        condition.since(),
        now,
        now,
        now,
        now,
        condition.facts());
  }

  private void over(Alert alert, Instant now) {
    Map<String, String> facts = new HashMap<>(alert.facts());
    facts.put(Facts.ENDED, now.toString());
    Alert after = alert.withFacts(facts);
    if (alert.state() != AlertState.CLOSED) {
      after = after.inState(AlertState.CLOSED, CloseReason.RESOLVED.id(), now);
    }
    alerts.update(after);
    alerts.tell(alert.id(), now, HistoryEntry.APPLIANCE, "recovered", "");
  }
}
