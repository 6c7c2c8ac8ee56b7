package tr.emanet.indicator.notice;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tr.emanet.asset.AssetEntry;
import tr.emanet.asset.Criticality;
import tr.emanet.asset.Inventory;
import tr.emanet.asset.Product;
import tr.emanet.audit.AuditLog;
import tr.emanet.event.Principal;

/**
 * What follows from matches: proposals are renewed, and tasks are made for them. Every method runs
 * inside the caller's transaction, and may be repeated without effect.
 */
final class NoticeTasks {

  /** Of older notices nothing is made by itself: the first fetch brings those of many years. */
  private static final Duration RECENT = Duration.ofDays(90);

  /** Longest reason for opening a task again. */
  static final int MAX_REASON = 2000;

  private final NoticeStore notices;
  private final MatchStore matches;
  private final TaskStore tasks;
  private final AuditLog audit;
  private final ZoneId zone;
  private final InstantSource clock;

  NoticeTasks(
      NoticeStore notices,
      MatchStore matches,
      TaskStore tasks,
      AuditLog audit,
      ZoneId zone,
      InstantSource clock) {
    this.notices = notices;
    this.matches = matches;
    this.tasks = tasks;
    this.audit = audit;
    this.zone = zone;
    this.clock = clock;
  }

  /** Which installation a match or finding is about. */
  private record Place(String asset, Product product) {}

  LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), zone);
  }

  Instant now() {
    return Instant.ofEpochMilli(clock.millis());
  }

  void tell(NoticeKey notice, String who, String what, String text) {
    notices.tell(notice, new HistoryLine(now(), who, what, text));
  }

  /** Brings the proposals of a notice up to date, and makes the tasks of those that are sure. */
  void renew(NoticeRow notice, List<Finding> findings, Inventory inventory) {
    NoticeKey key = notice.key();
    Set<Place> found = new HashSet<>();
    findings.forEach(f -> found.add(new Place(f.asset().key(), f.product())));
    Set<Place> known = new HashSet<>();
    for (NoticeMatch match : matches.of(key)) {
      Place place = new Place(match.asset(), match.product());
      known.add(place);
      if (match.current() && !found.contains(place)) {
        matches.outOfForce(match);
        if (match.task() != null) {
          tell(key, NoticeDesk.SELF, "gone", match.asset() + " " + match.product().text());
        }
      }
    }
    findings.forEach(finding -> matches.propose(key, finding, now()));
    boolean fresh = !known.containsAll(found);
    if (recent(notice)) {
      sure(key, inventory);
    }
    if (fresh && notice.tally().closed()) {
      notices.close(notice, null, "");
      tell(key, NoticeDesk.SELF, "reopened", "");
    }
  }

  private boolean recent(NoticeRow notice) {
    Instant published = notice.publishedAt();
    return published == null || published.isAfter(now().minus(RECENT));
  }

  /** One task for each owner of assets that surely are affected. */
  private void sure(NoticeKey notice, Inventory inventory) {
    Map<String, List<NoticeMatch>> byOwner = new TreeMap<>();
    for (NoticeMatch match : matches.of(notice)) {
      if (match.current()
          && match.confidence() == Confidence.HIGH
          && match.state() == NoticeMatch.State.PROPOSED
          && match.task() == null) {
        byOwner.computeIfAbsent(owner(inventory, match), key -> new ArrayList<>()).add(match);
      }
    }
    byOwner.forEach((owner, group) -> ensure(notice, owner, group, inventory, NoticeDesk.SELF));
  }

  private static String owner(Inventory inventory, NoticeMatch match) {
    return inventory.find(match.asset()).map(AssetEntry::owner).orElse("");
  }

  /** The task of one match, made when there is none yet. */
  String ensure(NoticeMatch match, Inventory inventory, String who) {
    return match.task() != null
        ? match.task()
        : ensure(match.notice(), owner(inventory, match), List.of(match), inventory, who);
  }

  private String ensure(
      NoticeKey notice, String owner, List<NoticeMatch> group, Inventory inventory, String who) {
    Optional<NoticeTask> open = tasks.openOf(notice, owner);
    NoticeTask task =
        open.isPresent() ? open.get() : add(notice, owner, due(group, inventory), who);
    group.forEach(match -> matches.attach(match.id(), task.id()));
    return task.number();
  }

  NoticeTask add(NoticeKey notice, String owner, LocalDate due, String who) {
    NoticeTask task = tasks.add(notice, owner, due, now(), today().getYear(), who);
    tell(notice, who, "task", task.number());
    audit.record(
        who,
        "notice.task.create",
        Map.of(
            "notice", notice.id(), "task", task.number(), "owner", owner, "due", due.toString()));
    return task;
  }

  /** Drops an open task of which every match was rejected. */
  void dropWhenEmpty(NoticeTask task, String who) {
    boolean empty =
        matches.ofTask(task.id()).stream()
            .allMatch(match -> match.state() == NoticeMatch.State.REJECTED);
    if (empty && task.state() == NoticeTask.State.OPEN) {
      tasks.end(task.id(), NoticeTask.State.DROPPED, now(), who, null);
      tell(task.notice(), who, "task-dropped", task.number());
      audit.record(
          who, "notice.task.drop", Map.of("notice", task.notice().id(), "task", task.number()));
    }
  }

  /** Ends a task with its measure. */
  void end(Principal who, NoticeTask task, long measure) {
    tasks.end(task.id(), NoticeTask.State.CLOSED, now(), who.id(), measure);
    // Who acts upon a proposal has judged it.
    matches.ofTask(task.id()).stream()
        .filter(m -> m.state() == NoticeMatch.State.PROPOSED)
        .forEach(m -> matches.decide(m.id(), NoticeMatch.State.CONFIRMED, now(), who.id()));
    tell(task.notice(), who.id(), "task-closed", task.number());
    audit.record(
        who,
        "notice.task.close",
        Map.of(
            "notice",
            task.notice().id(),
            "task",
            task.number(),
            "measure",
            Long.toString(measure)));
  }

  /** Opens a task and its notice again; the measures stay on record. */
  void reopen(Principal who, NoticeTask task, String reason) {
    tasks.end(task.id(), NoticeTask.State.OPEN, null, "", null);
    tell(task.notice(), who.id(), "task-reopened", task.number() + " " + reason);
    audit.record(
        who,
        "notice.task.reopen",
        Map.of("notice", task.notice().id(), "task", task.number(), "reason", reason));
    notices
        .find(task.notice(), who.id())
        .filter(row -> row.tally().closed())
        .ifPresent(row -> notices.close(row, null, ""));
  }

  /** By the most important asset; two weeks when nothing is known. */
  LocalDate due(List<NoticeMatch> of, Inventory inventory) {
    Criticality most =
        of.stream()
            .map(match -> inventory.find(match.asset()))
            .flatMap(Optional::stream)
            .map(AssetEntry::criticality)
            .max(Comparator.naturalOrder())
            .orElse(Criticality.MEDIUM);
    return today().plusDays(most.days());
  }
}
