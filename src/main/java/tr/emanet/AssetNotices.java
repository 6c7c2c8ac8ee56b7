package tr.emanet;

import tr.emanet.alert.Asset;
import tr.emanet.asset.Assets;

/** The inventory and the notices that concern it, wired. */
final class AssetNotices {

  private final Assets assets;

  private AssetNotices(Assets assets) {
    this.assets = assets;
  }

  /** Loads the inventory. */
  static AssetNotices open(Detection.Parts parts) {
    return new AssetNotices(new Assets(parts.database(), parts.audit(), parts.clock()));
  }

  Assets assets() {
    return assets;
  }

  /**
   * What is ours: the networks of the setting, and whatever the inventory names. The inventory only
   * adds; masking of personal data goes by the setting alone, because a file that somebody imports
   * must not decide about it.
   */
  Asset.OwnNetworks own(Asset.OwnNetworks setting) {
    return address -> setting.contains(address) || assets.of(address, 0) != null;
  }
}
