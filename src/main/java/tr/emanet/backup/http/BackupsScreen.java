package tr.emanet.backup.http;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.plan.BackupDesk;
import tr.emanet.backup.plan.BackupJob;
import tr.emanet.backup.plan.Copies;
import tr.emanet.backup.plan.Guard;
import tr.emanet.backup.plan.Keep;
import tr.emanet.backup.plan.RunRecord;
import tr.emanet.event.Principal;
import tr.emanet.event.Role;
import tr.emanet.job.Job;
import tr.emanet.web.Formats;
import tr.emanet.web.Shell;

/** Makes what the backup page shows. One request. */
final class BackupsScreen {

  private static final int RUNS = 30;

  private final BackupDesk desk;
  private final Protection protection;
  private final Shell shell;
  private final Formats formats;
  private final Instant now;
  private final @Nullable Principal who;

  BackupsScreen(BackupDesk desk, Protection protection, Shell shell) {
    this.desk = desk;
    this.protection = protection;
    this.shell = shell;
    this.formats = shell.formats();
    this.now = shell.now();
    this.who = shell.person().map(p -> p.person()).orElse(null);
  }

  private boolean has(Role role) {
    Principal person = who;
    return person != null && person.has(role);
  }

  private boolean acts() {
    return has(Role.BACKUP_OPERATOR) || has(Role.ADMINISTRATOR);
  }

  private String t(String key, @Nullable Object... arguments) {
    return shell.t("backup." + key, arguments);
  }

  /** The page with all jobs, or only those that have a problem. */
  BackupViews.Page page(
      long open, boolean troubleOnly, BackupViews.@Nullable Form form, String problem) {
    List<BackupJob> jobs = desk.jobs();
    List<BackupViews.Row> rows = new ArrayList<>();
    BackupViews.Panel panel = null;
    Copies worst = null;
    for (BackupJob job : jobs) {
      List<RunRecord> runs = desk.runs(job.id(), RUNS);
      Copies copies = protection.copies(job, runs);
      if (worst == null || order(copies) < order(worst)) {
        worst = copies;
      }
      BackupViews.Row row = row(job, runs, copies, job.id() == open);
      if (!troubleOnly || row.trouble()) {
        rows.add(row);
      }
      if (job.id() == open && form == null) {
        panel = panel(job, runs, row, problem);
      }
    }
    return new BackupViews.Page(
        new BackupViews.Head(
            jobs.size(),
            worst == null ? "" : sentence(worst),
            troubleOnly,
            troubleOnly ? "/backups" : "/backups?trouble=1",
            acts(),
            desk.escrowed(),
            has(Role.ADMINISTRATOR),
            panel == null ? problem : ""),
        rows,
        panel,
        form);
  }

  private static long order(Copies copies) {
    return Arrays.stream(Copies.Rung.values()).filter(copies::reached).count();
  }

  private String sentence(Copies copies) {
    return t(
        "rule.sentence",
        copies.copies(),
        copies.media(),
        copies.elsewhere(),
        copies.unchangeable(),
        t(copies.proven() ? "rule.proven" : "rule.unproven"));
  }

  private BackupViews.Row row(BackupJob job, List<RunRecord> runs, Copies copies, boolean current) {
    Optional<Job> going = desk.current(job.id());
    Optional<RunRecord> last =
        runs.stream().filter(run -> run.state() != RunRecord.State.RUNNING).findFirst();
    RunRecord.State state = last.map(RunRecord::state).orElse(null);
    boolean running = going.isPresent();
    String icon = running ? "running" : state == null ? "health-unknown" : icon(state);
    String tone = running ? "running" : state == null ? "unknown" : tone(state);
    String says = running ? t("state.running") : last.map(this::says).orElse(t("state.never"));
    String when =
        running
            ? going.map(j -> LockWords.note(j, shell)).orElse("")
            : last.map(this::when).orElse("");
    if (job.frozenAt() != null) {
      when = when + ", " + t("frozen.short");
    }
    long size =
        runs.stream()
            .filter(run -> run.state().hasSnapshot())
            .findFirst()
            .map(run -> run.figures().bytes())
            .orElse(-1L);
    int percent =
        going.filter(j -> j.progress().total() > 0).map(j -> j.progress().percent()).orElse(-1);
    return new BackupViews.Row(
        job.id(),
        "/backups?job=" + job.id(),
        current,
        job.spec().name(),
        String.join(" + ", job.spec().addresses()),
        running,
        percent,
        icon,
        tone,
        says,
        when,
        size < 0 ? "–" : formats.bytes(size),
        Arrays.stream(Copies.Rung.values())
            .map(
                rung ->
                    new BackupViews.Rung(
                        Integer.toString(rung.number()),
                        copies.reached(rung),
                        t("rung." + rung.id() + (copies.reached(rung) ? ".ok" : ".no"))))
            .toList(),
        copies.missing().map(rung -> t("rung." + rung.id() + ".no")).orElse(t("rung.all")),
        proof(job),
        next(job),
        state != null && state != RunRecord.State.COMPLETE || job.frozenAt() != null);
  }

  private String proof(BackupJob job) {
    Instant at = protection.proofs().proof(job).at();
    return at == null ? t("proof.none") : formats.date(at);
  }

  private String next(BackupJob job) {
    Instant next = job.nextRun();
    if (job.paused()) {
      return t("next.paused");
    }
    return next == null ? t("next.none") : near(next);
  }

  /** 02:30 within a day, else the date too. */
  private String near(Instant at) {
    return Duration.between(now, at).abs().toHours() < 24
        ? formats.minute(at)
        : formats.shortMoment(at);
  }

  private String when(RunRecord run) {
    Duration took = run.took();
    String at = formats.shortMoment(run.startedAt());
    return took == null ? at : at + ", " + formats.span(took);
  }

  private String says(RunRecord run) {
    return switch (run.state()) {
      case RUNNING -> t("state.running");
      case COMPLETE -> t("state.complete");
      case INCOMPLETE -> t("state.incomplete", formats.number(run.unread()));
      case SUSPICIOUS -> t("state.suspicious", words(run));
      case FAILED -> t("state.failed");
      case STOPPED -> t("state.stopped");
    };
  }

  private String words(RunRecord run) {
    return String.join(
        ", ", run.findings().stream().map(found -> t("finding." + found.id())).toList());
  }

  private static String icon(RunRecord.State state) {
    return switch (state) {
      case RUNNING -> "running";
      case COMPLETE -> "health-ok";
      case INCOMPLETE, SUSPICIOUS -> "health-attention";
      case FAILED -> "health-broken";
      case STOPPED -> "health-unknown";
    };
  }

  private static String tone(RunRecord.State state) {
    return switch (state) {
      case RUNNING -> "running";
      case COMPLETE -> "ok";
      case INCOMPLETE, SUSPICIOUS -> "attention";
      case FAILED -> "broken";
      case STOPPED -> "unknown";
    };
  }

  private BackupViews.Panel panel(
      BackupJob job, List<RunRecord> runs, BackupViews.Row row, String problem) {
    Keep approved = job.keepApproved();
    BackupJob.AskedKeep asked = job.asked();
    List<String> warnings = new ArrayList<>();
    if (Copies.sameDisk(job.spec())) {
      warnings.add(t("warning.same-disk"));
    }
    if (approved == null) {
      warnings.add(t("warning.no-rule"));
    }
    Principal person = who;
    return new BackupViews.Panel(
        row,
        "/backups",
        problem,
        facts(job, approved),
        warnings,
        job.frozenAt() == null
            ? ""
            : t(
                "frozen.long",
                formats.shortMoment(job.frozenAt()),
                String.join(
                    ", ",
                    Arrays.stream(job.frozenWhy().split(" ", -1))
                        .map(word -> t("finding." + word))
                        .toList())),
        asked == null
            ? ""
            : t("asked", asked.by(), formats.shortMoment(asked.at()), rule(asked.keep())),
        asked != null
            && has(Role.ADMINISTRATOR)
            && person != null
            && !person.id().equals(asked.by()),
        job.paused(),
        acts(),
        has(Role.ADMINISTRATOR),
        row.running() ? row.when() : "",
        runs.stream().map(this::run).toList());
  }

  private List<BackupViews.Line> facts(BackupJob job, @Nullable Keep approved) {
    List<BackupViews.Line> lines = new ArrayList<>();
    if (!job.spec().systems().isEmpty()) {
      lines.add(new BackupViews.Line(t("field.systems"), job.spec().systems(), false));
    }
    for (String source : job.spec().addresses()) {
      lines.add(new BackupViews.Line(t("field.source"), source, true));
    }
    lines.add(new BackupViews.Line(t("field.repository"), job.spec().repository(), true));
    lines.add(new BackupViews.Line(t("field.type"), t("type"), false));
    Period period = Period.of(job.spec().schedule());
    boolean cron = period.when().equals("cron");
    lines.add(
        new BackupViews.Line(
            t("field.schedule"),
            cron ? job.spec().schedule() : t("period." + period.when(), said(period)),
            cron));
    Instant start = job.spec().startAt();
    lines.add(
        new BackupViews.Line(
            t("field.start"), formats.dateTime(start == null ? job.createdAt() : start), false));
    lines.add(new BackupViews.Line(t("field.next"), next(job), false));
    lines.add(
        new BackupViews.Line(
            t("field.keep"), approved == null ? t("keep.none") : rule(approved), false));
    lines.add(
        new BackupViews.Line(
            t("field.rpo"), formats.span(Duration.ofHours(job.spec().rpoHours())), false));
    if (!job.spec().quiet().isEmpty()) {
      lines.add(new BackupViews.Line(t("field.quiet"), job.spec().quiet(), false));
    }
    lines.add(new BackupViews.Line(t("field.by"), job.createdBy(), false));
    return lines;
  }

  private static String said(Period period) {
    return period.when().equals("hourly") ? period.time().substring(3) : period.time();
  }

  private String rule(Keep keep) {
    return t("keep", keep.daily(), keep.weekly(), keep.monthly(), keep.yearly());
  }

  private BackupViews.Run run(RunRecord run) {
    RunRecord.Figures f = run.figures();
    String says =
        run.state().hasSnapshot()
            ? t(
                "run.figures",
                formats.number(f.files()),
                formats.bytes(f.bytes()),
                formats.bytes(f.fresh()),
                formats.bytes(f.stored()))
            : run.problem();
    if (run.expiredAt() != null) {
      says = says + " " + t("run.expired", formats.shortMoment(run.expiredAt()));
    }
    if (run.findings().contains(Guard.Finding.ENCRYPTED)) {
      says = says + " " + t("run.encrypted");
    }
    return new BackupViews.Run(
        "/backups/logs/run/" + run.id(),
        run.startedAt().toString(),
        when(run),
        t("cause." + run.cause().id()) + (run.owner().equals("-") ? "" : ", " + run.owner()),
        icon(run.state()),
        tone(run.state()),
        says(run),
        says,
        run.snapshot().isEmpty() ? "" : run.snapshot().substring(0, 8),
        run.unreadList().isEmpty() ? List.of() : run.unreadList().lines().limit(RUNS).toList(),
        hooks(run));
  }

  private BackupViews.Form form(
      String action, String title, Map<String, String> values, String problem) {
    return new BackupViews.Form(
        action,
        title,
        values,
        problem,
        desk.hooks().names().stream().sorted().toList(),
        new RepositoryField(protection.places()).choices());
  }

  private List<BackupViews.HookLine> hooks(RunRecord run) {
    return desk.hooks().of(run.id()).stream()
        .map(
            h ->
                new BackupViews.HookLine(
                    t(h.well() ? "hook.well" : "hook.failed", h.hook(), h.code()), h.said()))
        .toList();
  }

  BackupViews.Form fresh(Map<String, String> values, String problem) {
    return form("/backups", t("form.new"), values, problem);
  }

  BackupViews.Form changing(long id, Map<String, String> values, String problem) {
    return form("/backups/" + id + "/change", t("form.change"), values, problem);
  }
}
