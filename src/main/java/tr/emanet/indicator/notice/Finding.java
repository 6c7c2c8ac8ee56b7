package tr.emanet.indicator.notice;

import tr.emanet.asset.AssetEntry;
import tr.emanet.asset.Product;

/**
 * What the comparison of a notice with the inventory says about one installed product.
 *
 * @param reason last part of the text key {@code notice.why.<reason>}
 * @param quote the versions as the notice states them, empty when it states none
 */
record Finding(
    AssetEntry asset, Product product, Confidence confidence, Reason reason, String quote) {

  /** Why it was proposed. */
  enum Reason {
    /** Vendor, product and version fit. */
    EXACT("exact"),
    /** Product and version fit, but the notice does not name the vendor. */
    VENDOR_UNNAMED("vendor-unnamed"),
    /** Notice or inventory give too few digits. */
    PERHAPS("perhaps"),
    /** The inventory does not say which version is installed. */
    VERSION_UNKNOWN("version-unknown"),
    /** The notice names the product without readable versions. */
    NO_VERSIONS("no-versions"),
    /** Only the vendor is named. */
    VENDOR_ONLY("vendor-only");

    private final String id;

    Reason(String id) {
      this.id = id;
    }

    String id() {
      return id;
    }
  }
}
