package tr.emanet.asset.http;

import java.util.List;
import tr.emanet.asset.AssetEntry;
import tr.emanet.event.Principal;
import tr.emanet.web.Texts;
import tr.emanet.web.Visible;

/** What other parts know about an asset; the wiring asks them. */
public interface AssetLinks {

  /** Knows nothing. */
  AssetLinks NONE =
      new AssetLinks() {
        @Override
        public List<Link> alerts(AssetEntry asset, Principal who, Texts texts) {
          return List.of();
        }

        @Override
        public List<Link> notices(AssetEntry asset, Principal who, Texts texts) {
          return List.of();
        }
      };

  /**
   * One line.
   *
   * @param mark id of a severity mark, empty for none
   */
  record Link(String url, String name, List<Visible.Piece> text, String mark, String markName) {
    public Link {
      text = List.copyOf(text);
    }
  }

  /**
   * Open alerts of the asset; at most a few dozen. Asked for analysts only: others see pseudonyms
   * in alerts, and a list by asset would undo them.
   */
  List<Link> alerts(AssetEntry asset, Principal who, Texts texts);

  /** Notices that match the asset; at most a few dozen. */
  List<Link> notices(AssetEntry asset, Principal who, Texts texts);
}
