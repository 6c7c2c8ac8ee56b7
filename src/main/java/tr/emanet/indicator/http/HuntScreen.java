package tr.emanet.indicator.http;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tr.emanet.event.Principal;
import tr.emanet.indicator.http.HuntViews.Line;
import tr.emanet.indicator.http.HuntViews.Opened;
import tr.emanet.indicator.http.HuntViews.Row;
import tr.emanet.indicator.http.HuntViews.Scan;
import tr.emanet.indicator.hunt.Finding;
import tr.emanet.indicator.hunt.Hunt;
import tr.emanet.indicator.hunt.Hunts;
import tr.emanet.indicator.value.CanonicalValue;
import tr.emanet.job.Job;
import tr.emanet.job.JobState;
import tr.emanet.search.Masking;
import tr.emanet.web.Texts;
import tr.emanet.web.Urls;
import tr.emanet.web.Visible;

/** Hunts for one reader: values and events masked for those who may not read them. */
final class HuntScreen {

  private static final int HUNTS = 20;
  private static final int SCANS = 5;
  private static final int LINES = 500;
  private static final int VALUES = 50;
  private static final Duration AROUND = Duration.ofMinutes(1);

  private final Hunts hunts;
  private final Principal who;
  private final Masking masking;
  private final Texts texts;
  private final Instant now;

  HuntScreen(Hunts hunts, Principal who, Masking masking, Texts texts, Instant now) {
    this.hunts = hunts;
    this.who = who;
    this.masking = masking;
    this.texts = texts;
    this.now = now;
  }

  private List<Visible.Piece> shown(String field, String value) {
    return Shown.pieces(who.readsUnmasked() ? value : masking.shown(field, value, List.of()));
  }

  /** The newest hunts of everybody. */
  List<Row> rows(long open) {
    return hunts.newest(HUNTS).stream().map(hunt -> row(hunt, open)).toList();
  }

  private Row row(Hunt hunt, long open) {
    int more = hunt.values().size() - 1;
    JobState state = hunt.state();
    return new Row(
        hunt.id(),
        "/hunt?open=" + hunt.id(),
        shown("message", hunt.values().getFirst().display()),
        more > 0 ? texts.get("hunt.more", more) : "",
        range(hunt.from(), hunt.to()),
        Visible.plain(hunt.owner()),
        FeedWords.moment(hunt.queuedAt(), texts, now),
        hunt.queuedAt().toString(),
        state.id(),
        texts.get("hunt.state." + state.id()),
        state == JobState.DONE ? 100 : hunt.progress().percent(),
        texts.count("hunt.found", hunt.found()),
        state.ended(),
        hunt.id() == open);
  }

  private String range(@Nullable Instant from, @Nullable Instant to) {
    if (from == null && to == null) {
      return texts.get("hunt.everything");
    }
    return (from == null ? "…" : texts.formats().shortMoment(from))
        + " – "
        + (to == null ? texts.get("hunt.now") : texts.formats().shortMoment(to));
  }

  /** One hunt with what it found; empty when there is none. */
  Optional<Opened> opened(long id) {
    return hunts
        .find(id)
        .map(
            hunt ->
                new Opened(
                    row(hunt, id),
                    says(hunt),
                    hunt.values().stream()
                        .limit(VALUES)
                        .map(CanonicalValue::display)
                        .map(value -> shown("message", value))
                        .toList(),
                    hunts.found(id, LINES).stream().map(this::line).toList(),
                    hunt.cut() || hunt.found() > LINES));
  }

  private String says(Hunt hunt) {
    Instant started = hunt.startedAt();
    Instant ended = hunt.endedAt();
    return switch (hunt.state()) {
      case QUEUED -> texts.get("hunt.says.queued");
      case RUNNING ->
          texts.get(
              "hunt.says.running",
              texts.formats().percent(hunt.progress().percent() / 100.0),
              hunt.progress().done(),
              hunt.progress().total(),
              hunt.found());
      case DONE ->
          texts.get(
              hunt.found() == 0 ? "hunt.says.nothing" : "hunt.says.done",
              hunt.found(),
              started == null || ended == null
                  ? "–"
                  : texts.formats().span(Duration.between(started, ended)));
      case STOPPED -> texts.get("hunt.says.stopped", hunt.found());
      case FAILED -> texts.get("hunt.says.failed", Visible.plain(hunt.problem()));
    };
  }

  private Line line(Finding found) {
    return new Line(
        texts.formats().dateTime(found.at()),
        found.at().toString(),
        Urls.path("/search")
            .with("open", found.position().toString())
            .with("from", Long.toString(found.at().minus(AROUND).toEpochMilli()))
            .with("to", Long.toString(found.at().plus(AROUND).toEpochMilli()))
            .toString(),
        shown("message", found.wanted()),
        Visible.plain(found.field()),
        shown(found.field(), found.value()),
        found.weak());
  }

  /** The last scans for new indicators. */
  List<Scan> scans() {
    return hunts.retro(SCANS).stream().map(this::scan).toList();
  }

  private Scan scan(Job job) {
    Instant ended = job.endedAt();
    boolean stopped = hunts.resumable(job);
    String state = stopped ? JobState.STOPPED.id() : job.state().id();
    String act = stopped ? "resume" : job.state().ended() ? "" : "stop";
    return new Scan(
        texts.get("hunt.scan"),
        state,
        texts.get("hunt.state." + state),
        job.state() == JobState.DONE && !stopped ? 100 : job.progress().percent(),
        FeedWords.moment(ended == null ? job.queuedAt() : ended, texts, now),
        act.isEmpty() ? "" : "/hunt/" + job.id() + "/" + act,
        act.isEmpty() ? "" : texts.get("hunt." + act));
  }
}
