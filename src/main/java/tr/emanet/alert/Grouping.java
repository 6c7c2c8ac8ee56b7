package tr.emanet.alert;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
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

  /** Alerts of one asset whose hits are looked at one by one. */
  private static final int BESIDE = 100;

  /** Other alerts that an alert names. */
  private static final int CITED = 5;

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
    // Judged once: what an alert was raised for stays true, whatever is hit later.
    List<Alert> beside =
        alert.raised().contains(Raise.SEVERAL)
            ? List.of()
            : new Window(hits, policy).around(alert, members, beside(alert, policy));
    Set<Raise> why = reasons(alert, members, beside);
    alert = alert.withFacts(cited(alert, members, beside));
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
      for (Alert other : beside) {
        if (other.id() != alert.id()) {
          raise(other, Raise.SEVERAL, several(other, beside), policy, now);
        }
      }
    }
  }

  /** Says at an alert that a hunt saw more of the same than it kept. */
  void leftOut(Hit sample, long more, Policy policy, Instant now) {
    Alert alert = alerts.byGroup(policy.group(sample, zone)).orElse(null);
    if (alert == null) {
      return;
    }
    String before = alert.fact(Facts.MORE);
    Map<String, String> facts = new HashMap<>(alert.facts());
    facts.put(Facts.MORE, Long.toString(more + (before.isEmpty() ? 0 : Long.parseLong(before))));
    alerts.update(alert.withFacts(facts));
    alerts.tell(alert.id(), now, HistoryEntry.APPLIANCE, "more", Long.toString(more));
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

  private static Set<Raise> reasons(Alert alert, List<Hit> members, List<Alert> beside) {
    Set<Raise> out = EnumSet.noneOf(Raise.class);
    out.addAll(alert.raised());
    if (alert.kind() != Hit.Kind.INDICATOR) {
      return out;
    }
    if (alert.allowed() > 0) {
      out.add(Raise.ALLOWED);
    }
    if (members.stream().anyMatch(Grouping::server)) {
      out.add(Raise.SERVER);
    }
    if (!beside.isEmpty()) {
      out.add(Raise.SEVERAL);
    }
    return out;
  }

  private static boolean server(Hit hit) {
    return hit.fact(Facts.ROLE).equals(Facts.SERVER);
  }

  /** The facts with what the reasons rest on, so that the screen can name it. */
  private static Map<String, String> cited(Alert alert, List<Hit> members, List<Alert> beside) {
    Map<String, String> facts = new HashMap<>(alert.facts());
    members.stream()
        .filter(Grouping::server)
        .findFirst()
        .ifPresent(
            hit -> {
              facts.put(Facts.ROLE, Facts.SERVER);
              facts.put(Facts.ROLE_BY, hit.fact(Facts.ROLE_BY));
            });
    if (!beside.isEmpty() && !facts.containsKey(Facts.SEVERAL)) {
      facts.putAll(several(alert, beside));
    }
    return facts;
  }

  private static Map<String, String> several(Alert alert, List<Alert> beside) {
    return Map.of(
        Facts.SEVERAL,
        String.join(
            " ",
            beside.stream()
                .filter(other -> !other.key().equals(alert.key()))
                .map(Alert::number)
                .limit(CITED)
                .toList()));
  }

  /** Alerts of the same asset whose spans come near; none for an unknown asset. */
  private List<Alert> beside(Alert alert, Policy policy) {
    if (alert.kind() != Hit.Kind.INDICATOR || alert.asset().equals("-")) {
      return List.of();
    }
    return alerts.ofAsset(
        alert.asset(),
        alert.firstAt().minus(policy.severalWithin()),
        alert.lastAt().plus(policy.severalWithin()),
        BESIDE);
  }

  /** A log-in from outside makes the alerts with a hit on its asset shortly before it worse. */
  int logIn(OutsideLogIn logIn, Policy policy, Instant now) {
    Instant from = logIn.at().minus(policy.loginWithin());
    int raised = 0;
    for (Alert alert : alerts.ofAsset(logIn.asset(), from, logIn.at(), NEIGHBOURS)) {
      boolean news = !alert.raised().contains(Raise.LOGIN);
      if (news && hits.between(alert.id(), from, logIn.at())) {
        raise(alert, Raise.LOGIN, logIn.facts(), policy, now);
        raised++;
      }
    }
    return raised;
  }

  private void raise(
      Alert alert, Raise reason, Map<String, String> facts, Policy policy, Instant now) {
    if (alert.raised().contains(reason)) {
      return;
    }
    Set<Raise> why = EnumSet.of(reason);
    why.addAll(alert.raised());
    Map<String, String> all = new HashMap<>(alert.facts());
    all.putAll(facts);
    Alert worse = alert.withFacts(all).judged(policy.severity(alert.facts(), why), why);
    alerts.update(worse);
    tellRaised(alert, worse, policy, now);
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
