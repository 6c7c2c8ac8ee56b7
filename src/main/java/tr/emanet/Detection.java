package tr.emanet;

import io.dropwizard.core.setup.Environment;
import java.io.Closeable;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import tr.emanet.access.Access;
import tr.emanet.access.User;
import tr.emanet.alert.Alerts;
import tr.emanet.alert.Asset;
import tr.emanet.alert.OutboxStatus;
import tr.emanet.alert.Policies;
import tr.emanet.alert.http.AlertsApiResource;
import tr.emanet.alert.http.AlertsResource;
import tr.emanet.alert.measure.Measures;
import tr.emanet.asset.Assets;
import tr.emanet.audit.AuditLog;
import tr.emanet.event.Role;
import tr.emanet.indicator.IndicatorStore;
import tr.emanet.indicator.NeverBlock;
import tr.emanet.indicator.RevisionListener;
import tr.emanet.indicator.hunt.HitMaker;
import tr.emanet.indicator.notice.NoticeDesk;
import tr.emanet.pipeline.EventTaps;
import tr.emanet.search.EventHunt;
import tr.emanet.search.EventSearch;
import tr.emanet.search.Masking;
import tr.emanet.store.Database;
import tr.emanet.web.Pages;
import tr.emanet.web.Shells;

/** Indicators and alerts, wired: feeds fill the list in force, hits on it become alerts. */
final class Detection implements Closeable {

  private final Alerts alerts;
  private final LiveIndicators live;
  private final IndicatorFeeds feeds;
  private final AssetNotices notices;
  private final Notifying notifying;
  private final FeedAlarms alarms;
  private final Hunting hunting;
  private final Lists lists;
  private final Screens screens;

  private Detection(
      Alerts alerts,
      LiveIndicators live,
      IndicatorFeeds feeds,
      AssetNotices notices,
      Lists lists,
      Notifying notifying,
      FeedAlarms alarms,
      Hunting hunting) {
    this.hunting = hunting;
    this.screens = new Screens(feeds, lists.measures());
    this.alerts = alerts;
    this.lists = lists;
    this.live = live;
    this.feeds = feeds;
    this.notices = notices;
    this.notifying = notifying;
    this.alarms = alarms;
  }

  /** What it is made of. */
  record Parts(
      Settings settings,
      StateDirectory state,
      Database database,
      AuditLog audit,
      Access access,
      InstantSource clock,
      SecureRandom random) {}

  /** Loads the list in force; nothing is fetched before {@link #install}. */
  static Detection open(Parts parts) throws IOException {
    Settings settings = parts.settings();
    AssetNotices notices = AssetNotices.open(parts);
    Notifying notifying = Notifying.open(parts);
    Alerts alerts =
        Alerts.withOutbox(
            parts.database(),
            parts.audit(),
            new Policies(Home.of("rules/usom.yml"), System::nanoTime),
            () -> analysts(parts.access()),
            settings.zoneId(),
            notifying.outbox());
    FeedAlarms alarms = new FeedAlarms(alerts, parts.clock());
    Asset.OwnNetworks own = notices.own(Hits.own(settings.search().ownNetworks()));
    HitMaker maker = new IndicatorHits(own, notices.assets());
    LiveIndicators live =
        new LiveIndicators(
            new IndicatorStore(parts.database()),
            new NeverBlock(settings.indicators().neverBlock()),
            alerts,
            maker,
            new OutsideLogIns(own),
            parts.clock(),
            parts.random());
    Lists lists = Lists.open(parts, alerts);
    Hunting hunting = new Hunting(parts, alerts, maker);
    IndicatorFeeds feeds =
        IndicatorFeeds.open(
            settings,
            parts.state(),
            parts.database(),
            parts.audit(),
            parts.clock(),
            RevisionListener.all(live, hunting, lists, alarms));
    live.start();
    alarms.start(feeds.revisions(), IndicatorFeeds.fetched(settings));
    return new Detection(alerts, live, feeds, notices, lists, notifying, alarms, hunting);
  }

  private static Map<String, String> analysts(Access access) {
    Map<String, String> out = new LinkedHashMap<>();
    for (User user : access.users().all()) {
      if (!user.disabled() && user.roles().contains(Role.ANALYST)) {
        out.put(user.name().value(), user.displayName());
      }
    }
    return out;
  }

  /** For the pipeline. */
  EventTaps taps() {
    return live;
  }

  /** What stands at an address, for the hot path. */
  Assets assets() {
    return notices.assets();
  }

  /** How notifications stand. */
  OutboxStatus notifications() {
    return notifying.status();
  }

  /** Begins to hunt in what was received before; once the index is open. */
  void hunt(EventHunt search) {
    hunting.start(search);
  }

  /** For the top bar. */
  Hunting hunting() {
    return hunting;
  }

  Alerts alerts() {
    return alerts;
  }

  Measures measures() {
    return lists.measures();
  }

  NoticeDesk noticeDesk() {
    return notices.desk();
  }

  IndicatorFeeds feeds() {
    return feeds;
  }

  Screens screens() {
    return screens;
  }

  /** How many values are looked for in every event. */
  long liveIndicators() {
    return live.size();
  }

  /** For the number at the rail. */
  long newAlerts() {
    return alerts.newOnes();
  }

  /** Offers pages and API, and fetches what is due from now on. */
  void install(
      Environment environment, EventSearch search, Masking masking, Pages pages, Shells shells) {
    environment
        .jersey()
        .register(new AlertsResource(alerts, search, masking, lists.answers(), pages, shells));
    environment.jersey().register(new AlertsApiResource(alerts, masking, shells));
    lists.install(environment, masking, pages, shells);
    notices.install(environment, alerts, pages, shells);
    feeds.install(environment, shells);
    hunting.install(environment, masking, shells);
    screens.install(environment, hunting.hunts(), masking, pages, shells);
    notifying.install(environment, shells);
  }

  /** Ends fetching and hunting; before the pipeline stops. */
  void stopFetching() {
    feeds.close();
    hunting.close();
    alarms.close();
  }

  /** After the pipeline has stopped and before the store closes. */
  @Override
  public void close() {
    lists.close();
    notices.close();
    live.close();
    notifying.close();
  }
}
