package tr.emanet.indicator.notice;

import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tr.emanet.alert.measure.Draft;
import tr.emanet.alert.measure.MeasureChange;
import tr.emanet.alert.measure.Measures;
import tr.emanet.alert.measure.Subject;
import tr.emanet.asset.Assets;
import tr.emanet.asset.Inventory;
import tr.emanet.audit.AuditLog;
import tr.emanet.event.Principal;
import tr.emanet.store.Database;

/**
 * Notices, what they mean for the inventory, and what people do about them. The caller has checked
 * the role: analysts act. Every act is one transaction with its audit entry. Thread-safe.
 */
public final class NoticeDesk {

  /** Who acts when nobody does. */
  public static final String SELF = "emanet";

  /** Most notices or tasks of a page. */
  public static final int MAX_PAGE = 500;

  /** Longest name of an owner. */
  public static final int MAX_OWNER = 120;

  private static final int MAX_HISTORY = 300;

  private final Database database;
  private final NoticeStore notices;
  private final MatchStore matches;
  private final TaskStore tasks;
  private final NoticeTasks work;
  private final NoticeComparison comparison;
  private final Measures measures;
  private final AuditLog audit;
  private final Assets assets;
  private final AtomicLong revision = new AtomicLong();
  private final VersionHints hints;

  public NoticeDesk(
      Database database,
      AuditLog audit,
      Measures measures,
      Assets assets,
      ZoneId zone,
      InstantSource clock) {
    this.database = database;
    this.audit = audit;
    this.measures = measures;
    this.assets = assets;
    this.hints = new VersionHints(assets);
    this.notices = new NoticeStore(database);
    this.matches = new MatchStore(database);
    this.tasks = new TaskStore(database);
    this.work = new NoticeTasks(notices, matches, tasks, audit, zone, clock);
    this.comparison = new NoticeComparison(database, notices, work);
  }

  /** Rises with every change; starts anew with the process. */
  public long revision() {
    return revision.get();
  }

  /**
   * Notices, newest first.
   *
   * @param after the last of the page before, or null
   * @param limit at most {@link #MAX_PAGE}
   */
  public List<NoticeRow> list(
      NoticeFilter filter, Principal who, @Nullable NoticeRow after, int limit) {
    return notices.list(filter, who.id(), after, Math.clamp(limit, 1, MAX_PAGE));
  }

  public long count(NoticeFilter filter) {
    return notices.count(filter);
  }

  /** By {@link NoticeKey#id}, or by what the publisher calls it, such as {@code tr-26-0155}. */
  public Optional<NoticeRow> find(String id, Principal who) {
    Optional<NoticeKey> key = NoticeKey.read(id);
    return key.isPresent() ? notices.find(key.get(), who.id()) : notices.bySlug(id, who.id());
  }

  public List<NoticeMatch> matches(NoticeKey notice) {
    return matches.of(notice);
  }

  /** Matches of an asset, newest first; rejected ones are left out. */
  public List<NoticeMatch> matchesOfAsset(String key, int limit) {
    return matches.ofAsset(key, Math.clamp(limit, 1, MAX_PAGE));
  }

  /** Installed products that a notice names and that are outside all versions it states. */
  public List<NotAffected> notAffected(NoticeRow notice) {
    return hints.notAffected(notice);
  }

  public List<NoticeTask> tasks(NoticeKey notice) {
    return tasks.of(notice);
  }

  /**
   * Tasks, the most urgent first.
   *
   * @param state null for all
   * @param owner null for all, empty for those of nobody
   */
  public List<NoticeTask> tasks(
      NoticeTask.@Nullable State state, @Nullable String owner, int limit) {
    return tasks.list(state == null ? "" : state.id(), owner, Math.clamp(limit, 1, MAX_PAGE));
  }

  public Optional<NoticeTask> task(String number) {
    return tasks.find(number);
  }

  /** How many tasks are open. */
  public long openTasks() {
    return tasks.open(work.today())[0];
  }

  /** How many open tasks are past their day. */
  public long overdueTasks() {
    return tasks.open(work.today())[1];
  }

  public LocalDate today() {
    return work.today();
  }

  /** Until when a task of this notice should be done, by the most important asset it concerns. */
  public LocalDate suggestedDue(NoticeKey notice) {
    List<NoticeMatch> valid =
        matches.of(notice).stream()
            .filter(m -> m.current() && m.state() != NoticeMatch.State.REJECTED)
            .toList();
    return work.due(valid, assets.inventory());
  }

  public List<HistoryLine> history(NoticeKey notice) {
    return notices.history(notice, MAX_HISTORY);
  }

  /** Notes that the person has seen the present wording. */
  public void seen(Principal who, NoticeKey notice) {
    notices.read(notice, who.id(), work.now());
  }

  /** Compares what is new or changed with the inventory; answers how many notices it compared. */
  int compareSome(ProductIndex index, Inventory inventory, int limit) {
    int compared = comparison.some(index, inventory, limit);
    if (compared > 0) {
      long ignored = revision.incrementAndGet();
    }
    return compared;
  }

  /** Says that an installation is meant; makes its task when there is none. */
  public NoticeChange confirm(Principal who, long match) {
    return onMatch(
        who,
        match,
        found -> {
          if (found.state() == NoticeMatch.State.CONFIRMED) {
            return new NoticeChange.Refused("decided");
          }
          matches.decide(found.id(), NoticeMatch.State.CONFIRMED, work.now(), who.id());
          String task = work.ensure(found, assets.inventory(), who.id());
          return new NoticeChange.Done(found.notice(), task);
        },
        "confirm");
  }

  /** Says that an installation is not meant; a task that stood for nothing else is dropped. */
  public NoticeChange reject(Principal who, long match) {
    return onMatch(
        who,
        match,
        found -> {
          if (found.state() == NoticeMatch.State.REJECTED) {
            return new NoticeChange.Refused("decided");
          }
          matches.decide(found.id(), NoticeMatch.State.REJECTED, work.now(), who.id());
          String task = found.task() == null ? "" : found.task();
          tasks.find(task).ifPresent(t -> work.dropWhenEmpty(t, who.id()));
          return new NoticeChange.Done(found.notice(), task);
        },
        "reject");
  }

  /** Makes a task without a match; the day is suggested when none is given. */
  public NoticeChange createTask(
      Principal who, NoticeKey notice, String owner, @Nullable LocalDate due) {
    String name = owner.strip();
    return act(
        () -> {
          NoticeRow row = notices.find(notice, who.id()).orElse(null);
          if (row == null) {
            return new NoticeChange.Unknown();
          }
          String problem = wrong(name, due);
          if (problem.isEmpty() && tasks.openOf(notice, name).isPresent()) {
            problem = "task-exists";
          }
          if (!problem.isEmpty()) {
            return new NoticeChange.Refused(problem);
          }
          NoticeTask task =
              work.add(notice, name, due == null ? suggestedDue(notice) : due, who.id());
          if (row.tally().closed()) {
            notices.close(row, null, "");
          }
          return new NoticeChange.Done(notice, task.number());
        });
  }

  private String wrong(String owner, @Nullable LocalDate due) {
    if (owner.length() > MAX_OWNER || owner.chars().anyMatch(Character::isISOControl)) {
      return "owner";
    }
    return due != null && due.isBefore(work.today()) ? "past-due" : "";
  }

  /** Gives an open task to somebody, or another day. */
  public NoticeChange changeTask(
      Principal who, String number, @Nullable String owner, @Nullable LocalDate due) {
    return onTask(
        number,
        NoticeTask.State.OPEN,
        task -> {
          String name = owner == null ? task.owner() : owner.strip();
          LocalDate day = due == null ? task.due() : due;
          String problem = wrong(name, day.equals(task.due()) ? null : day);
          if (!problem.isEmpty()) {
            return new NoticeChange.Refused(problem);
          }
          tasks.change(task.id(), name, day);
          work.tell(task.notice(), who.id(), "task-changed", number + " " + name + " " + day);
          audit.record(
              who,
              "notice.task.change",
              Map.of("task", number, "owner", name, "due", day.toString()));
          return new NoticeChange.Done(task.notice(), number);
        });
  }

  /** Ends a task with the measure that was taken; the notice closes with its last task. */
  public NoticeChange closeTask(Principal who, String number, String text) {
    return onTask(
        number,
        NoticeTask.State.OPEN,
        task ->
            switch (measures.record(who, Subject.notice(task.notice().id()), Draft.taken(text))) {
              case MeasureChange.Done done -> {
                work.end(who, task, done.measure().id());
                closeWhenDone(who, task.notice());
                yield new NoticeChange.Done(task.notice(), number);
              }
              case MeasureChange.Refused refused -> new NoticeChange.Refused(refused.code());
              case MeasureChange.Unknown unknown -> new NoticeChange.Unknown();
            });
  }

  /** Opens a task again that was closed too early, and with it the notice; says why. */
  public NoticeChange reopenTask(Principal who, String number, String reason) {
    String why = reason.strip();
    return onTask(
        number,
        NoticeTask.State.CLOSED,
        task -> {
          if (why.isEmpty() || why.length() > NoticeTasks.MAX_REASON) {
            return new NoticeChange.Refused(why.isEmpty() ? "no-reason" : "long-reason");
          }
          if (tasks.openOf(task.notice(), task.owner()).isPresent()) {
            return new NoticeChange.Refused("task-exists");
          }
          work.reopen(who, task, why);
          return new NoticeChange.Done(task.notice(), number);
        });
  }

  private void closeWhenDone(Principal who, NoticeKey key) {
    NoticeRow row = notices.find(key, who.id()).orElseThrow();
    if (row.tally().openTasks() == 0 && row.tally().undecided() == 0) {
      close(who, row);
    }
  }

  private void close(Principal who, NoticeRow row) {
    notices.close(row, work.now(), who.id());
    work.tell(row.key(), who.id(), "closed", "");
    audit.record(who, "notice.close", Map.of("notice", row.key().id()));
  }

  /** Ends a notice and its open tasks with the measure that was taken. */
  public NoticeChange close(Principal who, NoticeKey key, String text) {
    return act(
        () -> {
          NoticeRow row = notices.find(key, who.id()).orElse(null);
          if (row == null) {
            return new NoticeChange.Unknown();
          }
          if (row.tally().closed()) {
            return new NoticeChange.Refused("closed");
          }
          return switch (measures.record(who, Subject.notice(key.id()), Draft.taken(text))) {
            case MeasureChange.Done done -> {
              tasks.of(key).stream()
                  .filter(task -> task.state() == NoticeTask.State.OPEN)
                  .forEach(task -> work.end(who, task, done.measure().id()));
              close(who, row);
              yield new NoticeChange.Done(key, "");
            }
            case MeasureChange.Refused refused -> new NoticeChange.Refused(refused.code());
            case MeasureChange.Unknown unknown -> new NoticeChange.Unknown();
          };
        });
  }

  /** Opens a closed notice again; its tasks stay as they are. */
  public NoticeChange reopen(Principal who, NoticeKey key) {
    return act(
        () -> {
          NoticeRow row = notices.find(key, who.id()).orElse(null);
          if (row == null) {
            return new NoticeChange.Unknown();
          }
          if (!row.tally().closed()) {
            return new NoticeChange.Refused("not-closed");
          }
          notices.close(row, null, "");
          work.tell(key, who.id(), "reopened", "");
          audit.record(who, "notice.reopen", Map.of("notice", key.id()));
          return new NoticeChange.Done(key, "");
        });
  }

  /** An act on something that was found. */
  @FunctionalInterface
  private interface On<T> {
    NoticeChange act(T found);
  }

  private NoticeChange onMatch(Principal who, long id, On<NoticeMatch> act, String verb) {
    return act(
        () -> {
          NoticeMatch match = matches.find(id).orElse(null);
          if (match == null) {
            return new NoticeChange.Unknown();
          }
          NoticeChange change = act.act(match);
          if (change instanceof NoticeChange.Done done) {
            String what = match.asset() + " " + match.product().text();
            work.tell(match.notice(), who.id(), verb, what);
            Map<String, String> details = new LinkedHashMap<>();
            details.put("notice", match.notice().id());
            details.put("asset", match.asset());
            details.put("product", match.product().text());
            details.put("task", done.task());
            audit.record(who, "notice.match." + verb, details);
          }
          return change;
        });
  }

  private NoticeChange onTask(String number, NoticeTask.State needed, On<NoticeTask> act) {
    return act(
        () -> {
          NoticeTask task = tasks.find(number).orElse(null);
          if (task == null) {
            return new NoticeChange.Unknown();
          }
          String wrong = needed == NoticeTask.State.OPEN ? "task-closed" : "task-not-closed";
          return task.state() == needed ? act.act(task) : new NoticeChange.Refused(wrong);
        });
  }

  private NoticeChange act(Database.Work<NoticeChange, RuntimeException> act) {
    NoticeChange change = database.transaction(act);
    if (change instanceof NoticeChange.Done) {
      long ignored = revision.incrementAndGet();
    }
    return change;
  }
}
