package tr.emanet.indicator.notice;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tr.emanet.asset.Assets;
import tr.emanet.asset.Inventory;

/**
 * Says of installed products that they were checked and are not affected. Computed when asked, by
 * the inventory as it is now: a hint and nothing to decide. Safe for many threads.
 */
final class VersionHints {

  private final Assets assets;
  private volatile @Nullable ProductIndex products;

  VersionHints(Assets assets) {
    this.assets = assets;
  }

  /** Nothing for a notice that was withdrawn. */
  List<NotAffected> notAffected(NoticeRow notice) {
    if (!notice.active()) {
      return List.of();
    }
    Inventory inventory = assets.inventory();
    ProductIndex known = products;
    if (known == null || known.revision() != inventory.revision()) {
      known = new ProductIndex(inventory);
      products = known;
    }
    return new NoticeMatcher(known).outside(notice.title(), notice.text());
  }
}
