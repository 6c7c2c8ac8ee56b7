package tr.emanet.indicator.http;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tr.emanet.indicator.Codes;
import tr.emanet.indicator.FeedState;
import tr.emanet.indicator.Indicator;
import tr.emanet.indicator.IndicatorQuery;
import tr.emanet.indicator.NeverBlock;
import tr.emanet.indicator.Revision;
import tr.emanet.indicator.RevisionDiffStore;
import tr.emanet.indicator.Revisions;
import tr.emanet.indicator.feed.FeedSchedule;
import tr.emanet.indicator.http.FeedViews.Feed;
import tr.emanet.indicator.http.FeedViews.Guard;
import tr.emanet.indicator.http.FeedViews.Held;
import tr.emanet.indicator.http.FeedViews.Line;
import tr.emanet.indicator.http.FeedViews.Opened;
import tr.emanet.indicator.http.FeedViews.Question;
import tr.emanet.indicator.http.FeedViews.Row;
import tr.emanet.indicator.http.FeedViews.Samples;
import tr.emanet.indicator.http.FeedViews.Waiting;
import tr.emanet.indicator.usom.UsomSync;
import tr.emanet.web.Formats;
import tr.emanet.web.Health;
import tr.emanet.web.Texts;
import tr.emanet.web.Urls;
import tr.emanet.web.Visible;

/** The state of the feeds for one reader. One thread only. */
final class FeedScreen {

  private static final int REVISIONS = 12;
  private static final int HELD = 8;
  private static final String SET_UP =
      """
      usom:
        baseUrl: https://siberguvenlik.gov.tr\
      """;

  private final Revisions revisions;
  private final FeedSchedule schedule;
  private final IndicatorFacts facts;
  private final RevisionDiffStore diffs;
  private final Texts texts;
  private final Instant now;

  FeedScreen(
      Revisions revisions,
      FeedSchedule schedule,
      IndicatorFacts facts,
      RevisionDiffStore diffs,
      Texts texts,
      Instant now) {
    this.revisions = revisions;
    this.schedule = schedule;
    this.facts = facts;
    this.diffs = diffs;
    this.texts = texts;
    this.now = now;
  }

  /** Every feed: those of the configuration first, then those that files brought. */
  List<Feed> feeds() {
    Map<String, FeedSchedule.Planned> planned = new LinkedHashMap<>();
    schedule.planned().forEach(p -> planned.put(p.name(), p));
    List<String> names = new ArrayList<>(planned.keySet());
    revisions.states().stream()
        .map(FeedState::name)
        .filter(name -> !planned.containsKey(name))
        .forEach(names::add);
    Map<String, Integer> counts = facts.store().counts();
    return names.stream()
        .map(name -> feed(name, planned.get(name), counts.getOrDefault(name, 0)))
        .toList();
  }

  private Feed feed(String name, FeedSchedule.@Nullable Planned plan, int rows) {
    FeedState state = revisions.state(name);
    Optional<Revision> current = revisions.find(state.current());
    boolean off = plan != null && plan.next() == null;
    FeedWords.Said said = said(state, off, plan != null, current);
    List<Revision> all = revisions.newest(name, 50);
    return new Feed(
        name,
        FeedWords.name(name, texts),
        plan == null ? texts.get("feeds.origin.file") : Visible.plain(plan.origin()),
        said.health(),
        said.sentence(),
        Visible.plain(said.detail()),
        texts.formats().number(rows),
        lines(state, plan),
        all.stream().filter(r -> r.state() == Revision.State.WAITING).map(this::waiting).toList(),
        all.stream().limit(REVISIONS).map(r -> row(r, state)).toList(),
        off && state.current() == 0 ? SET_UP : "",
        plan != null && !off);
  }

  private FeedWords.Said said(
      FeedState state, boolean off, boolean planned, Optional<Revision> current) {
    FeedWords.Said said = FeedWords.said(state, off, planned, current, texts, now);
    Optional<Instant> silent = planned && !off ? schedule.notTickedSince() : Optional.empty();
    return silent
        .map(
            since ->
                new FeedWords.Said(
                    Health.ATTENTION,
                    said.sentence(),
                    texts.get("feeds.says.ticks", FeedWords.moment(since, texts, now))))
        .orElse(said);
  }

  private List<Line> lines(FeedState state, FeedSchedule.@Nullable Planned plan) {
    List<Line> out = new ArrayList<>();
    Instant full = state.fullAt();
    Instant last = state.deltaAt();
    Instant next = plan == null ? null : plan.next();
    if (last != null) {
      out.add(new Line(texts.get("feeds.line.last"), FeedWords.moment(last, texts, now)));
    }
    if (full != null) {
      out.add(new Line(texts.get("feeds.line.full"), FeedWords.moment(full, texts, now)));
    }
    if (next != null) {
      boolean soon = !next.isAfter(now.plusSeconds(60));
      out.add(
          new Line(
              texts.get("feeds.line.next"),
              soon ? texts.get("feeds.line.soon") : FeedWords.moment(next, texts, now)));
    }
    if (state.current() > 0) {
      out.add(new Line(texts.get("feeds.line.revision"), texts.formats().number(state.current())));
    }
    return out;
  }

  private Waiting waiting(Revision r) {
    String failure = r.reason().split(":", 2)[0];
    String key = "feeds.waits." + failure;
    return new Waiting(
        r.number(),
        texts.get(
            "feeds.waits",
            r.number(),
            r.counts().added(),
            r.counts().removed(),
            r.counts().changed()),
        texts.has(key) ? texts.get(key) : Visible.plain(r.reason()),
        counts(r),
        samples(r));
  }

  private List<Line> counts(Revision r) {
    Formats formats = texts.formats();
    List<Line> out = new ArrayList<>();
    out.add(new Line(texts.get("feeds.count.received"), formats.number(r.counts().received())));
    out.add(new Line(texts.get("feeds.count.added"), formats.number(r.counts().added())));
    out.add(new Line(texts.get("feeds.count.removed"), formats.number(r.counts().removed())));
    out.add(new Line(texts.get("feeds.count.changed"), formats.number(r.counts().changed())));
    out.add(new Line(texts.get("feeds.count.refused"), formats.number(r.refused())));
    out.add(new Line(texts.get("feeds.count.spared"), formats.number(r.spared())));
    return out;
  }

  private Samples samples(Revision r) {
    RevisionDiffStore.Samples samples = diffs.samples(r);
    return new Samples(
        samples.added().stream().map(Shown::pieces).toList(),
        samples.removed().stream().map(Shown::pieces).toList());
  }

  private Row row(Revision r, FeedState state) {
    Formats formats = texts.formats();
    boolean current = r.number() == state.current();
    String address = Urls.path("/indicators/feeds").with("feed", r.feed()).toString();
    return new Row(
        r.number(),
        Urls.path(address).with("revision", Long.toString(r.number())).toString(),
        FeedWords.moment(r.startedAt(), texts, now),
        r.startedAt().toString(),
        texts.get("feeds.kind." + r.kind().id()),
        r.state().id(),
        texts.get("feeds.state." + r.state().id()),
        formats.number(r.counts().received()),
        formats.number(r.counts().added()),
        formats.number(r.counts().removed()),
        formats.number(r.counts().changed()),
        current,
        r.signature().equals("unchecked"),
        r.state() == Revision.State.APPLIED && !current
            ? Urls.path(address).with("back", Long.toString(r.number())).toString()
            : "");
  }

  private String signature(String stored) {
    return stored.startsWith(Revision.VALID)
        ? texts.get(
            "indicator.signature.valid", Visible.plain(stored.substring(Revision.VALID.length())))
        : texts.get("indicator.signature.unchecked");
  }

  /** The revision of an address; empty when there is none. */
  Optional<Opened> opened(long number) {
    return revisions.find(number).map(this::opened);
  }

  private Opened opened(Revision r) {
    List<Line> lines = new ArrayList<>(counts(r));
    lines.add(new Line(texts.get("feeds.field.origin"), Visible.plain(r.origin())));
    lines.add(
        new Line(
            texts.get("feeds.field.who"),
            r.actor().equals("-") ? texts.get("feeds.schedule") : Visible.plain(r.actor())));
    Instant applied = r.appliedAt();
    if (applied != null) {
      lines.add(new Line(texts.get("feeds.field.applied"), texts.formats().dateTime(applied)));
    }
    if (!r.signature().isEmpty() && !r.signature().equals("none")) {
      lines.add(new Line(texts.get("feeds.field.signature"), signature(r.signature())));
    }
    return new Opened(
        row(r, revisions.state(r.feed())),
        r.feed(),
        FeedWords.name(r.feed(), texts),
        lines,
        r.digest(),
        r.reason().isEmpty() ? List.of() : Visible.pieces(reason(r.reason())),
        samples(r),
        "/indicators/feeds");
  }

  /** The sentence of a failure with its detail, or the note as it is. */
  private String reason(String reason) {
    String[] parts = reason.split(": ", 2);
    String key = "indicator.failure." + parts[0].toLowerCase(Locale.ROOT);
    return parts.length == 2 && texts.has(key) ? texts.get(key) + " (" + parts[1] + ")" : reason;
  }

  /** The question before a roll-back; empty when the revision cannot be brought back. */
  Optional<Question> question(long number) {
    return revisions
        .find(number)
        .filter(r -> r.state() == Revision.State.APPLIED)
        .filter(r -> revisions.state(r.feed()).current() != number)
        .map(
            r -> {
              RevisionDiffStore.Change change = diffs.rollBack(r);
              return new Question(
                  number,
                  r.feed(),
                  texts.get("feeds.back.title", number),
                  texts.get(
                      "feeds.back.says",
                      texts.formats().dateTime(r.startedAt()),
                      change.added(),
                      change.removed(),
                      change.changed()),
                  texts.get("feeds.back.after"),
                  "/indicators/feeds");
            });
  }

  /** What is never blocked, from the configuration and by nature. */
  Guard guard() {
    List<Indicator> held =
        facts
            .list()
            .page(
                new IndicatorQuery(
                    "",
                    Optional.empty(),
                    new Codes("", "", "", "", 0),
                    "",
                    "",
                    "spared",
                    null,
                    IndicatorQuery.Sort.NEWEST,
                    0,
                    HELD));
    return new Guard(
        facts.neverBlock().entries(),
        NeverBlock.services(),
        NeverBlock.reserved(),
        texts.formats().number(facts.totals().spared()),
        held.stream()
            .map(
                i ->
                    new Held(
                        "/indicators?tab=spared&open=" + i.id(),
                        Shown.value(i),
                        texts.get("indicators.guard." + i.guard())))
            .toList());
  }

  /** Feeds that a file may be brought into. */
  static List<String> targets(List<Feed> feeds) {
    return feeds.stream()
        .map(Feed::name)
        .filter(name -> !name.equals(UsomSync.FEED + "-notices"))
        .toList();
  }
}
