package tr.emanet.asset;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tr.emanet.event.Folding;

/**
 * Which assets are wanted.
 *
 * @param text part of address, name, unit, owner or product in any case; empty for all
 * @param kind only this one, or null
 */
public record AssetFilter(String text, @Nullable AssetKind kind) {

  private static final int MAX_TEXT = 200;

  public AssetFilter {
    text = Folding.fold(text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text).strip();
  }

  /** The entries it admits, the most important first; an address also finds what encloses it. */
  public List<AssetEntry> of(Inventory inventory) {
    AssetEntry enclosing = inventory.of(text);
    return inventory.entries().stream()
        .filter(entry -> kind == null || entry.kind() == kind)
        .filter(entry -> text.isEmpty() || entry.equals(enclosing) || holds(entry))
        .sorted(
            java.util.Comparator.comparing(AssetEntry::criticality)
                .reversed()
                .thenComparing(AssetEntry::network))
        .toList();
  }

  private boolean holds(AssetEntry entry) {
    return has(entry.key())
        || has(entry.name())
        || has(entry.unit())
        || has(entry.owner())
        || entry.products().stream().anyMatch(product -> has(product.text()));
  }

  private boolean has(String value) {
    return Folding.fold(value).contains(text);
  }
}
