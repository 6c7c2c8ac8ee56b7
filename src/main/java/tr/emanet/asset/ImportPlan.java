package tr.emanet.asset;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What an import would do to the inventory.
 *
 * @param revision of the inventory it was made for
 * @param unchanged how many assets stay as they are
 */
public record ImportPlan(
    long revision,
    List<AssetEntry> added,
    List<Change> changed,
    List<AssetEntry> removed,
    int unchanged) {

  /** One asset before and after. */
  public record Change(AssetEntry before, AssetEntry after) {}

  public ImportPlan {
    added = List.copyOf(added);
    changed = List.copyOf(changed);
    removed = List.copyOf(removed);
  }

  /** Compares; the file is the whole inventory, so what it does not name is removed. */
  static ImportPlan of(Inventory before, List<AssetEntry> file) {
    List<AssetEntry> added = new ArrayList<>();
    List<Change> changed = new ArrayList<>();
    Set<String> named = new HashSet<>();
    int unchanged = 0;
    for (AssetEntry entry : file) {
      named.add(entry.key());
      AssetEntry old = before.find(entry.key()).orElse(null);
      if (old == null) {
        added.add(entry);
      } else if (old.equals(entry)) {
        unchanged++;
      } else {
        changed.add(new Change(old, entry));
      }
    }
    List<AssetEntry> removed =
        before.entries().stream().filter(entry -> !named.contains(entry.key())).toList();
    return new ImportPlan(before.revision(), added, changed, removed, unchanged);
  }

  public boolean empty() {
    return added.isEmpty() && changed.isEmpty() && removed.isEmpty();
  }
}
