package tr.emanet;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tr.emanet.alert.Alert;
import tr.emanet.alert.AlertFilter;
import tr.emanet.alert.Alerts;
import tr.emanet.alert.Asset;
import tr.emanet.alert.Hit;
import tr.emanet.alert.Policies;
import tr.emanet.asset.AssetEntry;
import tr.emanet.asset.Assets;
import tr.emanet.audit.AuditLog;
import tr.emanet.event.Attributes;
import tr.emanet.event.Event;
import tr.emanet.event.Principal;
import tr.emanet.event.Role;
import tr.emanet.event.SourceAddress;
import tr.emanet.indicator.Codes;
import tr.emanet.indicator.FeedEntry;
import tr.emanet.indicator.IndicatorStore;
import tr.emanet.indicator.NeverBlock;
import tr.emanet.indicator.Revision;
import tr.emanet.indicator.RevisionListener;
import tr.emanet.indicator.RevisionRules;
import tr.emanet.indicator.Revisions;
import tr.emanet.indicator.hunt.HitMaker;
import tr.emanet.parse.ConfiguredSources;
import tr.emanet.parse.EventParser;
import tr.emanet.parse.SourceConfig;
import tr.emanet.pipeline.EventTap;
import tr.emanet.store.Database;

/** The live path over a real store: lines in, alerts out; the clock stands. */
final class LiveBench implements AutoCloseable {

  static final Instant START = Instant.parse("2026-11-22T08:00:00Z");
  static final Principal ANALYST = new Principal("nalkan", "Nazlı Alkan", Set.of(Role.ANALYST));
  private static final List<String> OWN = List.of("10.0.0.0/8");

  final Database database;
  final Alerts alerts;
  final Assets assets;
  final Revisions revisions;
  final LiveIndicators live;
  final HitMaker maker;
  private final FeedAlarms alarms;
  private final EventParser parser = new EventParser(new ConfiguredSources(SourceConfig.DEFAULT));
  private final EventTap tap;
  private final List<FeedEntry> listed = new ArrayList<>();
  private Instant now;

  LiveBench(Path state, Policies policies) throws Exception {
    this(state, policies, START);
  }

  /** Begins at another time. */
  LiveBench(Path state, Policies policies, Instant begin) throws Exception {
    this.now = begin;
    InstantSource clock = () -> now;
    this.database =
        Database.open(state, List.of("audit", "access", "job", "asset", "indicator", "alert"));
    AuditLog audit = new AuditLog(database, clock);
    NeverBlock neverBlock = new NeverBlock(List.of());
    this.alerts =
        new Alerts(database, audit, policies, Map::of, ZoneId.of("Europe/Istanbul"), clock);
    this.assets = new Assets(database, audit, clock);
    this.alarms = new FeedAlarms(alerts, clock);
    Asset.OwnNetworks own = Hits.own(OWN);
    this.maker = new IndicatorHits(own, assets);
    this.live =
        new LiveIndicators(
            new IndicatorStore(database),
            neverBlock,
            alerts,
            maker,
            new OutsideLogIns(own),
            clock,
            new SecureRandom());
    RevisionRules rules = new RevisionRules(1, 1_000, 1_000_000);
    this.revisions =
        new Revisions(
            database, audit, rules, neverBlock, clock, RevisionListener.all(live, alarms));
    live.start();
    this.tap = live.open();
  }

  /** The alarms of feeds, which look only when a fetch tells them. */
  FeedAlarms alarms(Map<String, Duration> fetched) {
    alarms.start(revisions, fetched);
    return alarms;
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  Instant now() {
    return now;
  }

  /** Adds values to a feed. */
  void list(String feed, String source, String... values) throws Exception {
    for (String value : values) {
      listed.add(
          new FeedEntry(value, value, null, new Codes("domain", "PH", source, "PH", 4), now, null));
    }
    Revisions.Draft draft = revisions.begin(feed, Revision.Kind.FULL, "deneme", "-");
    revisions.stage(draft, listed, "");
    Revision ignored = revisions.finish(draft, true, "");
    listed.clear();
  }

  /** A line from a sender, received a time after the start. */
  void line(long sequence, Duration after, String sender, String text) throws Exception {
    byte[] raw = text.getBytes(StandardCharsets.UTF_8);
    Event event = new Event();
    long micros = START.plus(after).toEpochMilli() * 1000;
    InetAddress from = InetAddress.getByName(sender);
    event.reset(
        raw, 0, raw.length, micros, SourceAddress.of("syslog", from, 514), Attributes.NONE, 0);
    parser.parse(event);
    tap.accept(event, "standard", sequence);
  }

  /** What the index does each half minute. */
  List<Alert> commit() throws Exception {
    live.beforeCommit();
    return alerts.list(AlertFilter.OPEN, ANALYST, null, 100);
  }

  Hit hit(Alert alert) {
    return alerts.hits(alert, 1).getFirst();
  }

  void inventory(AssetEntry... entries) {
    Assets.Import ignored = assets.apply(ANALYST, "deneme.csv", List.of(entries), -1);
  }

  @Override
  public void close() {
    live.close();
    database.close();
  }
}
