package tr.emanet.alert;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A group of hits that people work on. Immutable snapshot.
 *
 * @param number for people: {@code A-2026-0381}
 * @param key of what matched
 * @param raised what made it worse than its class
 * @param reason id of the {@link CloseReason}, empty unless closed
 * @param assignee id of a person, empty for nobody
 * @param hits number of hit rows
 * @param live how many of them were found on arrival
 * @param allowed how many of them the device let through
 * @param firstAt time of the earliest event
 * @param lastAt time of the latest event
 * @param seenAt when the last hit was recorded
 * @param changedAt when a person or a hit last changed the state
 * @param facts of the first hit
 */
public record Alert(
    long id,
    String number,
    Hit.Kind kind,
    String key,
    String asset,
    Severity severity,
    Set<Raise> raised,
    AlertState state,
    String reason,
    String assignee,
    long hits,
    long live,
    long allowed,
    Instant firstAt,
    Instant lastAt,
    Instant seenAt,
    Instant createdAt,
    Instant changedAt,
    Map<String, String> facts) {

  public Alert {
    raised = Set.copyOf(raised);
    facts = Map.copyOf(facts);
  }

  /** A fact of the first hit, empty when it is not known. */
  public String fact(String name) {
    return facts.getOrDefault(name, "");
  }

  /** Whether every hit lies in the past: nothing was seen on arrival. */
  public boolean retroOnly() {
    return live == 0;
  }

  Alert inState(AlertState next, String why, Instant at) {
    return new Alert(
        id, number, kind, key, asset, severity, raised, next, why, assignee, hits, live, allowed,
        firstAt, lastAt, seenAt, createdAt, at, facts);
  }

  Alert assignedTo(String person, Instant at) {
    return new Alert(
        id, number, kind, key, asset, severity, raised, state, reason, person, hits, live, allowed,
        firstAt, lastAt, seenAt, createdAt, at, facts);
  }

  Alert judged(Severity now, Set<Raise> why) {
    return new Alert(
        id, number, kind, key, asset, now, why, state, reason, assignee, hits, live, allowed,
        firstAt, lastAt, seenAt, createdAt, changedAt, facts);
  }

  Alert withFacts(Map<String, String> all) {
    return new Alert(
        id, number, kind, key, asset, severity, raised, state, reason, assignee, hits, live,
        allowed, firstAt, lastAt, seenAt, createdAt, changedAt, all);
  }

  /** The condition as it stands now; a severity falls only when a new one begins. */
  Alert standing(Condition c, Instant now) {
    boolean anew = facts.containsKey(Facts.ENDED);
    Severity worst = anew || c.severity().compareTo(severity) > 0 ? c.severity() : severity;
    return new Alert(
        id, number, kind, key, asset, worst, raised, state, reason, assignee, c.tries(), c.tries(),
        0, c.since(), now, now, createdAt, changedAt, c.facts());
  }

  Alert counting(List<Hit> more, Instant at) {
    Instant first = firstAt;
    Instant last = lastAt;
    int fresh = 0;
    int passed = 0;
    for (Hit hit : more) {
      first = hit.at().isBefore(first) ? hit.at() : first;
      last = hit.at().isAfter(last) ? hit.at() : last;
      fresh += hit.retro() ? 0 : 1;
      passed += hit.fact(Facts.OUTCOME).equals(Facts.ALLOWED) ? 1 : 0;
    }
    return new Alert(
        id,
        number,
        kind,
        key,
        asset,
        severity,
        raised,
        state,
        reason,
        assignee,
        hits + more.size(),
        live + fresh,
        allowed + passed,
        first,
        last,
        at,
        createdAt,
        changedAt,
        facts);
  }
}
