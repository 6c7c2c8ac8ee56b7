package tr.emanet;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tr.emanet.alert.Alerts;
import tr.emanet.alert.Condition;
import tr.emanet.alert.Facts;
import tr.emanet.alert.Hit;
import tr.emanet.alert.Severity;
import tr.emanet.backup.plan.BackupDesk;
import tr.emanet.backup.plan.BackupJob;
import tr.emanet.backup.plan.HookRun;
import tr.emanet.backup.plan.RunRecord;
import tr.emanet.backup.plan.Upkeep;

/** Raises the alarm when a backup job fails, looks like an attack, or is too long ago. */
final class BackupAlarms {

  /** What the alarms are about, in place of a feed's name. */
  static final String ASSET = "backup";

  private static final int RUNS = 50;

  private final Alerts alerts;
  private final BackupDesk desk;
  private final Upkeep upkeep;
  private final Function<Instant, List<Condition>> copies;
  private final InstantSource clock;

  BackupAlarms(
      Alerts alerts,
      BackupDesk desk,
      Upkeep upkeep,
      Function<Instant, List<Condition>> copies,
      InstantSource clock) {
    this.alerts = alerts;
    this.desk = desk;
    this.upkeep = upkeep;
    this.copies = copies;
    this.clock = clock;
  }

  /** Looks at every job once. */
  void look() {
    List<Condition> all = new ArrayList<>();
    Instant now = clock.instant();
    for (BackupJob job : desk.jobs()) {
      List<RunRecord> runs = desk.runs(job.id(), RUNS);
      all.addAll(of(job, runs, now));
      desk.hooks().failedAfter(runs).ifPresent(hook -> all.add(after(job, runs, hook)));
    }
    upkeep.states().forEach(state -> all.addAll(RepositoryConditions.of(state, now)));
    all.addAll(copies.apply(now));
    alerts.conditions(Hit.Kind.FEED, ASSET, all);
  }

  /** What is wrong with a job, its newest run first. */
  static List<Condition> of(BackupJob job, List<RunRecord> runs, Instant now) {
    List<Condition> out = new ArrayList<>();
    Instant frozen = job.frozenAt();
    if (frozen != null) {
      out.add(condition(job, "suspicious", Severity.CRITICAL, frozen, job.frozenWhy()));
    }
    runs.stream()
        .filter(run -> run.state() != RunRecord.State.RUNNING)
        .findFirst()
        .filter(run -> run.state() == RunRecord.State.FAILED)
        .ifPresent(
            run ->
                out.add(condition(job, "failed", Severity.MEDIUM, run.startedAt(), run.problem())));
    if (!job.paused() && !job.spec().schedule().isEmpty()) {
      rpo(job, runs, now).ifPresent(out::add);
    }
    return out;
  }

  /** What was stopped for the backup may still stand: that is worse than a backup that failed. */
  private static Condition after(BackupJob job, List<RunRecord> runs, HookRun hook) {
    Instant since =
        runs.stream()
            .filter(run -> run.state() != RunRecord.State.RUNNING)
            .findFirst()
            .orElseThrow()
            .startedAt();
    return condition(job, "after", Severity.HIGH, since, hook.hook() + ": " + hook.said());
  }

  /** A run that began later than this by the clock of now began while the clock was ahead. */
  private static final Duration AHEAD = Duration.ofMinutes(10);

  private static Optional<Condition> rpo(BackupJob job, List<RunRecord> runs, Instant now) {
    Instant good =
        runs.stream()
            .filter(
                run ->
                    run.state() == RunRecord.State.COMPLETE
                        || run.state() == RunRecord.State.INCOMPLETE)
            .map(RunRecord::startedAt)
            .filter(began -> began.isBefore(now.plus(AHEAD)))
            .findFirst()
            .orElse(job.createdAt());
    Instant start = job.spec().startAt();
    Instant since = start != null && start.isAfter(good) ? start : good;
    return Duration.between(since, now).compareTo(Duration.ofHours(job.spec().rpoHours())) > 0
        ? Optional.of(condition(job, "rpo", Severity.HIGH, since, job.spec().repository()))
        : Optional.empty();
  }

  private static Condition condition(
      BackupJob job, String kind, Severity severity, Instant since, String detail) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put(Facts.FEED, job.spec().name());
    facts.put(Facts.CONDITION, ASSET);
    facts.put(Facts.REASON, "backup-" + kind);
    facts.put(Facts.SINCE, since.toString());
    facts.put(Facts.DETAIL, detail);
    return new Condition(ASSET + ":" + kind + ":" + job.id(), severity, since, 1, facts);
  }
}
