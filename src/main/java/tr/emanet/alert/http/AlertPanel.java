package tr.emanet.alert.http;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tr.emanet.alert.Alert;
import tr.emanet.alert.AlertWords;
import tr.emanet.alert.Alerts;
import tr.emanet.alert.CloseReason;
import tr.emanet.alert.Facts;
import tr.emanet.alert.HistoryEntry;
import tr.emanet.alert.Hit;
import tr.emanet.alert.Raise;
import tr.emanet.alert.Severity;
import tr.emanet.alert.http.InboxViews.HitLine;
import tr.emanet.alert.http.InboxViews.Pair;
import tr.emanet.alert.http.InboxViews.Panel;
import tr.emanet.alert.http.InboxViews.Part;
import tr.emanet.alert.http.InboxViews.Told;
import tr.emanet.alert.http.InboxViews.Why;
import tr.emanet.alert.measure.Answers;
import tr.emanet.event.EventRecord;
import tr.emanet.event.Role;
import tr.emanet.search.EventSearch;
import tr.emanet.web.Texts;
import tr.emanet.web.Urls;
import tr.emanet.web.Visible;

/** The opened alert for one reader: why it fired, the evidence, what was done. One thread only. */
final class AlertPanel {

  private static final int HITS = 50;
  private static final int MAX_RAW = 2_000;

  private final Alerts alerts;
  private final EventSearch search;
  private final Answers answers;
  private final Reader reader;
  private final Texts texts;
  private final Words words;
  private final Instant now;

  AlertPanel(
      Alerts alerts, EventSearch search, Answers answers, Reader reader, Texts texts, Instant now) {
    this.alerts = alerts;
    this.search = search;
    this.answers = answers;
    this.reader = reader;
    this.texts = texts;
    this.words = new Words(texts);
    this.now = now;
  }

  /**
   * Builds the panel.
   *
   * @param around the list in its order, for the ways to the neighbours
   * @param problem why the act before was refused, or null
   */
  Panel of(Alert alert, List<Alert> around, InboxState state, @Nullable String problem)
      throws IOException {
    Inbox inbox = new Inbox(alerts, reader, texts, now);
    int at = around.stream().map(Alert::number).toList().indexOf(alert.number());
    List<Hit> hits = alerts.hits(alert, HITS);
    Hit latest = hits.isEmpty() ? null : hits.getFirst();
    EventRecord event =
        latest == null ? null : search.find(latest.position(), reader.who()).orElse(null);
    boolean gone = event == null || event.isGone();
    boolean acts = reader.who().has(Role.ANALYST);
    Map<String, String> people = alerts.analysts();
    MeasureBox box =
        new MeasureBox(answers, alert, reader, words, new MeasureBox.People(people, now));
    return new Panel(
        inbox.row(alert, new int[Inbox.PARTS], state),
        words.sentence(alert, reader.text(alert.asset())),
        at > 0 ? state.withOpen(around.get(at - 1).number()).url() : "",
        at >= 0 && at + 1 < around.size() ? state.withOpen(around.get(at + 1).number()).url() : "",
        state.withOpen("").url(),
        latest == null ? feed(alert) : why(alert, latest),
        gone || event == null || latest == null ? List.of() : raw(event, latest.value()),
        gone && latest != null ? texts.get("alert.raw.gone") : "",
        latest == null ? "" : eventsUrl(alert, latest),
        switch (alert.kind()) {
          case INDICATOR -> words.known("alert.card.", alert.fact(Facts.FEED));
          case RULE -> texts.get("alert.card.rule");
          case FEED -> texts.get("alert.card." + AlertWords.about(alert));
        },
        alert.kind() == Hit.Kind.FEED ? feedCard(alert) : card(alert),
        hits.stream().map(hit -> line(hit, box)).toList(),
        words.least(alert, texts.count("alert.hits", alert.hits())),
        alerts.history(alert).stream().map(this::told).toList(),
        alert.assignee(),
        acts ? people : Map.of(),
        acts,
        box.view(),
        problem);
  }

  private List<Why> why(Alert alert, Hit hit) {
    List<Why> out = new ArrayList<>();
    out.add(
        new Why(
            hit.field(),
            words.known("alert.how.", hit.fact(Facts.HOW)),
            reader.pieces(hit.field(), hit.value()),
            "",
            false));
    String listed = alert.fact(Facts.LISTED);
    if (alert.fact(Facts.ACTIVE).equals("true")) {
      out.add(say("alert.why.active", words.moment(listed)));
    } else if (alert.fact(Facts.ACTIVE).equals("false") || alert.retroOnly()) {
      out.add(say("alert.why.later", words.moment(listed)));
    }
    for (Raise raise : Raise.values()) {
      if (alert.raised().contains(raise)) {
        out.add(raised(alert, raise));
      }
    }
    if (!alerts.policy().opensIncident(alert)) {
      out.add(new Why("", texts.get("alert.why.alone"), List.of(), "", true));
    }
    return out;
  }

  /** A reason that made it worse, with what it rests on. */
  private Why raised(Alert alert, Raise raise) {
    return switch (raise) {
      case ALLOWED -> say("alert.why.allowed", alert.allowed());
      case SERVER ->
          say("alert.why.server", words.known("alert.why.server.", alert.fact(Facts.ROLE_BY)));
      case SEVERAL ->
          say(
              "alert.why.several",
              alerts.policy().severalCount(),
              texts.formats().span(alerts.policy().severalWithin()),
              alert.fact(Facts.SEVERAL).replace(" ", ", "));
      case LOGIN ->
          say(
              "alert.why.login",
              texts.formats().span(alerts.policy().loginWithin()),
              reader.text(alert.fact(Facts.LOGIN_FROM)),
              words.moment(alert.fact(Facts.LOGIN_AT)));
    };
  }

  /** Why a feed has an alert: the reason in plain words, what was seen, and what is in force. */
  private List<Why> feed(Alert alert) {
    List<Why> out = new ArrayList<>();
    String plain = "indicator.failure." + alert.fact(Facts.REASON);
    out.add(
        new Why(
            "",
            "",
            Reader.visible(texts.has(plain) ? texts.get(plain) : words.value(alert)),
            "",
            true));
    String good = alert.fact(Facts.LAST_GOOD);
    if (!good.isEmpty()) {
      out.add(say("alert.why.feed", words.moment(good)));
    }
    String detail = alert.fact(Facts.DETAIL);
    if (!detail.isEmpty()) {
      out.add(new Why("", texts.get("alert.fact.detail"), Reader.visible(detail), "", false));
    }
    return out;
  }

  private List<Pair> feedCard(Alert alert) {
    List<Pair> out = new ArrayList<>();
    pair(out, AlertWords.about(alert), AlertWords.feed(alert.asset(), texts));
    pair(out, "since", words.moment(alert.fact(Facts.SINCE)));
    pair(out, "tries", texts.formats().number(alert.hits()));
    pair(out, "ended", words.moment(alert.fact(Facts.ENDED)));
    pair(out, "key", alert.key());
    return out;
  }

  private Why say(String key, Object... arguments) {
    return new Why("", "", Reader.visible(texts.get(key, arguments)), "", false);
  }

  /** The line with the matched value set apart. */
  private static List<Part> raw(EventRecord event, String value) {
    String line = Visible.decode(event.raw());
    String shown = line.length() > MAX_RAW ? line.substring(0, MAX_RAW) + "…" : line;
    List<Part> out = new ArrayList<>();
    int at = value.length() < 2 ? -1 : shown.indexOf(value);
    if (at < 0) {
      parts(out, shown, false);
    } else {
      parts(out, shown.substring(0, at), false);
      parts(out, value, true);
      parts(out, shown.substring(at + value.length()), false);
    }
    return out;
  }

  private static void parts(List<Part> into, String text, boolean hit) {
    if (!text.isEmpty()) {
      Visible.pieces(text).forEach(p -> into.add(new Part(p.text(), p.escape(), hit)));
    }
  }

  private static String eventsUrl(Alert alert, Hit hit) {
    Duration margin = Duration.ofMinutes(1);
    return Urls.path("/search")
        .with("f", hit.field() + ":" + hit.value())
        .with("from", Long.toString(alert.firstAt().minus(margin).toEpochMilli()))
        .with("to", Long.toString(alert.lastAt().plus(margin).toEpochMilli()))
        .toString();
  }

  private List<Pair> card(Alert alert) {
    List<Pair> out = new ArrayList<>();
    boolean usom = alert.kind() == Hit.Kind.INDICATOR;
    pair(out, "class", usom ? coded("alert.class.", alert.fact(Facts.CLASS)) : "");
    pair(out, "type", usom ? words.known("alert.kind.", alert.fact(Facts.TYPE)) : "");
    pair(out, "source", coded("alert.source.", alert.fact(Facts.SOURCE)));
    pair(out, "criticality", alert.fact(Facts.CRITICALITY));
    pair(out, "listed", words.moment(alert.fact(Facts.LISTED)));
    pair(out, "removed", words.moment(alert.fact(Facts.REMOVED)));
    pair(out, "revision", alert.fact(Facts.REVISION));
    pair(out, "user", reader.field("user.name", alert.fact(Facts.USER)));
    pair(out, "key", alert.key());
    return out;
  }

  private String coded(String prefix, String code) {
    return code.isEmpty() ? "" : words.known(prefix, code) + " (" + code + ")";
  }

  private void pair(List<Pair> into, String name, String value) {
    if (!value.isEmpty()) {
      into.add(new Pair(texts.get("alert.fact." + name), reader.pieces(value)));
    }
  }

  private HitLine line(Hit hit, MeasureBox box) {
    String answered = box.answered(hit.at());
    return new HitLine(
        texts.formats().dateTime(hit.at()),
        hit.at().toString(),
        reader.pieces(hit.field(), hit.value()),
        "/search?open="
            + Urls.encode(hit.position().toString())
            + "&from="
            + hit.at().minusSeconds(60).toEpochMilli()
            + "&to="
            + hit.at().plusSeconds(60).toEpochMilli(),
        hit.retro(),
        answered,
        answered.isEmpty() ? "" : texts.get("alert.hit." + answered));
  }

  private Told told(HistoryEntry entry) {
    Map<String, String> people = alerts.analysts();
    String text = entry.text();
    String what = texts.get("alert.told." + entry.what());
    if (entry.what().equals("more")) {
      what = texts.get("alert.told.more", texts.formats().number(Long.parseLong(text)));
      text = "";
    }
    if (entry.what().equals("assigned")) {
      text = text.isEmpty() ? texts.get("alert.nobody") : people.getOrDefault(text, text);
    } else if (entry.what().equals("raised")) {
      String id = text.split(" ", 2)[0];
      text = Severity.named(id).isPresent() ? texts.get("alert.severity." + id) : text;
    } else if (entry.what().equals("closed")) {
      String[] parts = text.split("\n", 2);
      String reason =
          CloseReason.named(parts[0]).map(r -> texts.get("alert.reason." + r.id())).orElse("");
      text = parts.length > 1 ? reason + ": " + parts[1] : reason;
    }
    return new Told(
        texts.formats().shortMoment(entry.at()),
        entry.at().toString(),
        entry.who().equals(HistoryEntry.APPLIANCE)
            ? "Emanet"
            : people.getOrDefault(entry.who(), entry.who()),
        what,
        text.isEmpty() ? List.of() : Visible.pieces(reader.text(text)));
  }
}
