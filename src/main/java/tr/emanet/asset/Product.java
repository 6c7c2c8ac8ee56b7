package tr.emanet.asset;

import java.util.Comparator;

/**
 * Something installed.
 *
 * @param vendor empty when unknown
 * @param product never empty
 * @param version as written, empty when unknown
 */
public record Product(String vendor, String product, String version)
    implements Comparable<Product> {

  private static final Comparator<Product> ORDER =
      Comparator.comparing(Product::vendor)
          .thenComparing(Product::product)
          .thenComparing(Product::version);

  public Product {
    if (product.isEmpty()) {
      throw new IllegalArgumentException("a product needs a name");
    }
  }

  @Override
  public int compareTo(Product other) {
    return ORDER.compare(this, other);
  }

  /** For people: vendor, product and version with blanks between. */
  public String text() {
    StringBuilder out = new StringBuilder(vendor);
    if (!product.startsWith(vendor) || vendor.isEmpty()) {
      out.append(vendor.isEmpty() ? "" : " ").append(product);
    } else {
      out.replace(0, out.length(), product);
    }
    return version.isEmpty() ? out.toString() : out.append(' ').append(version).toString();
  }
}
