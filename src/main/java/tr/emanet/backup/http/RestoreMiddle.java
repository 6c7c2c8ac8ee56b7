package tr.emanet.backup.http;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.recover.RestoreDesk;
import tr.emanet.backup.recover.RestoreOrder;
import tr.emanet.backup.recover.RestoreRecord;
import tr.emanet.backup.recover.RestoreState;
import tr.emanet.backup.recover.RestoreStore;
import tr.emanet.backup.restore.RestorePreview;
import tr.emanet.backup.restore.RestoreReport;
import tr.emanet.event.Principal;
import tr.emanet.event.Role;
import tr.emanet.web.Formats;
import tr.emanet.web.Shell;

/** The middle of the page of a restore: target, preview, question, progress, result. */
final class RestoreMiddle {

  private static final int LISTED = 100;

  private final RestoreDesk desk;
  private final RestoreRecord records;
  private final Shell shell;
  private final Formats formats;
  private final RestoreOrder order;
  private final boolean acts;

  RestoreMiddle(
      RestoreDesk desk, RestoreRecord records, Shell shell, RestoreOrder order, boolean acts) {
    this.desk = desk;
    this.records = records;
    this.shell = shell;
    this.formats = shell.formats();
    this.order = order;
    this.acts = acts;
  }

  private String t(String key, @Nullable Object... arguments) {
    return shell.t("restore." + key, arguments);
  }

  /** What stands in the way, as a sentence. */
  String problem() {
    String problem = order.problem();
    if (problem.isEmpty()) {
      return "";
    }
    if (order.state() == RestoreState.REFUSED) {
      return t("refused.because", problem);
    }
    boolean rests = order.state() == RestoreState.PAUSED;
    String key = (rests ? "restore.paused." : "restore.refused.") + problem;
    return shell.texts().has(key) ? shell.t(key) : t("failed", problem);
  }

  RestoreViews.Aim aim() {
    RestoreOrder.Plan plan = order.plan();
    String target =
        plan.target().isEmpty()
            ? desk.roots().own().resolve("G-" + order.id()).toString()
            : plan.target();
    return new RestoreViews.Aim(
        plan.original(),
        target,
        plan.overwrite().id(),
        plan.special(),
        desk.roots().all().stream().map(Object::toString).toList(),
        order.state() == RestoreState.DRAFT);
  }

  RestoreViews.@Nullable Preview preview(int from) {
    RestoreOrder.Forecast seen = order.forecast();
    if (seen == null || order.state().underWay() || order.state() == RestoreState.PREVIEWING) {
      return null;
    }
    RestoreStore.Lists lists = desk.lists(order.id());
    List<RestorePreview.Overwrite> all = lists.overwrites();
    int start = Math.clamp(from, 0, all.size());
    int end = Math.min(all.size(), start + LISTED);
    String url = RestoreScreen.HOME + "/" + order.id() + "?from=";
    return new RestoreViews.Preview(
        List.of(
            figure("files", formats.number(seen.files())),
            figure("bytes", formats.bytes(seen.bytes())),
            figure("fresh", formats.number(seen.fresh())),
            figure("equal", formats.number(seen.equal())),
            figure("kept", formats.number(seen.kept())),
            figure("overwritten", formats.number(seen.overwritten())),
            figure("obstacles", formats.number(seen.obstacles()))),
        seen.free() < 0
            ? t("space.unknown")
            : t(
                seen.tooLarge() ? "space.short" : "space.fits",
                formats.bytes(seen.needed()),
                formats.bytes(seen.free())),
        seen.tooLarge(),
        (seen.overwritten() == 0
                ? t("overwrites.none")
                : t("overwrites.list", seen.overwritten(), Math.min(start + 1, all.size()), end))
            + (seen.equal() == 0 ? "" : " " + t("compared", seen.equal())),
        all.subList(start, end).stream().map(this::overwrite).toList(),
        start == 0 ? "" : url + Math.max(0, start - LISTED),
        end >= all.size() ? "" : url + end,
        lists.obstacles().stream()
            .limit(LISTED)
            .map(one -> new RestoreViews.Entry(one.path(), one.why()))
            .toList(),
        seen.digest());
  }

  private RestoreViews.Figure figure(String key, String value) {
    return new RestoreViews.Figure(t("figure." + key), value);
  }

  private RestoreViews.Entry overwrite(RestorePreview.Overwrite one) {
    return new RestoreViews.Entry(
        one.path(),
        t(
            "overwrite.line",
            formats.bytes(one.size()),
            formats.dateTime(one.modified()),
            formats.bytes(one.newSize()),
            formats.dateTime(one.newModified())));
  }

  RestoreViews.@Nullable Ask ask() {
    RestoreOrder.Forecast seen = order.forecast();
    if (order.state() != RestoreState.PREVIEWED || seen == null) {
      return null;
    }
    boolean alone = order.needs().isEmpty();
    return new RestoreViews.Ask(
        acts, !alone, seen.tooLarge(), t(alone ? "ask.alone" : "ask.second"));
  }

  List<RestoreViews.Approve> approvals(@Nullable Principal who) {
    RestoreOrder.Asked asked = order.asked();
    if (who == null
        || asked == null
        || order.state() != RestoreState.ASKED
        || !who.has(Role.ADMINISTRATOR)
        || asked.by().equals(who.id())) {
      return List.of();
    }
    RestoreOrder.Forecast seen = Objects.requireNonNull(order.forecast());
    return order.waits().stream()
        .map(
            kind ->
                new RestoreViews.Approve(
                    kind.id(), t("approve." + kind.id()), approves(kind, seen)))
        .toList();
  }

  private String approves(RestoreOrder.Kind kind, RestoreOrder.Forecast seen) {
    return switch (kind) {
      case SPECIAL -> t("approve.special.says", seen.special());
      case OVERWRITE ->
          t("approve.overwrite.says", seen.overwritten())
              + (seen.equal() == 0 ? "" : " " + t("compared", seen.equal()));
    };
  }

  RestoreViews.@Nullable Running running() {
    RestoreOrder.Forecast seen = order.forecast();
    if (!order.state().underWay() || seen == null) {
      return null;
    }
    RestoreCurve curve = new RestoreCurve(desk.samples(order.id()));
    RestoreOrder.Course course = order.course();
    boolean runs = order.state() == RestoreState.RUNNING;
    Duration left = runs ? curve.left(seen.bytes()) : null;
    Instant now = shell.now();
    Instant end = left == null ? now : now.plus(left);
    String points = curve.points(end.isAfter(now) ? end : now);
    Instant begun = course.begunAt();
    return new RestoreViews.Running(
        formats.percent(order.percent() / 100.0),
        order.percent(),
        switch (order.state()) {
          case PAUSED -> t("left.paused");
          case QUEUED ->
              desk.waiting(order).map(wait -> LockWords.of(wait, shell)).orElse(t("left.queued"));
          default ->
              left == null ? t("left.unknown") : t("left", formats.span(left), formats.minute(end));
        },
        List.of(
            new RestoreViews.Figure(
                t("figure.data"),
                formats.bytes(course.bytes()) + " / " + formats.bytes(seen.bytes())),
            new RestoreViews.Figure(
                t("figure.files"),
                formats.number(course.files())
                    + " / "
                    + formats.number(Math.max(course.files(), seen.files() - seen.kept()))),
            new RestoreViews.Figure(
                t("figure.rate"), runs ? t("rate", formats.bytes(Math.round(curve.rate()))) : "–"),
            new RestoreViews.Figure(t("figure.verified"), t("verified", course.files()))),
        course.current(),
        points,
        RestoreCurve.area(points),
        t("rate", formats.bytes(Math.round(curve.top()))),
        begun == null ? "" : formats.minute(begun),
        t("curve.now", formats.minute(now)),
        left == null ? "" : t("curve.end", formats.minute(end)),
        t(
            "curve.summary",
            formats.bytes(Math.round(curve.rate())),
            formats.bytes(Math.round(curve.top()))),
        acts && runs,
        acts && order.state() == RestoreState.PAUSED,
        order.state() != RestoreState.PAUSED);
  }

  RestoreViews.@Nullable Result result() {
    if (!order.state().ended()) {
      return null;
    }
    RestoreReport.Counts c = order.counts();
    List<RestoreViews.Figure> figures = new ArrayList<>();
    if (c != null) {
      figures.add(figure("written", formats.number(c.written() + c.resumed())));
      figures.add(figure("overwritten", formats.number(c.overwritten())));
      figures.add(figure("same", formats.number(c.equal())));
      figures.add(figure("kept", formats.number(c.kept())));
      figures.add(figure("blobs", formats.number(c.verified())));
      figures.add(figure("failed", formats.number(c.failed())));
      figures.add(figure("left", formats.number(c.leftOut())));
    }
    List<RestoreViews.Download> files = new ArrayList<>();
    if (records.exists(order.id())) {
      for (String file : RestoreRecord.FILES) {
        files.add(
            new RestoreViews.Download(
                file, RestoreScreen.HOME + "/" + order.id() + "/report/" + file));
      }
    }
    boolean done = order.state() == RestoreState.DONE;
    long kept = done && c != null ? c.kept() : 0;
    return new RestoreViews.Result(
        done && kept == 0 ? "health-ok" : "health-attention",
        done && kept == 0 ? "ok" : "attention",
        kept == 0 ? t("result." + order.state().id()) : t("result.kept", kept),
        figures,
        files);
  }
}
