package tr.emanet.backup.http;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.plan.BackupDesk;
import tr.emanet.backup.plan.BackupJob;
import tr.emanet.backup.proof.Drill;
import tr.emanet.backup.proof.DrillPlan;
import tr.emanet.backup.proof.DrillRecord;
import tr.emanet.backup.proof.Pace;
import tr.emanet.backup.proof.ProofDesk;
import tr.emanet.backup.proof.Rung;
import tr.emanet.backup.proof.Verification;
import tr.emanet.backup.restic.CheckProgress;
import tr.emanet.event.Principal;
import tr.emanet.event.Role;
import tr.emanet.job.Job;
import tr.emanet.web.Formats;
import tr.emanet.web.Shell;

/** Makes what the page of drills shows. One request. */
final class DrillsScreen {

  private static final int RECORDS = 50;
  private static final int FINDINGS = 20;

  private final BackupDesk desk;
  private final ProofDesk proofs;
  private final Shell shell;
  private final Formats formats;
  private final DrillWords words;

  DrillsScreen(BackupDesk desk, ProofDesk proofs, Shell shell) {
    this.desk = desk;
    this.proofs = proofs;
    this.shell = shell;
    this.formats = shell.formats();
    this.words = new DrillWords(shell.texts());
  }

  private boolean acts() {
    return shell.person().map(p -> p.person()).filter(DrillsScreen::mayAct).isPresent();
  }

  private static boolean mayAct(Principal person) {
    return person.has(Role.BACKUP_OPERATOR) || person.has(Role.ADMINISTRATOR);
  }

  private String t(String key, @Nullable Object... arguments) {
    return words.t(key, arguments);
  }

  /**
   * The page.
   *
   * @param drill the record that is open, 0 for none
   * @param job the job whose plan is open, 0 for none
   */
  DrillViews.Page page(long drill, long job, String problem) {
    Map<Long, BackupJob> jobs =
        desk.jobs().stream().collect(Collectors.toMap(BackupJob::id, Function.identity()));
    Optional<Drill> open = proofs.drill(drill);
    BackupJob planned = open.isPresent() ? null : desk.job(job).orElse(null);
    boolean aside = open.isPresent() || planned != null;
    return new DrillViews.Page(
        aside ? "" : problem,
        acts(),
        desk.jobs().stream().map(j -> row(j, j.id() == job)).toList(),
        proofs.repositories().stream().map(this::place).toList(),
        proofs.drills(RECORDS).stream().map(d -> record(d, jobs, d.id() == drill)).toList(),
        open.map(d -> paper(d, jobs)).orElse(null),
        planned == null ? null : plan(planned, problem));
  }

  private DrillViews.Row row(BackupJob job, boolean current) {
    ProofDesk.Proof proof = proofs.proof(job);
    Optional<Job> going = proofs.current(ProofDesk.drillOf(job.id()));
    Instant at = proof.at();
    Instant due = proof.due();
    String hint =
        proof.last() == Drill.State.FAILED || proof.last() == Drill.State.BROKEN
            ? t("row.failed")
            : proof.overdue() ? t("row.overdue") : at == null ? "" : formats.dateTime(at);
    return new DrillViews.Row(
        job.id(),
        "/backups/drills?job=" + job.id(),
        current,
        job.spec().name(),
        job.spec().repository(),
        going.isPresent() ? "running" : proof.trouble() ? "health-attention" : "health-ok",
        going.isPresent() ? "running" : proof.trouble() ? "attention" : "ok",
        at == null ? shell.t("backup.proof.never") : ago(at),
        hint,
        words.plan(proofs.plan(job.id())),
        due == null ? "–" : formats.date(due.isBefore(shell.now()) ? shell.now() : due),
        going.isPresent(),
        going.filter(j -> j.progress().total() > 0).map(j -> j.progress().percent()).orElse(-1),
        going.map(j -> LockWords.note(j, shell)).orElse(""),
        proofs.repositories().contains(job.spec().repository()));
  }

  private String ago(Instant at) {
    return shell.t("backup.proof.ago", formats.span(Duration.between(at, shell.now())));
  }

  private DrillViews.Place place(String repository) {
    List<DrillViews.Step> steps = new ArrayList<>();
    for (Rung rung : Rung.values()) {
      steps.add(step(repository, rung));
    }
    return new DrillViews.Place(repository, steps);
  }

  private DrillViews.Step step(String repository, Rung rung) {
    boolean running = proofs.current(ProofDesk.checkOf(repository, rung)).isPresent();
    Optional<Pace> pace = proofs.pace(repository, rung);
    Verification last = proofs.last(repository, rung, false).orElse(null);
    boolean overdue = proofs.overdue(repository, rung);
    String icon =
        running
            ? "running"
            : last == null
                ? "health-unknown"
                : switch (last.state()) {
                  case GOOD -> overdue ? "health-attention" : "health-ok";
                  case DAMAGED -> "health-broken";
                  case FAILED -> "health-attention";
                  case RUNNING, STOPPED -> "health-unknown";
                };
    String tone = icon.startsWith("health-") ? icon.substring("health-".length()) : icon;
    return new DrillViews.Step(
        rung.id(),
        t("rung." + rung.id()),
        icon,
        tone,
        running
            ? pace.map(this::says).orElse(t("rung.running"))
            : last == null ? t("rung.never") : says(last),
        last == null ? List.of() : last.findings().stream().limit(FINDINGS).toList(),
        running,
        pace.filter(p -> p.total() > 0).map(p -> (int) (100 * p.done() / p.total())).orElse(-1));
  }

  private String says(Pace pace) {
    String done = amount(pace, pace.done());
    String step = "rung.at." + pace.step().name().toLowerCase(Locale.ROOT);
    String total = pace.total() == 0 ? "–" : amount(pace, pace.total());
    String rate = amount(pace, Math.round(pace.perSecond()));
    return pace.left()
        .map(left -> t(step, done, total, rate) + t("rung.left", formats.span(left)))
        .orElseGet(() -> t(step, done, total, rate));
  }

  private String amount(Pace pace, long n) {
    return pace.step() == CheckProgress.Step.DATA ? formats.bytes(n) : formats.number(n);
  }

  private String says(Verification last) {
    String when = ago(last.startedAt());
    return switch (last.state()) {
      case GOOD ->
          t(
              last.rung() == Rung.SEAL || last.rung() == Rung.INDEX ? "rung.good" : "rung.read",
              when,
              formats.number(last.objects()),
              formats.bytes(last.bytes()));
      case DAMAGED -> t("rung.damaged", when, formats.number(last.count()));
      case FAILED -> t("rung.failed", when, last.problem());
      case RUNNING, STOPPED -> t("rung.never");
    };
  }

  private DrillViews.Entry record(Drill drill, Map<Long, BackupJob> jobs, boolean current) {
    return new DrillViews.Entry(
        drill.id(),
        "/backups/drills?drill=" + drill.id(),
        current,
        drill.startedAt().toString(),
        formats.shortMoment(drill.startedAt()),
        name(drill, jobs),
        drill.owner().equals("-") ? t("by.schedule") : drill.owner(),
        DrillWords.icon(drill.state()),
        DrillWords.tone(drill.state()),
        words.state(drill),
        words.says(drill));
  }

  private static String name(Drill drill, Map<Long, BackupJob> jobs) {
    DrillRecord record = drill.record();
    BackupJob job = jobs.get(drill.plan());
    return record != null ? record.job() : job != null ? job.spec().name() : "–";
  }

  private DrillViews.Paper paper(Drill drill, Map<Long, BackupJob> jobs) {
    DrillRecord record = drill.record();
    List<String> problems = new ArrayList<>();
    if (record != null) {
      problems.addAll(record.outcome().problems());
    } else if (!drill.problem().isEmpty()) {
      problems.add(drill.problem());
    }
    return new DrillViews.Paper(
        drill.id(),
        t("paper.title", formats.number(drill.id()), name(drill, jobs)),
        DrillWords.icon(drill.state()),
        DrillWords.tone(drill.state()),
        words.state(drill),
        words.facts(drill),
        problems,
        record == null ? "" : words.more(record),
        drill.lessons().stream()
            .map(l -> new DrillViews.Lesson(l.name(), formats.dateTime(l.at()), l.text()))
            .toList(),
        record != null,
        acts());
  }

  private DrillViews.Plan plan(BackupJob job, String problem) {
    DrillPlan plan = proofs.plan(job.id());
    return new DrillViews.Plan(
        job.id(),
        job.spec().name(),
        plan.days(),
        plan.scope().files(),
        DrillWords.gigabytes(plan.scope()),
        problem);
  }
}
