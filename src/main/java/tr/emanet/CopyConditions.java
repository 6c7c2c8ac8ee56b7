package tr.emanet;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tr.emanet.alert.Condition;
import tr.emanet.alert.Facts;
import tr.emanet.alert.Severity;
import tr.emanet.backup.place.CopyTending;
import tr.emanet.backup.place.Damage;
import tr.emanet.backup.place.Place;
import tr.emanet.backup.place.PlaceDesk;
import tr.emanet.backup.plan.BackupDesk;
import tr.emanet.backup.plan.BackupJob;

/** What the reading of copies has found, as alarms. */
final class CopyConditions {

  /** Twice the time in which all of a copy is read: a disk may be put away for weeks. */
  private static final Duration UNREAD = Duration.ofDays(60);

  /** A server may be away for a while. */
  private static final Duration PATIENCE = Duration.ofHours(1);

  private CopyConditions() {}

  static List<Condition> of(CopyTending tending, PlaceDesk desk, BackupDesk backups, Instant now) {
    List<Condition> out = new ArrayList<>();
    Map<String, List<Damage>> damage = new TreeMap<>();
    for (Damage one : tending.alarming(now)) {
      damage.computeIfAbsent(one.place() + ":" + one.plan(), k -> new ArrayList<>()).add(one);
    }
    for (Place place : desk.places()) {
      for (long plan : place.spec().jobs()) {
        BackupJob job = backups.job(plan).orElse(null);
        if (job == null) {
          continue;
        }
        List<Damage> found =
            damage.getOrDefault(place.id() + ":" + plan, List.of()).stream()
                .filter(one -> one.repository().equals(job.spec().repository()))
                .toList();
        if (!found.isEmpty()) {
          out.add(
              condition(
                  "copy-damaged",
                  Severity.HIGH,
                  found.getFirst().foundAt(),
                  place,
                  job,
                  words(found)));
        }
        tending
            .keysBehind(place, job)
            .filter(keys -> keys.since().plus(PATIENCE).isBefore(now))
            .ifPresent(
                keys ->
                    out.add(
                        condition(
                            "copy-keys",
                            Severity.MEDIUM,
                            keys.since(),
                            place,
                            job,
                            keys.problem())));
        tending
            .reading(place, job)
            .filter(reading -> reading.cycleAt().plus(UNREAD).isBefore(now))
            .ifPresent(
                reading ->
                    out.add(
                        condition(
                            "copy-unread",
                            Severity.MEDIUM,
                            reading.cycleAt(),
                            place,
                            job,
                            reading.problem())));
      }
    }
    return out;
  }

  private static String words(List<Damage> found) {
    long open = found.stream().filter(one -> one.healedAt() == null).count();
    Damage first = found.getFirst();
    return first.label()
        + " "
        + first.trouble()
        + (found.size() == 1 ? "" : " (and " + (found.size() - 1) + " more)")
        + (open == 0 ? "; healed from the repository" : "");
  }

  private static Condition condition(
      String kind, Severity severity, Instant since, Place place, BackupJob job, String detail) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put(Facts.FEED, job.spec().name());
    facts.put(Facts.CONDITION, BackupAlarms.ASSET);
    facts.put(Facts.REASON, "backup-" + kind);
    facts.put(Facts.SINCE, since.toString());
    facts.put(Facts.DETAIL, place.spec().name() + ", " + place.spec().address() + ": " + detail);
    return new Condition(
        BackupAlarms.ASSET + ":" + kind + ":" + place.id() + ":" + job.id(),
        severity,
        since,
        1,
        facts);
  }
}
