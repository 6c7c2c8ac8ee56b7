package tr.emanet.indicator.notice.http;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tr.emanet.event.Principal;
import tr.emanet.indicator.notice.NoticeDesk;
import tr.emanet.indicator.notice.NoticeRow;
import tr.emanet.indicator.notice.NoticeTask;
import tr.emanet.web.Texts;
import tr.emanet.web.Visible;

/** The list of notices for one reader. */
record NoticeList(NoticeDesk desk, Principal who, Texts texts) {

  static final int ROWS = 300;
  private static final int CVES = 3;

  List<NoticeRow> found(NoticesState state) {
    return desk.list(state.filter(), who, null, ROWS + 1);
  }

  NoticeViews.Listing listing(NoticesState state, List<NoticeRow> found) {
    long revision = desk.revision();
    List<NoticeRow> shown = found.size() > ROWS ? found.subList(0, ROWS) : found;
    List<NoticeViews.Tab> tabs =
        NoticesState.TABS.stream()
            .map(
                tab ->
                    new NoticeViews.Tab(
                        texts.get("notice.tab." + tab),
                        texts
                            .formats()
                            .number(desk.count(state.withTab(tab).withText("").filter())),
                        state.withTab(tab).url(),
                        tab.equals(state.tab())))
            .toList();
    return new NoticeViews.Listing(
        tabs,
        shown.stream().map(row -> row(row, state)).toList(),
        tasks(),
        texts.count("notice.total", desk.count(state.filter())),
        found.size() > ROWS,
        state.withOpen("").url(),
        revision);
  }

  private String tasks() {
    long open = desk.openTasks();
    long overdue = desk.overdueTasks();
    return open == 0
        ? texts.get("notice.tasks.none")
        : overdue > 0
            ? texts.get("notice.tasks.overdue", open, overdue)
            : texts.count("notice.tasks.open", open);
  }

  NoticeViews.Row row(NoticeRow row, NoticesState state) {
    NoticeTask first = firstOpen(row);
    boolean overdue = first != null && first.overdue(desk.today());
    Instant published = row.publishedAt();
    return new NoticeViews.Row(
        row.key().id(),
        state.withOpen(row.key().id()).url(),
        row.language().equals("en") ? "en" : "tr",
        Visible.pieces(row.title().isBlank() ? row.slug() : row.title()),
        Visible.pieces(line(row)),
        row.tally().openTasks() > 0 ? "high" : row.tally().undecided() > 0 ? "medium" : "",
        what(row),
        first == null
            ? ""
            : texts.get(overdue ? "notice.row.overdue" : "notice.row.due", day(first.due(), texts)),
        overdue,
        published == null ? texts.get("notice.undated") : texts.formats().date(published),
        published == null ? "" : published.toString(),
        row.tally().unread(),
        row.key().id().equals(state.open()));
  }

  private @org.jspecify.annotations.Nullable NoticeTask firstOpen(NoticeRow row) {
    return row.tally().openTasks() == 0
        ? null
        : desk.tasks(row.key()).stream()
            .filter(task -> task.state() == NoticeTask.State.OPEN)
            .min(java.util.Comparator.comparing(NoticeTask::due))
            .orElse(null);
  }

  private String what(NoticeRow row) {
    if (row.tally().undecided() > 0 && row.tally().openTasks() == 0) {
      return texts.count("notice.row.undecided", row.tally().undecided());
    }
    return row.tally().matches() > 0
        ? texts.count("notice.row.matches", row.tally().matches())
        : row.tally().openTasks() > 0
            ? texts.count("notice.tasks.open", row.tally().openTasks())
            : texts.get("notice.row.none");
  }

  private String line(NoticeRow row) {
    List<String> parts = new ArrayList<>();
    parts.add(number(row));
    if (row.key().kind().equals("announcement")) {
      parts.add(texts.get("notice.kind.announcement"));
    }
    if (!row.active()) {
      parts.add(texts.get("notice.withdrawn"));
    }
    row.cves().stream().limit(CVES).forEach(parts::add);
    if (row.cves().size() > CVES) {
      parts.add("+" + (row.cves().size() - CVES));
    }
    return String.join(" · ", parts);
  }

  /** What people call it: {@code TR-26-0155}. */
  static String number(NoticeRow row) {
    return row.slug().isBlank() ? row.key().id() : row.slug().toUpperCase(Locale.ROOT);
  }

  static String day(LocalDate day, Texts texts) {
    ZoneId zone = texts.formats().zone();
    return texts.formats().date(day.atStartOfDay(zone).toInstant());
  }
}
