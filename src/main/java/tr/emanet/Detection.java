package tr.emanet;

import io.dropwizard.core.setup.Environment;
import java.io.Closeable;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import tr.emanet.access.Access;
import tr.emanet.access.User;
import tr.emanet.alert.Alerts;
import tr.emanet.alert.Policies;
import tr.emanet.alert.http.AlertsApiResource;
import tr.emanet.alert.http.AlertsResource;
import tr.emanet.asset.Assets;
import tr.emanet.audit.AuditLog;
import tr.emanet.event.Role;
import tr.emanet.indicator.IndicatorStore;
import tr.emanet.indicator.NeverBlock;
import tr.emanet.indicator.hunt.HitMaker;
import tr.emanet.pipeline.EventTaps;
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

  private final Lists lists;
  private final Screens screens;

  private Detection(
      Alerts alerts, LiveIndicators live, IndicatorFeeds feeds, AssetNotices notices, Lists lists) {
    this.screens = new Screens(feeds, lists.measures());
    this.alerts = alerts;
    this.lists = lists;
    this.live = live;
    this.feeds = feeds;
    this.notices = notices;
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
  static Detection open(Parts parts) {
    Settings settings = parts.settings();
    AssetNotices notices = AssetNotices.open(parts);
    Alerts alerts =
        new Alerts(
            parts.database(),
            parts.audit(),
            new Policies(Home.of("rules/usom.yml"), System::nanoTime),
            () -> analysts(parts.access()),
            settings.zoneId(),
            parts.clock());
    HitMaker maker = new IndicatorHits(notices.own(Hits.own(settings.search().ownNetworks())));
    LiveIndicators live =
        new LiveIndicators(
            new IndicatorStore(parts.database()),
            new NeverBlock(settings.indicators().neverBlock()),
            alerts,
            maker,
            parts.clock(),
            parts.random());
    IndicatorFeeds feeds =
        IndicatorFeeds.open(
            settings, parts.state(), parts.database(), parts.audit(), parts.clock(), live);
    live.start();
    return new Detection(alerts, live, feeds, notices, Lists.open(parts, alerts));
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
    lists.install(environment, masking, shells);
    feeds.install(environment, shells);
    screens.install(environment, masking, pages, shells);
  }

  /** Ends fetching; before the pipeline stops. */
  void stopFetching() {
    feeds.close();
  }

  /** After the pipeline has stopped and before the store closes. */
  @Override
  public void close() {
    live.close();
  }
}
