package tr.emanet;

import io.dropwizard.core.setup.Environment;
import java.io.Closeable;
import java.security.SecureRandom;
import tr.emanet.alert.Alerts;
import tr.emanet.alert.Asset;
import tr.emanet.alert.measure.Measures;
import tr.emanet.asset.Assets;
import tr.emanet.asset.http.AssetLinks;
import tr.emanet.asset.http.AssetsApiResource;
import tr.emanet.asset.http.AssetsResource;
import tr.emanet.indicator.notice.NoticeDesk;
import tr.emanet.indicator.notice.NoticeWatch;
import tr.emanet.indicator.notice.http.NoticesApiResource;
import tr.emanet.indicator.notice.http.NoticesResource;
import tr.emanet.web.Pages;
import tr.emanet.web.Shells;

/** The inventory and the notices that concern it, wired. */
final class AssetNotices implements Closeable {

  private final Assets assets;
  private final NoticeDesk desk;
  private final NoticeWatch watch;
  private final Measures measures;

  private AssetNotices(Assets assets, NoticeDesk desk, Measures measures) {
    this.assets = assets;
    this.desk = desk;
    this.measures = measures;
    this.watch = new NoticeWatch(desk, assets);
  }

  /** Loads the inventory; nothing is compared before {@link #install}. */
  static AssetNotices open(Detection.Parts parts) {
    Assets assets = new Assets(parts.database(), parts.audit(), parts.clock());
    Measures measures = new Measures(parts.database(), parts.audit(), parts.clock());
    return new AssetNotices(
        assets,
        new NoticeDesk(
            parts.database(),
            parts.audit(),
            measures,
            assets,
            parts.settings().zoneId(),
            parts.clock()),
        measures);
  }

  /** Offers pages and API, and begins to compare notices with the inventory. */
  void install(Environment environment, Alerts alerts, Pages pages, Shells shells) {
    environment.jersey().register(new AssetsApiResource(assets, shells));
    AssetLinks links = new AssetAlertLinks(assets, alerts, desk);
    environment
        .jersey()
        .register(new AssetsResource(assets, links, new SecureRandom(), pages, shells));
    environment.jersey().register(new NoticesApiResource(desk, shells));
    environment
        .jersey()
        .register(new NoticesResource(desk, measures, alerts::analysts, pages, shells));
    watch.start();
  }

  Assets assets() {
    return assets;
  }

  /** Notices and tasks, for other pages. */
  NoticeDesk desk() {
    return desk;
  }

  /**
   * What is ours: the networks of the setting, and whatever the inventory names. The inventory only
   * adds; masking of personal data goes by the setting alone, because a file that somebody imports
   * must not decide about it.
   */
  Asset.OwnNetworks own(Asset.OwnNetworks setting) {
    return address -> setting.contains(address) || assets.of(address, 0) != null;
  }

  /** Before the store closes. */
  @Override
  public void close() {
    watch.close();
  }
}
