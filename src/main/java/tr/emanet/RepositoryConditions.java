package tr.emanet;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tr.emanet.alert.Condition;
import tr.emanet.alert.Facts;
import tr.emanet.alert.Severity;
import tr.emanet.backup.plan.RepositoryState;
import tr.emanet.backup.seal.SealDays;

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
    unstamped(state, now).ifPresent(out::add);
    Instant failing = state.failedSince();
    if (failing != null && failing.plus(PATIENCE).isBefore(now)) {
      out.add(condition(state, "upkeep", Severity.MEDIUM, failing, state.problem()));
    }
    return out;
  }

  /**
   * A day that an authority refuses to stamp, or cannot, for as long as a look may fail. Without an
   * authority in the settings nothing can be stamped, which the page says and no alarm mends.
   */
  private static Optional<Condition> unstamped(RepositoryState state, Instant now) {
    return state
        .unstamped()
        .lines()
        .filter(line -> !line.endsWith(SealDays.NO_AUTHORITY))
        .findFirst()
        .flatMap(
            line -> {
              int colon = line.indexOf(':');
              Instant over =
                  LocalDate.parse(line.substring(0, colon))
                      .plusDays(1)
                      .atStartOfDay(ZoneOffset.UTC)
                      .toInstant();
              return over.plus(PATIENCE).isBefore(now)
                  ? Optional.of(condition(state, "unstamped", Severity.MEDIUM, over, line))
                  : Optional.empty();
            });
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
