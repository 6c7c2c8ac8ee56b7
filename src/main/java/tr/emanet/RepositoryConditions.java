package tr.emanet;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tr.emanet.alert.Condition;
import tr.emanet.alert.Facts;
import tr.emanet.alert.Severity;
import tr.emanet.backup.plan.RepositoryState;

/** What is wrong with a repository, as alarms. */
final class RepositoryConditions {

  /** A repository on a disk that is put away is no alarm at once. */
  private static final Duration PATIENCE = Duration.ofDays(2);

  private RepositoryConditions() {}

  static List<Condition> of(RepositoryState state, Instant now) {
    List<Condition> out = new ArrayList<>();
    Instant back = state.rolledBackAt();
    if (back != null) {
      String known = "seal " + state.head().sequence() + " is known here and is not there";
      out.add(condition(state, "rolled-back", Severity.CRITICAL, back, known));
    }
    Instant since = state.findingsSince();
    if (since != null && state.has(RepositoryState.Kind.DAMAGED)) {
      out.add(
          condition(
              state,
              "damaged",
              Severity.CRITICAL,
              since,
              first(state, RepositoryState.Kind.DAMAGED)));
    }
    if (since != null && state.has(RepositoryState.Kind.FOREIGN)) {
      out.add(
          condition(
              state, "foreign", Severity.HIGH, since, first(state, RepositoryState.Kind.FOREIGN)));
    }
    Instant failing = state.failedSince();
    if (failing != null && failing.plus(PATIENCE).isBefore(now)) {
      out.add(condition(state, "upkeep", Severity.MEDIUM, failing, state.problem()));
    }
    return out;
  }

  private static String first(RepositoryState state, RepositoryState.Kind kind) {
    List<RepositoryState.Found> of =
        state.findings().stream().filter(found -> found.kind() == kind).toList();
    String one = of.getFirst().object() + ": " + of.getFirst().text();
    return of.size() == 1 ? one : one + " (and " + (of.size() - 1) + " more)";
  }

  private static Condition condition(
      RepositoryState state, String kind, Severity severity, Instant since, String detail) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put(Facts.FEED, state.address());
    facts.put(Facts.CONDITION, BackupAlarms.ASSET);
    facts.put(Facts.REASON, "backup-" + kind);
    facts.put(Facts.SINCE, since.toString());
    facts.put(Facts.DETAIL, detail);
    return new Condition(
        BackupAlarms.ASSET + ":" + kind + ":" + state.address(), severity, since, 1, facts);
  }
}
