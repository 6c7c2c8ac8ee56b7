package tr.emanet.archive.http;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tr.emanet.archive.ArchiveContent;
import tr.emanet.archive.ArchiveDay;
import tr.emanet.archive.ArchiveDesk;
import tr.emanet.archive.Exported;
import tr.emanet.archive.SealFacts;
import tr.emanet.archive.SealKeyFact;
import tr.emanet.archive.Verified;
import tr.emanet.crypto.certificate.CertificateFacts;
import tr.emanet.crypto.certificate.Certificates;
import tr.emanet.event.Principal;
import tr.emanet.job.Job;
import tr.emanet.job.JobState;
import tr.emanet.web.Formats;
import tr.emanet.web.RequestPerson;
import tr.emanet.web.Shell;
import tr.emanet.web.Texts;
import tr.emanet.web.Urls;

/** Puts the archive page together for one reader. Immutable. */
final class ArchivesScreen {

  /** Fewer days left than this is worth a warning. */
  private static final int SOON = 60;

  private static final int TASKS = 8;
  private static final int LINES = 400;
  private static final int DAYS = 7;

  private final ArchiveDesk desk;
  private final Texts texts;
  private final Formats formats;
  private final ZoneId zone;
  private final Instant now;
  private final @Nullable Principal who;

  ArchivesScreen(ArchiveDesk desk, Shell shell, ZoneId zone) {
    this.desk = desk;
    this.texts = shell.texts();
    this.formats = shell.formats();
    this.zone = zone;
    this.now = shell.now();
    this.who = shell.person().map(RequestPerson::person).orElse(null);
  }

  LocalDate today() {
    return now.atZone(zone).toLocalDate();
  }

  private static String url(LocalDate day) {
    return Urls.path("/archives").with("day", day.toString()).toString();
  }

  private String date(LocalDate day) {
    return formats.date(day.atStartOfDay(zone).toInstant());
  }

  ArchiveViews.Month month(YearMonth month, List<ArchiveDay> days, @Nullable LocalDate chosen) {
    List<String> weekdays = new ArrayList<>();
    for (DayOfWeek day : DayOfWeek.values()) {
      weekdays.add(day.getDisplayName(TextStyle.SHORT_STANDALONE, texts.language().locale()));
    }
    List<ArchiveViews.Cell> cells = new ArrayList<>();
    for (int i = 1; i < month.atDay(1).getDayOfWeek().getValue(); i++) {
      cells.add(ArchiveViews.Cell.NONE);
    }
    long bytes = 0;
    for (ArchiveDay day : days) {
      bytes += day.bytes();
      cells.add(cell(day, day.day().equals(chosen)));
    }
    while (cells.size() % DAYS != 0) {
      cells.add(ArchiveViews.Cell.NONE);
    }
    List<List<ArchiveViews.Cell>> weeks = new ArrayList<>();
    for (int i = 0; i < cells.size(); i += DAYS) {
      weeks.add(List.copyOf(cells.subList(i, i + DAYS)));
    }
    String name =
        month.getMonth().getDisplayName(TextStyle.FULL_STANDALONE, texts.language().locale());
    return new ArchiveViews.Month(
        name + ' ' + month.getYear(),
        url(month.minusMonths(1).atEndOfMonth()),
        month.plusMonths(1).atDay(1).isAfter(today()) ? "" : url(month.plusMonths(1).atDay(1)),
        weekdays,
        weeks,
        texts.get("archive.month.sum", formats.bytes(bytes)));
  }

  private ArchiveViews.Cell cell(ArchiveDay day, boolean current) {
    boolean empty = day.sealed() == ArchiveDay.Seal.NOTHING;
    Verified verified = day.verified();
    boolean wrong = verified != null && !verified.sound();
    List<String> extra = new ArrayList<>();
    if (verified != null) {
      extra.add(texts.get(wrong ? "archive.cell.wrong" : "archive.cell.verified"));
    }
    if (!day.hold().isEmpty()) {
      extra.add(texts.get("archive.cell.held"));
    }
    return new ArchiveViews.Cell(
        Integer.toString(day.day().getDayOfMonth()),
        day.day().toString(),
        empty ? "" : url(day.day()),
        empty ? "" : formats.bytes(day.bytes()),
        empty ? "" : wrong ? "health-broken" : icon(day.sealed()),
        empty ? "" : wrong ? "broken" : tone(day.sealed()),
        texts.get("archive.seal." + day.sealed().id()),
        String.join(", ", extra),
        current);
  }

  private static String icon(ArchiveDay.Seal seal) {
    return switch (seal) {
      case NOTHING -> "health-unknown";
      case UNSEALED -> "health-broken";
      case CHECKPOINTS -> "lock";
      case UNSTAMPED, DEMO -> "health-attention";
      case STAMPED -> "health-ok";
    };
  }

  private static String tone(ArchiveDay.Seal seal) {
    return switch (seal) {
      case NOTHING, CHECKPOINTS -> "";
      case UNSEALED -> "broken";
      case UNSTAMPED, DEMO -> "attention";
      case STAMPED -> "ok";
    };
  }

  ArchiveViews.Day day(ArchiveDay day) {
    List<ArchiveViews.Line> lines = new ArrayList<>();
    line(lines, "size", formats.bytes(day.bytes()));
    line(lines, "segments", formats.number(day.segments()));
    line(lines, "checkpoints", formats.number(day.checkpoints()));
    Instant stamped = day.stampedAt();
    line(
        lines,
        "stamped",
        stamped == null ? texts.get("archive.line.stamped.no") : formats.dateTime(stamped));
    if (!day.authority().isEmpty()) {
      line(lines, "authority", day.authority());
    }
    Verified verified = day.verified();
    line(
        lines,
        "verified",
        verified == null
            ? texts.get("archive.line.verified.never")
            : texts.get(
                verified.sound() ? "archive.line.verified.sound" : "archive.line.verified.wrong",
                formats.dateTime(verified.at()),
                verified.findings()));
    line(lines, "hold", day.hold().isEmpty() ? texts.get("archive.line.hold.no") : day.hold());
    lines.add(
        new ArchiveViews.Line(
            texts.get("archive.line.head"),
            day.head().isEmpty() ? texts.get("archive.line.head.no") : day.head(),
            !day.head().isEmpty()));
    return new ArchiveViews.Day(
        day.day().toString(),
        date(day.day()),
        tone(day.sealed()),
        icon(day.sealed()),
        texts.get("archive.says." + day.sealed().id()),
        lines,
        day.head().isEmpty() ? "" : "/signatures/root/" + day.day());
  }

  private void line(List<ArchiveViews.Line> into, String name, String value) {
    into.add(new ArchiveViews.Line(texts.get("archive.line." + name), value, false));
  }

  /** Exports and verifications, what runs first, then the newest. */
  List<ArchiveViews.Task> tasks(long opened) {
    List<Job> jobs = new ArrayList<>(desk.jobs(true, TASKS));
    jobs.addAll(desk.jobs(false, TASKS));
    jobs.sort((a, b) -> Long.compare(b.id(), a.id()));
    return jobs.stream().limit(TASKS).map(job -> task(job, job.id() == opened)).toList();
  }

  private ArchiveViews.Task task(Job job, boolean opened) {
    String[] days = job.input().split(" ", -1);
    String first = date(LocalDate.parse(days[0]));
    String last = date(LocalDate.parse(days[1]));
    Optional<Exported> made = desk.export(job.id());
    Optional<Verified> verified = desk.verification(job.id());
    long findings =
        made.map(Exported::findings).or(() -> verified.map(Verified::findings)).orElse(0L);
    boolean result = made.isPresent() || verified.isPresent();
    boolean wrong =
        findings > 0
            || job.state() == JobState.FAILED
            || verified.map(v -> !v.sound()).orElse(false);
    String says;
    if (job.state() == JobState.FAILED) {
      says = texts.get("archive.task.failed", job.problem());
    } else if (result && findings > 0) {
      says = texts.get("archive.task.findings", findings);
    } else if (made.isPresent()) {
      says =
          texts.get(
              "archive.task.exported",
              formats.number(made.get().files()),
              formats.bytes(made.get().bytes()));
    } else if (result) {
      says = texts.get("archive.task.sound");
    } else {
      says = texts.get("archive.task." + job.state().id());
    }
    String report = made.map(Exported::report).or(() -> verified.map(Verified::report)).orElse("");
    return new ArchiveViews.Task(
        job.id(),
        texts.get(
            "archive.task."
                + job.kind()
                + (days.length > 2 && !days[2].equals("whole") ? "." + days[2] : "")
                + (first.equals(last) ? ".day" : ".days"),
            first,
            last),
        formats.dateTime(job.queuedAt()),
        job.queuedAt().toString(),
        job.owner(),
        job.state().ended(),
        !job.state().ended() ? "" : wrong ? "broken" : result ? "ok" : "",
        !job.state().ended()
            ? "running"
            : wrong ? "health-broken" : result ? "health-ok" : "health-unknown",
        says,
        job.progress().total() == 0 ? -1 : job.progress().percent(),
        job.progress().note(),
        !job.state().ended() && who != null && ArchiveDesk.mayStop(who, job)
            ? "/archives/jobs/" + job.id() + "/stop"
            : "",
        made.filter(m -> who != null && desk.mayTake(who, m))
            .map(m -> "/api/v1/archives/exports/" + m.job() + "/zip")
            .orElse(""),
        made.map(Exported::manifest).orElse(""),
        opened || wrong ? said(report) : List.of());
  }

  private static List<ArchiveViews.Said> said(String report) {
    return report
        .lines()
        .filter(line -> !line.startsWith("VERDICT") && !line.isEmpty())
        .sorted((a, b) -> Boolean.compare(b.startsWith("WRONG"), a.startsWith("WRONG")))
        .limit(LINES)
        .map(
            line -> {
              int space = Math.max(0, line.indexOf(' '));
              String word = line.substring(0, space);
              String tone = word.equals("WRONG") ? "critical" : word.equals("OK") ? "ok" : "medium";
              return new ArchiveViews.Said(word, tone, line.substring(space).strip());
            })
        .toList();
  }

  List<ArchiveViews.Key> keys(List<SealKeyFact> all) {
    return all.stream()
        .map(
            fact -> {
              CertificateFacts facts = CertificateFacts.of(fact.certificate());
              Instant ends = fact.certificate().getNotAfter().toInstant();
              long left = facts.daysLeft(now);
              String tone = left < 0 ? "critical" : left < SOON ? "medium" : "ok";
              return new ArchiveViews.Key(
                  texts.get("archive.key." + fact.use()),
                  fact.certificate().getSubjectX500Principal().getName(),
                  Certificates.fingerprint(fact.certificate()),
                  formats.date(ends),
                  left < 0
                      ? texts.get("archive.key.ended")
                      : texts.get("archive.key.left", formats.number(left)),
                  tone);
            })
        .toList();
  }

  /** What kind of key seals and where it is; empty before there is one. */
  String sealing(SealFacts facts) {
    if (facts.keys().isEmpty()) {
      return "";
    }
    CertificateFacts now = CertificateFacts.of(facts.keys().getFirst().certificate());
    boolean module = facts.place().endsWith(".so");
    return texts.get(
        module ? "archive.sealing.module" : "archive.sealing.file", now.key(), facts.place());
  }

  /** Which keys came when, and who brought them. */
  List<ArchiveViews.KeyEvent> history(SealFacts facts) {
    return facts.history().stream()
        .map(
            event ->
                new ArchiveViews.KeyEvent(
                    formats.dateTime(event.at()),
                    event.at().toString(),
                    texts.get("archive.event." + event.action(), event.subject(), event.actor()),
                    event.sha256()))
        .toList();
  }

  /** What this reader may export, the most first; empty when nothing. */
  List<ArchiveViews.Choice> contents() {
    return who == null
        ? List.of()
        : ArchiveContent.allowed(who).stream()
            .map(c -> new ArchiveViews.Choice(c.id(), texts.get("archive.content." + c.id())))
            .toList();
  }

  /** What stands in the two date fields at first. */
  String proposed(@Nullable LocalDate chosen) {
    return (chosen == null ? today() : chosen).toString();
  }
}
