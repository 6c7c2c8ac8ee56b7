package tr.emanet.asset;

import java.util.List;
import java.util.TreeSet;

/**
 * One record of the inventory; {@link Network#text} is its identity.
 *
 * @param name host name, or what people call it
 * @param unit empty when unknown
 * @param owner who answers for it: an account, a name or a desk; empty when nobody is named
 * @param products sorted, without repetitions
 */
public record AssetEntry(
    Network network,
    String name,
    AssetKind kind,
    String unit,
    String owner,
    Criticality criticality,
    List<Product> products) {

  public AssetEntry {
    products = List.copyOf(new TreeSet<>(products));
  }

  /** The address or prefix: what other tables refer to. */
  public String key() {
    return network.text();
  }
}
