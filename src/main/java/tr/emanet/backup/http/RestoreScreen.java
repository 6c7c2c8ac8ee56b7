package tr.emanet.backup.http;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.plan.KeptSnapshot;
import tr.emanet.backup.recover.RestoreDesk;
import tr.emanet.backup.recover.RestoreOrder;
import tr.emanet.backup.recover.RestoreRecord;
import tr.emanet.backup.recover.RestoreState;
import tr.emanet.backup.recover.SnapshotDesk;
import tr.emanet.event.Principal;
import tr.emanet.event.Role;
import tr.emanet.web.Formats;
import tr.emanet.web.Shell;

/** Makes what the pages of restores show: the steps, the sum-up, the persons. One request. */
final class RestoreScreen {

  static final String HOME = "/backups/restores";
  private static final int SNAPSHOTS = 12;

  /** The report is signed within this time. */
  private static final Duration REPORTED = Duration.ofMinutes(2);

  private final RestoreDesk desk;
  private final SnapshotDesk snapshots;
  private final RestoreRecord records;
  private final Shell shell;
  private final Formats formats;
  private final @Nullable Principal who;

  RestoreScreen(RestoreDesk desk, SnapshotDesk snapshots, RestoreRecord records, Shell shell) {
    this.desk = desk;
    this.snapshots = snapshots;
    this.records = records;
    this.shell = shell;
    this.formats = shell.formats();
    this.who = shell.person().map(p -> p.person()).orElse(null);
  }

  private String t(String key, @Nullable Object... arguments) {
    return shell.t("restore." + key, arguments);
  }

  private boolean has(Role role) {
    Principal person = who;
    return person != null && person.has(role);
  }

  boolean acts() {
    return has(Role.BACKUP_OPERATOR) || has(Role.ADMINISTRATOR);
  }

  /** All requests, and the newest snapshots to begin with. */
  RestoreViews.ListPage list(String problem) {
    SnapshotsScreen rows = new SnapshotsScreen(snapshots, shell);
    return new RestoreViews.ListPage(
        desk.newest().stream().map(this::row).toList(),
        snapshots.list(0).stream().limit(SNAPSHOTS).map(rows::row).toList(),
        acts(),
        problem);
  }

  static String number(RestoreOrder order) {
    return "G-" + String.format(java.util.Locale.ROOT, "%04d", order.id());
  }

  private String snapshot(RestoreOrder order) {
    RestoreOrder.Plan plan = order.plan();
    return KeptSnapshot.label(plan.number(), plan.snapshot(), formats.number(plan.number()));
  }

  private static String url(RestoreOrder order) {
    return HOME + "/" + order.id();
  }

  private RestoreViews.Row row(RestoreOrder order) {
    boolean runs = order.state() == RestoreState.RUNNING;
    return new RestoreViews.Row(
        number(order),
        url(order),
        order.plan().job() + ", " + snapshot(order),
        target(order),
        icon(order.state()),
        tone(order.state()),
        t("state." + order.state().id())
            + (runs ? " " + formats.percent(order.percent() / 100.0) : ""),
        formats.dateTime(order.createdAt()),
        order.by(),
        runs || order.state() == RestoreState.QUEUED || order.state() == RestoreState.PREVIEWING);
  }

  private String target(RestoreOrder order) {
    return order.plan().original()
        ? t("target.original")
        : order.plan().target().isEmpty() ? t("target.none") : order.plan().target();
  }

  private static String icon(RestoreState state) {
    return switch (state) {
      case DRAFT, PREVIEWED, EXPIRED, STOPPED, REFUSED -> "health-unknown";
      case PREVIEWING, QUEUED, RUNNING -> "running";
      case ASKED, PAUSED -> "health-attention";
      case DONE -> "health-ok";
      case FAILED -> "health-broken";
    };
  }

  private static String tone(RestoreState state) {
    return switch (state) {
      case DRAFT, PREVIEWED, EXPIRED, STOPPED, REFUSED -> "unknown";
      case PREVIEWING, QUEUED, RUNNING -> "running";
      case ASKED, PAUSED -> "attention";
      case DONE -> "ok";
      case FAILED -> "broken";
    };
  }

  /** One request, with what this person may do. */
  RestoreViews.Page page(RestoreOrder order, int from, String problem) {
    RestoreMiddle middle = new RestoreMiddle(desk, records, shell, order, acts());
    RestoreState state = order.state();
    return new RestoreViews.Page(
        t("title", number(order), order.plan().job()),
        url(order),
        t("state." + state.id()),
        tone(state),
        order.course().begunAt() == null
            ? t("since.made", formats.dateTime(order.createdAt()), order.by())
            : t("since.begun", formats.dateTime(order.course().begunAt())),
        moves(order),
        steps(order),
        facts(order),
        people(order),
        problem.isEmpty() ? middle.problem() : problem,
        state.open() && acts() && state != RestoreState.PREVIEWING ? middle.aim() : null,
        middle.preview(from),
        middle.ask(),
        middle.approvals(who),
        middle.running(),
        middle.result(),
        acts() && !state.ended());
  }

  /** Whether the page changes by itself: work, an answer or the signed report is on its way. */
  private boolean moves(RestoreOrder order) {
    Instant ended = order.course().endedAt();
    return switch (order.state()) {
      case PREVIEWING, ASKED, QUEUED, RUNNING -> true;
      case DRAFT, PREVIEWED, PAUSED, REFUSED, EXPIRED -> false;
      case DONE, FAILED, STOPPED ->
          order.counts() != null
              && ended != null
              && shell.now().isBefore(ended.plus(REPORTED))
              && !records.exists(order.id());
    };
  }

  private List<RestoreViews.Step> steps(RestoreOrder order) {
    RestoreState state = order.state();
    RestoreOrder.Forecast seen = order.forecast();
    boolean begun = order.course().begunAt() != null;
    boolean done = state == RestoreState.DONE;
    Map<RestoreState, Integer> at = new EnumMap<>(RestoreState.class);
    at.put(RestoreState.DRAFT, 2);
    at.put(RestoreState.PREVIEWING, 3);
    at.put(RestoreState.PREVIEWED, 4);
    at.put(RestoreState.ASKED, 4);
    at.put(RestoreState.QUEUED, 5);
    at.put(RestoreState.RUNNING, 5);
    at.put(RestoreState.PAUSED, 5);
    at.put(RestoreState.DONE, 7);
    int now = at.getOrDefault(state, begun ? 5 : seen == null ? 2 : 4);
    String[] says = {
      snapshot(order) + snapshotSays(order),
      order.plan().selection().size() == 1
          ? order.plan().selection().getFirst()
          : t("scope.many", order.plan().selection().size()),
      target(order),
      seen == null
          ? ""
          : seen.overwritten() > 0
              ? t("step.overwrites", seen.overwritten())
              : t("step.files", seen.files(), formats.bytes(seen.bytes())),
      approvalSays(order),
      begun || state == RestoreState.QUEUED
          ? formats.percent(order.percent() / 100.0) + ", " + t("state." + state.id())
          : "",
      done || order.counts() != null ? t("step.report") : t("step.later"),
    };
    String[] names = {"snapshot", "scope", "target", "preview", "approval", "restore", "proof"};
    List<RestoreViews.Step> steps = new ArrayList<>();
    for (int i = 0; i < names.length; i++) {
      String mark = i < now ? "done" : i == now ? state.ended() && !done ? "bad" : "now" : "next";
      steps.add(new RestoreViews.Step(t("step." + names[i]), says[i], mark));
    }
    return steps;
  }

  private String snapshotSays(RestoreOrder order) {
    return snapshots
        .find(order.plan().number())
        .map(item -> ", " + formats.dateTime(item.kept().run().startedAt()))
        .orElse("");
  }

  private String approvalSays(RestoreOrder order) {
    RestoreOrder.Forecast seen = order.forecast();
    if (seen == null) {
      return "";
    }
    if (order.needs().isEmpty()) {
      return t("approval.none");
    }
    return order.waits().isEmpty()
        ? t("approval.given")
        : t("approval.waits", order.waits().size());
  }

  private List<RestoreViews.Line> facts(RestoreOrder order) {
    List<RestoreViews.Line> facts = new ArrayList<>();
    Optional<SnapshotDesk.Item> item = snapshots.find(order.plan().number());
    String hint =
        item.filter(SnapshotDesk.Item::beforeAttack)
            .map(i -> ", " + shell.t("snapshot.before-attack"))
            .orElse("");
    facts.add(new RestoreViews.Line(t("fact.snapshot"), snapshot(order) + hint, "", ""));
    if (item.isPresent()) {
      SnapshotsScreen screen = new SnapshotsScreen(snapshots, shell);
      SnapshotViews.Fact seal = screen.seal(item.get().kept());
      facts.add(new RestoreViews.Line(seal.label(), seal.value(), seal.icon(), seal.tone()));
    } else {
      facts.add(
          new RestoreViews.Line(t("fact.gone"), t("fact.gone.says"), "health-broken", "broken"));
    }
    facts.add(new RestoreViews.Line(t("fact.target"), target(order), "", ""));
    RestoreOrder.Forecast seen = order.forecast();
    if (seen != null) {
      boolean red = seen.overwritten() > 0;
      facts.add(
          new RestoreViews.Line(
              t("fact.overwrites"),
              red ? t("overwrites", seen.overwritten()) : t("overwrites.none"),
              red ? "health-attention" : "",
              red ? "broken" : ""));
      facts.add(new RestoreViews.Line(t("fact.kept"), t("fact.files", seen.kept()), "", ""));
      if (seen.special() > 0) {
        facts.add(
            new RestoreViews.Line(
                t("fact.special"),
                t(order.plan().special() ? "special.with" : "special.without", seen.special()),
                "",
                ""));
      }
    }
    facts.add(new RestoreViews.Line(t("fact.owners"), t("owners"), "", ""));
    return facts;
  }

  private List<RestoreViews.Person> people(RestoreOrder order) {
    List<RestoreViews.Person> people = new ArrayList<>();
    RestoreOrder.Asked asked = order.asked();
    if (asked != null) {
      people.add(
          new RestoreViews.Person(
              initials(asked.by()),
              asked.by(),
              asked.why().isEmpty() ? t("person.asked") : t("person.asked.why", asked.why()),
              formats.minute(asked.at()),
              true));
    }
    for (RestoreOrder.Approval one : order.approvals()) {
      people.add(
          new RestoreViews.Person(
              initials(one.by()),
              one.by(),
              t("person.approved." + one.kind().id()),
              formats.minute(one.at()),
              true));
    }
    if (order.state() == RestoreState.ASKED) {
      for (RestoreOrder.Kind kind : order.waits()) {
        people.add(
            new RestoreViews.Person(
                "2",
                t("person.another"),
                t(
                    "person.waits." + kind.id(),
                    formats.shortMoment(
                        Objects.requireNonNull(asked).at().plus(RestoreDesk.ANSWER))),
                "",
                false));
      }
    }
    return people;
  }

  private String initials(String name) {
    String first = name.substring(0, Math.min(2, name.length()));
    return first.toUpperCase(shell.language().locale());
  }
}
