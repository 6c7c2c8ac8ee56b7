package tr.emanet.indicator.notice.http;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tr.emanet.alert.measure.Measure;
import tr.emanet.alert.measure.Measures;
import tr.emanet.alert.measure.Subject;
import tr.emanet.event.Principal;
import tr.emanet.event.Role;
import tr.emanet.indicator.notice.Confidence;
import tr.emanet.indicator.notice.HistoryLine;
import tr.emanet.indicator.notice.NotAffected;
import tr.emanet.indicator.notice.NoticeDesk;
import tr.emanet.indicator.notice.NoticeMatch;
import tr.emanet.indicator.notice.NoticeRow;
import tr.emanet.indicator.notice.NoticeTask;
import tr.emanet.web.Texts;
import tr.emanet.web.Urls;
import tr.emanet.web.Visible;

/** The opened notice for one reader. */
record NoticePanel(
    NoticeDesk desk, Measures measures, Map<String, String> people, Principal who, Texts texts) {

  private static final int MATCHES = 100;
  private static final int CVES = 60;

  /** Installations outside the stated versions that a sentence names. */
  private static final int NAMED = 3;

  NoticeViews.Panel of(
      NoticeRow row, List<NoticeRow> list, NoticesState state, @Nullable String problem) {
    int at = list.stream().map(NoticeRow::key).toList().indexOf(row.key());
    List<NoticeMatch> matches = desk.matches(row.key());
    boolean acts = who.has(Role.ANALYST);
    return new NoticeViews.Panel(
        new NoticeList(desk, who, texts).row(row, state),
        NoticeList.number(row),
        texts.get("notice.kind." + row.key().kind()),
        texts.get(row.tally().closed() ? "notice.state.closed" : "notice.state.open"),
        row.tally().closed(),
        !row.active(),
        sentence(row, matches),
        at > 0 ? state.withOpen(list.get(at - 1).key().id()).url() : "",
        at >= 0 && at + 1 < list.size() ? state.withOpen(list.get(at + 1).key().id()).url() : "",
        state.withOpen("").url(),
        matches.stream().limit(MATCHES).map(this::match).toList(),
        matches.size() > MATCHES ? MATCHES : 0,
        desk.tasks(row.key()).stream().map(this::task).toList(),
        row.cves().stream().limit(CVES).map(NoticePanel::cve).toList(),
        HostileText.lines(row.text()),
        row.text().length() > HostileText.MAX_SHOWN,
        HostileText.isAddress(row.link()) ? row.link() : "",
        measures.of(Subject.notice(row.key().id())).stream().map(this::measure).toList(),
        desk.history(row.key()).stream().map(this::told).toList(),
        people,
        desk.suggestedDue(row.key()).toString(),
        desk.today().toString(),
        acts,
        problem);
  }

  private String sentence(NoticeRow row, List<NoticeMatch> matches) {
    String told = matched(row, matches);
    List<NotAffected> checked = desk.notAffected(row);
    if (checked.isEmpty()) {
      return told;
    }
    String some =
        checked.stream()
            .limit(NAMED)
            .map(one -> Visible.plain(one.assetName() + ": " + one.product().text()))
            .collect(Collectors.joining(", "));
    String outside =
        texts.count(
            "notice.sentence.outside",
            checked.size(),
            checked.size() > NAMED ? some + " …" : some,
            Visible.plain(checked.getFirst().quote()));
    return told.isEmpty() ? outside : told + " " + outside;
  }

  /** Nothing when no installed product is meant, but some were checked. */
  private String matched(NoticeRow row, List<NoticeMatch> matches) {
    Instant closed = row.tally().closedAt();
    if (closed != null) {
      return texts.get("notice.sentence.closed", texts.formats().dateTime(closed));
    }
    if (row.tally().matches() > 0) {
      return texts.count("notice.sentence.matched", row.tally().matches(), row.tally().undecided());
    }
    if (!matches.isEmpty()) {
      return texts.get("notice.sentence.rejected");
    }
    return desk.notAffected(row).isEmpty() ? texts.get("notice.sentence.none") : "";
  }

  private static NoticeViews.Cve cve(String id) {
    return new NoticeViews.Cve(id, Urls.path("/hunt").with("value", id).toString());
  }

  private NoticeViews.Match match(NoticeMatch match) {
    String confidence = match.confidence().id();
    return new NoticeViews.Match(
        match.id(),
        Visible.plain(match.assetName()),
        match.asset(),
        Urls.path("/assets").with("open", match.asset()).toString(),
        Visible.plain(match.product().text()),
        texts.get("notice.confidence." + confidence),
        match.confidence() == Confidence.HIGH
            ? "accent"
            : match.confidence() == Confidence.MEDIUM ? "medium" : "",
        new NoticeWords(texts).why(match),
        decided(match),
        match.state() == NoticeMatch.State.PROPOSED && match.current(),
        match.current(),
        match.task() == null ? "" : match.task());
  }

  private String decided(NoticeMatch match) {
    return switch (match.state()) {
      case PROPOSED -> match.task() == null ? "" : texts.get("notice.match.auto");
      case CONFIRMED -> texts.get("notice.match.confirmed", name(match.decidedBy()));
      case REJECTED -> texts.get("notice.match.rejected", name(match.decidedBy()));
    };
  }

  private NoticeViews.Task task(NoticeTask task) {
    return new NoticeViews.Task(
        task.number(),
        task.owner(),
        Visible.plain(
            task.owner().isEmpty() ? texts.get("notice.task.owner.nobody") : name(task.owner())),
        NoticeList.day(task.due(), texts),
        task.due().toString(),
        texts.get("notice.task.state." + task.state().id()),
        task.state() == NoticeTask.State.OPEN,
        task.state() == NoticeTask.State.CLOSED,
        task.overdue(desk.today()));
  }

  private String name(String id) {
    return id.equals(NoticeDesk.SELF)
        ? texts.get("notice.self")
        : Visible.plain(people.getOrDefault(id, id));
  }

  private NoticeViews.Told measure(Measure measure) {
    return new NoticeViews.Told(
        texts.formats().shortMoment(measure.at()),
        measure.at().toString(),
        name(measure.by()),
        "",
        Visible.pieces(measure.text()));
  }

  private NoticeViews.Told told(HistoryLine line) {
    return new NoticeViews.Told(
        texts.formats().shortMoment(line.at()),
        line.at().toString(),
        name(line.who()),
        texts.get("notice.told." + line.what()),
        Visible.pieces(line.text()));
  }
}
