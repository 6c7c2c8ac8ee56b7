package tr.emanet.overview;

import java.time.Duration;
import java.time.Instant;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tr.emanet.alert.Severity;
import tr.emanet.event.Principal;
import tr.emanet.intake.IntakeStatus;
import tr.emanet.overview.ShiftView.Count;
import tr.emanet.overview.ShiftView.DiskTile;
import tr.emanet.overview.ShiftView.IntakeTile;
import tr.emanet.overview.ShiftView.Item;
import tr.emanet.overview.ShiftView.Line;
import tr.emanet.overview.ShiftView.Tile;
import tr.emanet.web.Formats;
import tr.emanet.web.Health;
import tr.emanet.web.Texts;
import tr.emanet.web.Visible;

/** The shift page for one reader. One thread only. */
final class ShiftScreen {

  private static final int MOST_ITEMS = 5;
  private static final int SILENT_LINES = 3;
  private static final int WIDTH = 480;
  private static final int HEIGHT = 100;

  private final ShiftFacts facts;
  private final HistoryStore history;
  private final Texts texts;
  private final Formats formats;
  private final Instant now;

  ShiftScreen(ShiftFacts facts, HistoryStore history, Texts texts, Instant now) {
    this.facts = facts;
    this.history = history;
    this.texts = texts;
    this.formats = texts.formats();
    this.now = now;
  }

  /**
   * Builds the page.
   *
   * @param masked hides the assets of alerts from those who may not read them
   */
  ShiftView of(Principal who, UnaryOperator<String> masked) {
    SystemSnapshot system = SystemResource.balanced(facts::system);
    List<Finding> findings = Findings.of(system, texts);
    Silence silence =
        Silence.of(history.sources(now.minus(Silence.KNOWN)), system.startedAt(), now);
    ShiftFacts.Open open =
        who.readsEvents() ? facts.alerts(who) : new ShiftFacts.Open(Map.of(), List.of());
    ShiftFacts.@Nullable Usom usom = who.readsEvents() ? facts.usom(who, texts, now) : null;
    List<Item> items = items(findings, silence, open, usom, masked);
    Health health = findings.isEmpty() ? Health.OK : findings.getFirst().health();
    return new ShiftView(
        day(),
        items.isEmpty() ? health : health.worse(Health.ATTENTION),
        lead(system, findings, items.size()),
        counts(open),
        items.stream().limit(MOST_ITEMS).toList(),
        items.size() > MOST_ITEMS ? texts.count("shift.more", items.size() - MOST_ITEMS) : "",
        intake(),
        balance(system),
        silent(silence, masked),
        usom == null ? null : usom(usom),
        disk(system));
  }

  private List<Item> items(
      List<Finding> findings,
      Silence silence,
      ShiftFacts.Open open,
      ShiftFacts.@Nullable Usom usom,
      UnaryOperator<String> masked) {
    WaitingItems waiting = new WaitingItems(texts, now, masked);
    waiting.alerts(open.worst());
    waiting.system(findings);
    if (usom != null) {
      waiting.feeds(usom.feeds());
      waiting.measures(usom.missing().orElse(0), usom.overdue());
      waiting.notices(usom.unread().orElse(0));
    }
    waiting.silent(silence);
    return waiting.sorted();
  }

  private String day() {
    String name =
        now.atZone(formats.zone())
            .getDayOfWeek()
            .getDisplayName(TextStyle.FULL, texts.language().locale());
    return texts.get("shift.day", formats.date(now), name);
  }

  private String lead(SystemSnapshot system, List<Finding> findings, int waiting) {
    boolean lost =
        system.balance().dropped() > 0
            || system.intake().listeners().stream().anyMatch(l -> l.kernelDrops() > 0);
    boolean broken = !findings.isEmpty() && findings.getFirst().health() == Health.BROKEN;
    boolean empty = system.intake().received() == 0 && system.index().documents() == 0;
    String state =
        system.intake().gate() == IntakeStatus.Gate.CLOSED
            ? "shift.lead.closed"
            : broken
                ? "shift.lead.broken"
                : lost ? "shift.lead.lost" : empty ? "shift.lead.empty" : "shift.lead.ok";
    String number = "shift.number." + waiting;
    String rest =
        waiting == 0
            ? texts.get("shift.lead.nothing")
            : texts.count(
                "shift.lead.waiting",
                waiting,
                texts.has(number) ? texts.get(number) : formats.number(waiting));
    return texts.get(state) + " " + rest;
  }

  private List<Count> counts(ShiftFacts.Open open) {
    List<Count> out = new ArrayList<>();
    for (Severity severity : Arrays.asList(Severity.values()).reversed()) {
      long n = open.counts().getOrDefault(severity, 0L);
      if (n > 0) {
        out.add(
            new Count(
                severity.id(),
                texts.get("alert.count." + severity.id(), n),
                "/alerts?severity=" + severity.id()));
      }
    }
    return out;
  }

  private IntakeTile intake() {
    LoadLine line = LoadLine.of(history.slots(now.minus(Duration.ofDays(28))), now);
    long rate = facts.rate();
    String says =
        line.now()
            .map(
                band -> {
                  String key =
                      rate > band.high() * 1.1 + 1
                          ? "shift.intake.above"
                          : rate < band.low() * 0.9 - 1
                              ? "shift.intake.below"
                              : "shift.intake.usual";
                  return texts.get(key, Math.round(band.low()), Math.round(band.high()));
                })
            .orElseGet(
                () -> texts.get("shift.intake.young", LoadLine.ENOUGH_DAYS, line.days() + 1));
    double most = line.most();
    List<String> hours = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      hours.add(formats.minute(now.minus(Duration.ofHours(24 - 6L * i))));
    }
    hours.add(texts.get("shift.now"));
    return new IntakeTile(
        formats.number(rate),
        says,
        lines(line, most),
        band(line, most),
        formats.number(Math.round(most)),
        hours,
        table(line),
        line.empty());
  }

  private static String point(int slot, int slots, double value, double most) {
    return String.format(
        Locale.ROOT,
        "%.1f,%.1f",
        slot * (double) WIDTH / (slots - 1),
        HEIGHT - 1 - value / most * (HEIGHT - 4));
  }

  private static List<String> lines(LoadLine line, double most) {
    List<String> out = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    int slots = line.rates().size();
    for (int i = 0; i < slots; i++) {
      double rate = line.rates().get(i);
      if (rate < 0) {
        if (!part.isEmpty()) {
          out.add(part.toString());
          part.setLength(0);
        }
      } else {
        part.append(part.isEmpty() ? "" : " ").append(point(i, slots, rate, most));
      }
    }
    if (!part.isEmpty()) {
      out.add(part.toString());
    }
    return out;
  }

  private static String band(LoadLine line, double most) {
    int slots = line.usual().size();
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < slots; i++) {
      out.append(point(i, slots, line.usual().get(i).high(), most)).append(' ');
    }
    for (int i = slots - 1; i >= 0; i--) {
      out.append(point(i, slots, line.usual().get(i).low(), most)).append(' ');
    }
    return out.toString().strip();
  }

  private List<Line> table(LoadLine line) {
    List<Line> out = new ArrayList<>();
    int hour = (int) Duration.ofHours(1).dividedBy(HistoryStore.SLOT);
    for (int i = 0; i + hour <= line.rates().size(); i += hour) {
      var known =
          line.rates().subList(i, i + hour).stream().mapToDouble(r -> r).filter(r -> r >= 0);
      var mean = known.average();
      out.add(
          new Line(
              null,
              formats.minute(line.from().plus(HistoryStore.SLOT.multipliedBy(i))),
              mean.isPresent() ? formats.number(Math.round(mean.getAsDouble())) : "–",
              false));
    }
    return out;
  }

  private Tile balance(SystemSnapshot system) {
    SystemSnapshot.Balance b = system.balance();
    long kernel =
        system.intake().listeners().stream().mapToLong(l -> Math.max(0, l.kernelDrops())).sum();
    return new Tile(
        texts.get("system.balance"),
        texts.get("shift.details"),
        "/system",
        formats.number(b.dropped() + kernel),
        texts.get("system.balance.lost"),
        texts.get(b.balanced() ? "system.balance.ok" : "system.balance.bad"),
        List.of(
            new Line(
                null, texts.get("system.balance.received"), formats.number(b.received()), true),
            new Line(
                null,
                texts.get("shift.balance.indexed"),
                formats.number(b.parsed() + b.redelivered()),
                false),
            new Line(
                null, texts.get("shift.balance.unparsed"), formats.number(b.unparsed()), false),
            new Line(null, texts.get("system.balance.waiting"), formats.number(b.waiting()), false),
            new Line(
                null,
                texts.get("system.balance.dropped"),
                formats.number(b.dropped() + kernel),
                false)));
  }

  private Tile silent(Silence silence, UnaryOperator<String> masked) {
    List<Line> lines = new ArrayList<>();
    for (Silence.Quiet quiet : silence.silent().stream().limit(SILENT_LINES).toList()) {
      lines.add(
          new Line(
              Health.ATTENTION,
              Visible.plain(masked.apply(quiet.address())),
              formats.span(Duration.between(quiet.last(), now)),
              false));
    }
    int more = silence.silent().size() - lines.size();
    int speaking = silence.known() - silence.silent().size();
    if (more > 0) {
      lines.add(new Line(Health.ATTENTION, texts.count("shift.silent.more", more), "", false));
    }
    if (speaking > 0) {
      lines.add(
          new Line(
              silence.young() == silence.known() ? Health.UNKNOWN : Health.OK,
              texts.count(
                  silence.silent().isEmpty() ? "shift.silent.speaking" : "shift.silent.others",
                  speaking),
              "",
              false));
    }
    String says =
        silence.known() == 0
            ? "shift.silent.none"
            : silence.young() == silence.known()
                ? "shift.silent.young"
                : silence.silent().isEmpty() ? "shift.silent.ok" : "shift.silent.says";
    return new Tile(
        texts.get("shift.silent"),
        texts.get("shift.silent.link"),
        "/system?sources=silent#sources",
        formats.number(silence.silent().size()),
        texts.get("shift.silent.unit", silence.known()),
        texts.get(says),
        lines);
  }

  private Tile usom(ShiftFacts.Usom usom) {
    List<Line> lines = new ArrayList<>();
    lines.add(
        new Line(
            usom.live() > 0 ? Health.OK : Health.UNKNOWN,
            texts.get("shift.usom.live"),
            texts.count("indicators.total", usom.live()),
            false));
    usom.hunt()
        .ifPresent(
            h -> lines.add(new Line(h.health(), texts.get("shift.usom.hunt"), h.state(), false)));
    usom.missing()
        .ifPresent(
            n ->
                lines.add(
                    new Line(
                        n == 0 ? Health.OK : Health.ATTENTION,
                        texts.get("shift.usom.missing"),
                        formats.number(n),
                        false)));
    usom.unread()
        .ifPresent(
            n ->
                lines.add(
                    new Line(
                        n == 0 ? Health.OK : Health.UNKNOWN,
                        texts.get("shift.usom.unread"),
                        formats.number(n),
                        false)));
    Optional<ShiftFacts.Feed> first = usom.feeds().stream().findFirst();
    return new Tile(
        texts.get("shift.usom"),
        texts.get("web.nav.indicators"),
        "/indicators",
        formats.number(usom.fresh()),
        texts.get("shift.usom.unit", usom.hits()),
        first.map(ShiftFacts.Feed::sentence).orElse(""),
        lines);
  }

  private DiskTile disk(SystemSnapshot system) {
    long journal = system.journal().storedBytes();
    long search = system.index().bytes();
    long free = system.journal().freeBytes();
    double all = Math.max(1, (double) journal + search + free);
    Optional<DiskForecast> forecast =
        DiskForecast.of(
            history.diskSince(now.minus(Duration.ofDays(7))),
            journal + search,
            free - system.journal().closeBelowBytes(),
            now);
    String figure = formats.bytes(free);
    String unit = texts.get("shift.disk.free.unit");
    String says = texts.get("shift.disk.young");
    if (forecast.isPresent() && forecast.get().days() < 0) {
      says = texts.get("shift.disk.still");
    } else if (forecast.isPresent()) {
      DiskForecast f = forecast.get();
      boolean far = f.days() >= DiskForecast.MOST_DAYS;
      figure = far ? formats.number(DiskForecast.MOST_DAYS) + "+" : formats.number(f.days());
      unit = texts.get("shift.disk.days");
      says =
          texts.get(
              f.days() >= facts.retentionDays() ? "shift.disk.enough" : "shift.disk.short",
              far ? texts.get("shift.disk.far") : formats.date(f.full()),
              facts.retentionDays());
    }
    return new DiskTile(
        figure,
        unit,
        says,
        share(journal / all),
        share(search / all),
        formats.bytes(journal),
        formats.bytes(search),
        formats.bytes(free),
        texts.get(
            "system.disk.bar", formats.bytes(journal), formats.bytes(search), formats.bytes(free)));
  }

  private static String share(double part) {
    return String.format(Locale.ROOT, "%.2f%%", 100 * part);
  }
}
