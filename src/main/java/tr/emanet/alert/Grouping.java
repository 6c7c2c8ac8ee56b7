package tr.emanet.alert;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Turns the hits of one batch into alerts, inside the transaction of {@link Alerts#accept}. What is
 * already stored changes nothing, in whatever order it comes again.
 */
final class Grouping {

  /** Alerts of one asset that are looked at together. */
  private static final int NEIGHBOURS = 1_000;

  private final AlertStore alerts;
  private final HitStore hits;
  private final Notices notices;
  private final ZoneId zone;

  Grouping(AlertStore alerts, HitStore hits, Notices notices, ZoneId zone) {
    this.alerts = alerts;
    this.hits = hits;
    this.notices = notices;
    this.zone = zone;
  }

  /** Stores what is new; returns how many hits that were. */
  int add(List<Hit> batch, Policy policy, Instant now) {
    List<Hit> fresh = hits.fresh(batch);
    Map<String, List<Hit>> groups = new LinkedHashMap<>();
    for (Hit hit : fresh) {
      groups.computeIfAbsent(policy.group(hit, zone), key -> new ArrayList<>()).add(hit);
    }
    groups.forEach((group, members) -> add(group, members, policy, now));
    return fresh.size();
  }

  private void add(String group, List<Hit> members, Policy policy, Instant now) {
    Alert found = alerts.byGroup(group).orElse(null);
    Alert before = found == null ? begin(group, members.getFirst(), policy, now) : found;
    hits.insert(before.id(), members);
    Alert alert = before.counting(members, now);
    boolean again = before.state() == AlertState.CLOSED && reopens(before, members);
    if (again) {
      alert = alert.inState(AlertState.NEW, "", now);
    }
    Set<Raise> why = reasons(alert, members, policy);
    alert = alert.judged(policy.severity(alert.facts(), why), why);
    alerts.update(alert);
    if (found == null) {
      alerts.tell(alert.id(), now, HistoryEntry.APPLIANCE, "opened", "");
      notices.tell(alert, "opened", policy.notifyAtLeast());
    } else {
      if (again) {
        alerts.tell(alert.id(), now, HistoryEntry.APPLIANCE, "reopened", "");
        notices.tell(alert, "reopened-" + alert.hits(), policy.notifyAtLeast());
      }
      tellRaised(before, alert, policy, now);
    }
    if (why.contains(Raise.SEVERAL)) {
      for (Alert other : neighbours(alert, policy)) {
        if (other.id() != alert.id()) {
          raise(other, Raise.SEVERAL, policy, now);
        }
      }
    }
  }

  private Alert begin(String group, Hit first, Policy policy, Instant now) {
    Alert draft =
        new Alert(
            0,
            alerts.nextNumber(now.atZone(zone).getYear()),
            first.kind(),
            first.key(),
            first.asset(),
            policy.severity(first.facts(), Set.of()),
            Set.of(),
            AlertState.NEW,
            "",
            "",
            0,
            0,
            0,
            first.at(),
            first.at(),
            now,
            now,
            now,
            first.facts());
    return alerts.insert(group, draft);
  }

  /** What is seen on arrival opens again; the past only when it is later than the closing. */
  private static boolean reopens(Alert closed, List<Hit> members) {
    return members.stream().anyMatch(hit -> !hit.retro() || hit.at().isAfter(closed.changedAt()));
  }

  private Set<Raise> reasons(Alert alert, List<Hit> members, Policy policy) {
    Set<Raise> out = EnumSet.noneOf(Raise.class);
    out.addAll(alert.raised());
    if (alert.kind() != Hit.Kind.INDICATOR) {
      return out;
    }
    if (alert.allowed() > 0) {
      out.add(Raise.ALLOWED);
    }
    if (members.stream().anyMatch(hit -> hit.fact(Facts.ROLE).equals(Facts.SERVER))) {
      out.add(Raise.SERVER);
    }
    if (!alert.asset().equals("-")) {
      long different = neighbours(alert, policy).stream().map(Alert::key).distinct().count();
      if (different >= policy.severalCount()) {
        out.add(Raise.SEVERAL);
      }
    }
    return out;
  }

  private List<Alert> neighbours(Alert alert, Policy policy) {
    return alerts.ofAsset(
        alert.asset(),
        alert.firstAt().minus(policy.severalWithin()),
        alert.lastAt().plus(policy.severalWithin()),
        NEIGHBOURS);
  }

  /** A log-in from outside makes the alerts of its asset shortly before it worse. */
  int logIn(OutsideLogIn logIn, Policy policy, Instant now) {
    int raised = 0;
    for (Alert alert :
        alerts.ofAsset(
            logIn.asset(), logIn.at().minus(policy.loginWithin()), logIn.at(), NEIGHBOURS)) {
      raised += raise(alert, Raise.LOGIN, policy, now) ? 1 : 0;
    }
    return raised;
  }

  private boolean raise(Alert alert, Raise reason, Policy policy, Instant now) {
    if (alert.raised().contains(reason)) {
      return false;
    }
    Set<Raise> why = EnumSet.of(reason);
    why.addAll(alert.raised());
    Alert worse = alert.judged(policy.severity(alert.facts(), why), why);
    alerts.update(worse);
    tellRaised(alert, worse, policy, now);
    return true;
  }

  private void tellRaised(Alert before, Alert after, Policy policy, Instant now) {
    if (after.severity().compareTo(before.severity()) > 0) {
      Set<Raise> news = EnumSet.noneOf(Raise.class);
      news.addAll(after.raised());
      news.removeAll(before.raised());
      alerts.tell(
          after.id(),
          now,
          HistoryEntry.APPLIANCE,
          "raised",
          (after.severity().id() + " " + Raise.text(news)).strip());
      if (after.state() != AlertState.CLOSED) {
        notices.tell(after, "raised-" + after.severity().id(), policy.notifyAtLeast());
      }
    }
  }
}
