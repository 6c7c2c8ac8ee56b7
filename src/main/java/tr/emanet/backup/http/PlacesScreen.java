package tr.emanet.backup.http;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.place.CopyRecord;
import tr.emanet.backup.place.CopyTending;
import tr.emanet.backup.place.Due;
import tr.emanet.backup.place.Place;
import tr.emanet.backup.place.PlaceDesk;
import tr.emanet.backup.place.PlaceSpec;
import tr.emanet.backup.plan.BackupDesk;
import tr.emanet.backup.plan.BackupJob;
import tr.emanet.event.Principal;
import tr.emanet.event.Role;
import tr.emanet.job.Job;
import tr.emanet.web.Formats;
import tr.emanet.web.Shell;

/** Makes what the page of second places shows. One request. */
final class PlacesScreen {

  private static final int COPIES = 30;

  private final PlaceDesk desk;
  private final ReadingWords readings;
  private final BackupDesk backups;
  private final Shell shell;
  private final Formats formats;

  PlacesScreen(PlaceDesk desk, CopyTending tending, BackupDesk backups, Shell shell) {
    this.desk = desk;
    this.readings = new ReadingWords(tending, shell);
    this.backups = backups;
    this.shell = shell;
    this.formats = shell.formats();
  }

  private boolean has(Role role) {
    Principal person = shell.person().map(p -> p.person()).orElse(null);
    return person != null && person.has(role);
  }

  private boolean acts() {
    return has(Role.BACKUP_OPERATOR) || has(Role.ADMINISTRATOR);
  }

  private String t(String key, @Nullable Object... arguments) {
    return shell.t("backup.place." + key, arguments);
  }

  /**
   * The page.
   *
   * @param says what went well just now, {@code problem} what did not; each may be empty
   */
  PlaceViews.Page page(long open, PlaceViews.@Nullable Form form, String says, String problem) {
    Map<Long, BackupJob> jobs =
        backups.jobs().stream().collect(Collectors.toMap(BackupJob::id, job -> job));
    List<Due> due = desk.due();
    List<PlaceViews.Row> rows = new ArrayList<>();
    PlaceViews.Panel panel = null;
    for (Place place : desk.places()) {
      PlaceViews.Row row = row(place, jobs, due, place.id() == open);
      rows.add(row);
      if (place.id() == open && form == null) {
        panel = panel(place, row, jobs, says, problem);
      }
    }
    return new PlaceViews.Page(
        acts(), has(Role.ADMINISTRATOR), panel == null ? problem : "", rows, panel, form);
  }

  private PlaceViews.Row row(
      Place place, Map<Long, BackupJob> jobs, List<Due> due, boolean current) {
    PlaceSpec spec = place.spec();
    List<Job> going = desk.current(place.id());
    Optional<CopyRecord> last =
        desk.copies(place.id(), COPIES).stream()
            .filter(copy -> copy.state() != CopyRecord.State.RUNNING)
            .findFirst();
    boolean behind = due.stream().anyMatch(d -> d.place().id() == place.id());
    String state;
    String mark;
    if (!going.isEmpty()) {
      state = t("state.running");
      mark = "running";
    } else if (last.isEmpty()) {
      state = t(spec.jobs().isEmpty() ? "state.unused" : "state.waiting");
      mark = "unknown";
    } else if (readings.isDamaged(place)) {
      state = t("state.damaged");
      mark = "broken";
    } else if (last.get().state() == CopyRecord.State.FAILED) {
      state = t("state.failed");
      mark = "broken";
    } else {
      state = t(behind ? "state.behind" : "state.current");
      mark = behind ? "attention" : "ok";
    }
    int percent =
        going.stream()
            .map(Job::progress)
            .filter(p -> p.total() > 0)
            .map(p -> p.percent())
            .findFirst()
            .orElse(-1);
    List<String> marks = new ArrayList<>();
    if (spec.elsewhere()) {
      marks.add(t("mark.elsewhere"));
    }
    if (spec.lockDays() > 0) {
      marks.add(t("mark.locked", spec.lockDays()));
    }
    return new PlaceViews.Row(
        place.id(),
        "/backups/targets?place=" + place.id(),
        current,
        !going.isEmpty(),
        percent,
        spec.name(),
        spec.address(),
        t("kind." + spec.kind()),
        names(spec, jobs),
        mark.equals("running") ? "running" : "health-" + mark,
        mark,
        state,
        last.map(this::when).orElse(""),
        String.join(", ", marks));
  }

  private String names(PlaceSpec spec, Map<Long, BackupJob> jobs) {
    String names =
        spec.jobs().stream()
            .map(jobs::get)
            .filter(java.util.Objects::nonNull)
            .map(job -> job.spec().name())
            .collect(Collectors.joining(", "));
    return names.isEmpty() ? t("jobs.none") : names;
  }

  private String when(CopyRecord copy) {
    Instant ended = copy.endedAt();
    String at = formats.shortMoment(copy.startedAt());
    return ended == null ? at : at + ", " + formats.span(Duration.between(copy.startedAt(), ended));
  }

  private PlaceViews.Panel panel(
      Place place, PlaceViews.Row row, Map<Long, BackupJob> jobs, String says, String problem) {
    PlaceSpec spec = place.spec();
    List<BackupViews.Line> facts = new ArrayList<>();
    facts.add(new BackupViews.Line(t("field.address"), spec.address(), true));
    facts.add(new BackupViews.Line(t("field.kind"), row.kind(), false));
    if (!spec.hostKey().isEmpty()) {
      facts.add(new BackupViews.Line(t("field.hostkey"), spec.hostKey(), true));
    }
    facts.add(new BackupViews.Line(t("field.jobs"), row.jobs(), false));
    facts.add(
        new BackupViews.Line(t("field.elsewhere"), t(spec.elsewhere() ? "yes" : "no"), false));
    facts.add(
        new BackupViews.Line(
            t("field.lock"),
            spec.lockDays() == 0 ? t("lock.none") : t("mark.locked", spec.lockDays()),
            false));
    if (spec.mebibytesPerSecond() > 0) {
      facts.add(new BackupViews.Line(t("field.rate"), t("rate", spec.mebibytesPerSecond()), false));
    }
    if (!spec.quiet().isEmpty()) {
      facts.add(new BackupViews.Line(t("field.quiet"), spec.quiet(), false));
    }
    facts.addAll(readings.facts(place, jobs));
    facts.add(new BackupViews.Line(t("field.by"), place.createdBy(), false));
    return new PlaceViews.Panel(
        row,
        says.isEmpty() ? "" : t("says." + says),
        problem,
        facts,
        readings.damage(place, jobs),
        spec.kind().equals("sftp") ? desk.publicKey(place.id()) : "",
        desk.current(place.id()).stream()
            .map(job -> LockWords.note(job, shell))
            .filter(note -> !note.isEmpty())
            .findFirst()
            .orElse(""),
        desk.copies(place.id(), COPIES).stream().map(copy -> copy(copy, jobs)).toList());
  }

  private PlaceViews.Copy copy(CopyRecord copy, Map<Long, BackupJob> jobs) {
    String mark =
        switch (copy.state()) {
          case RUNNING -> "running";
          case COMPLETE -> "ok";
          case FAILED -> "broken";
          case STOPPED -> "unknown";
        };
    BackupJob job = jobs.get(copy.plan());
    String name = job == null ? copy.repository() : job.spec().name();
    String counts = CopyWords.of(copy, shell);
    return new PlaceViews.Copy(
        mark.equals("running") ? "running" : "health-" + mark,
        mark,
        name + ": " + t("copy." + copy.state().id()),
        when(copy),
        copy.problem().isEmpty() ? counts : copy.problem());
  }

  PlaceViews.Form fresh(PlaceSpec spec, String problem, String offered) {
    return form("/backups/targets", t("form.new"), spec, problem, offered);
  }

  PlaceViews.Form changing(long id, PlaceSpec spec, String problem, String offered) {
    return form("/backups/targets/" + id + "/change", t("form.change"), spec, problem, offered);
  }

  private PlaceViews.Form form(
      String action, String title, PlaceSpec spec, String problem, String offered) {
    return new PlaceViews.Form(
        action,
        title,
        PlaceForm.values(spec),
        backups.jobs().stream()
            .map(
                job ->
                    new PlaceViews.Choice(
                        job.id(), job.spec().name(), spec.jobs().contains(job.id())))
            .toList(),
        problem,
        offered);
  }
}
