package tr.emanet.indicator.http;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tr.emanet.alert.MatchStore;
import tr.emanet.event.Principal;
import tr.emanet.event.Role;
import tr.emanet.indicator.Codes;
import tr.emanet.indicator.Indicator;
import tr.emanet.indicator.IndicatorListStore;
import tr.emanet.indicator.http.ListViews.Check;
import tr.emanet.indicator.http.ListViews.HitLine;
import tr.emanet.indicator.http.ListViews.Pair;
import tr.emanet.indicator.http.ListViews.Panel;
import tr.emanet.indicator.http.ListViews.SpanLine;
import tr.emanet.search.Masking;
import tr.emanet.web.Texts;
import tr.emanet.web.Urls;
import tr.emanet.web.Visible;

/** The opened indicator for one reader. One thread only. */
final class IndicatorPanel {

  private static final int HITS = 50;

  private final IndicatorFacts facts;
  private final ListScreen screen;
  private final Masking masking;
  private final Principal who;
  private final Texts texts;
  private final Instant now;

  IndicatorPanel(
      IndicatorFacts facts,
      ListScreen screen,
      Masking masking,
      Principal who,
      Texts texts,
      Instant now) {
    this.facts = facts;
    this.screen = screen;
    this.masking = masking;
    this.who = who;
    this.texts = texts;
    this.now = now;
  }

  /**
   * Builds the panel.
   *
   * @param around the list in its order, for the ways to the neighbours
   */
  Panel of(Indicator i, List<Indicator> around, ListState state) {
    int at = around.stream().map(Indicator::id).toList().indexOf(i.id());
    List<IndicatorListStore.Span> spans = facts.list().spans(i.id());
    String key = facts.key(i);
    List<MatchStore.Matched> hits = key.isEmpty() ? List.of() : facts.matches().alerts(key, HITS);
    boolean hunts = who.has(Role.ANALYST);
    String value = i.value().map(v -> v.text()).orElse("");
    return new Panel(
        screen.row(i, state),
        texts.get("indicators.kind." + i.value().map(v -> v.kind().id()).orElse("none")),
        sentence(i),
        at > 0 ? state.withOpen(around.get(at - 1).id()).url() : "",
        at >= 0 && at + 1 < Math.min(around.size(), ListScreen.ROWS)
            ? state.withOpen(around.get(at + 1).id()).url()
            : "",
        state.withOpen(0).url(),
        Shown.defanged(i),
        i.value()
            .map(v -> Urls.path("/search").with("q", Shown.query(v)).with("from", "-7d").toString())
            .orElse(""),
        hunts && !value.isEmpty() ? Urls.path("/hunt").with("value", value).toString() : "",
        checks(i),
        card(i),
        spans.stream().map(this::line).toList(),
        hits.isEmpty()
            ? texts.get("indicators.hits.none")
            : texts.count(
                "indicators.hits.title", hits.stream().mapToLong(MatchStore.Matched::hits).sum()),
        hits.stream().map(this::line).toList(),
        Visible.pieces(i.raw()));
  }

  private String sentence(Indicator i) {
    String since = texts.formats().dateTime(i.activeFrom());
    String feed = FeedWords.name(i.feed(), texts);
    return switch (screen.standing(i)) {
      case "listed" -> texts.get("indicators.says.listed", feed, since);
      case "removed" ->
          texts.get("indicators.says.removed", feed, texts.formats().dateTime(i.lastSeen()));
      case "refused" -> texts.get("indicators.says.refused", feed);
      case "spared" -> texts.get("indicators.says.spared", feed);
      default -> texts.get("indicators.says.expired", feed);
    };
  }

  /** Why it is matched, or why it is not. */
  private List<Check> checks(Indicator i) {
    List<Check> out = new ArrayList<>();
    Instant until = i.activeUntil();
    out.add(
        until == null
            ? new Check(true, texts.get("indicators.why.listed", i.revision()))
            : new Check(
                false, texts.get("indicators.why.removed", texts.formats().dateTime(until))));
    out.add(
        i.value().isPresent()
            ? new Check(true, texts.get("indicators.why.value"))
            : new Check(
                false,
                texts.get(
                    "indicators.why.refused", texts.get("indicators.refusal." + i.refusal()))));
    String guard =
        i.value()
            .flatMap(facts.neverBlock()::reason)
            .map(r -> r.id())
            .orElse(i.value().isPresent() ? i.guard() : "");
    out.add(
        guard.isEmpty()
            ? new Check(true, texts.get("indicators.why.free"))
            : new Check(
                false, texts.get("indicators.why.spared", texts.get("indicators.guard." + guard))));
    Instant expires = i.expiresAt();
    if (expires != null) {
      out.add(
          new Check(
              now.isBefore(expires),
              texts.get(
                  now.isBefore(expires) ? "indicators.why.expires" : "indicators.why.expired",
                  texts.formats().dateTime(expires))));
    }
    return out;
  }

  private List<Pair> card(Indicator i) {
    List<Pair> out = new ArrayList<>();
    Codes codes = i.codes();
    pair(out, "class", screen.words().coded(CodeWords.CONNECTION, codes.connection()));
    pair(out, "description", screen.words().coded(CodeWords.DESCRIPTION, codes.description()));
    pair(out, "source", screen.words().coded(CodeWords.SOURCE, codes.source()));
    pair(out, "type", codes.type());
    pair(out, "criticality", codes.criticality() == 0 ? "" : Integer.toString(codes.criticality()));
    pair(out, "feed", FeedWords.name(i.feed(), texts));
    Instant listed = i.listedAt();
    pair(out, "listed", listed == null ? "" : texts.formats().dateTime(listed));
    pair(out, "first", texts.formats().dateTime(i.firstSeen()));
    pair(out, "last", texts.formats().dateTime(i.lastSeen()));
    pair(out, "external", i.external());
    return out;
  }

  private void pair(List<Pair> into, String name, String value) {
    if (!value.isEmpty()) {
      into.add(new Pair(texts.get("indicators.card." + name), Shown.pieces(value)));
    }
  }

  private SpanLine line(IndicatorListStore.Span span) {
    Instant until = span.until();
    Instant end = until == null ? now : until;
    return new SpanLine(
        texts.formats().dateTime(span.from()),
        until == null ? texts.get("indicators.span.now") : texts.formats().dateTime(until),
        until == null
            ? texts.get("indicators.span.revision", span.fromRevision())
            : texts.get("indicators.span.revisions", span.fromRevision(), span.untilRevision()),
        texts.formats().span(Duration.between(span.from(), end)),
        until == null);
  }

  private HitLine line(MatchStore.Matched hit) {
    String asset =
        who.readsUnmasked() ? hit.asset() : masking.shown("message", hit.asset(), List.of());
    return new HitLine(
        hit.number(),
        "/alerts/" + hit.number(),
        hit.severity().id(),
        texts.get("alert.severity." + hit.severity().id()),
        Visible.plain(asset),
        texts.get("indicators.hits.both", hit.live(), hit.hits() - hit.live()),
        texts.get("alert.state." + hit.state().id()),
        texts.formats().shortMoment(hit.seenAt()),
        hit.seenAt().toString());
  }
}
