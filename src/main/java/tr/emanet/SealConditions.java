package tr.emanet;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tr.emanet.alert.Condition;
import tr.emanet.alert.Facts;
import tr.emanet.alert.Severity;
import tr.emanet.journal.seal.SealReport;

/** What is wrong with the seal at a moment. Pure functions. */
final class SealConditions {

  /** What the alarm is about, in place of a feed's name. */
  static final String ASSET = "seal";

  /** A day that is over has its stamp before the next one is; so many days more are an alarm. */
  private static final int UNSTAMPED_DAYS = 2;

  /** So many checkpoints behind, a witness is away; fewer are on their way. */
  private static final int WITNESS_BEHIND = 2;

  private SealConditions() {}

  /** Everything that is wrong. */
  static List<Condition> of(SealReport report, LocalDate today, Instant now) {
    List<Condition> out = new ArrayList<>();
    var seal = report.seal();
    Instant since = now.minus(seal.unsealed());
    if (!seal.findings().isEmpty()) {
      out.add(condition("changed", Severity.CRITICAL, now, String.join("; ", seal.findings())));
    }
    if (seal.late()) {
      out.add(condition("late", Severity.HIGH, since, seal.problem()));
    } else if (!seal.problem().isEmpty()) {
      out.add(condition("failed", Severity.MEDIUM, since, seal.problem()));
    }
    if (!report.rootProblem().isEmpty()) {
      out.add(condition("root", Severity.MEDIUM, now, report.rootProblem()));
    }
    report.unstamped().stream()
        .findFirst()
        .filter(d -> !report.authority().isEmpty())
        .filter(d -> !d.day().isAfter(today.minusDays(UNSTAMPED_DAYS)))
        .ifPresent(d -> out.add(condition("unstamped", Severity.MEDIUM, now, d.problem())));
    report.witnesses().stream()
        .filter(w -> w.waiting() > WITNESS_BEHIND && !w.problem().isEmpty())
        .findFirst()
        .ifPresent(
            w ->
                out.add(condition("witness", Severity.MEDIUM, now, w.name() + ": " + w.problem())));
    return out;
  }

  private static Condition condition(String kind, Severity severity, Instant since, String detail) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put(Facts.FEED, ASSET);
    facts.put(Facts.CONDITION, ASSET);
    facts.put(Facts.REASON, "seal-" + kind);
    facts.put(Facts.SINCE, since.toString());
    facts.put(Facts.DETAIL, detail);
    return new Condition(ASSET + ":" + kind, severity, since, 1, facts);
  }
}
