package tr.emanet.indicator.notice;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tr.emanet.asset.AssetEntry;
import tr.emanet.asset.Inventory;
import tr.emanet.asset.Product;

/** The products and vendors of one inventory by the words of their names. Immutable. */
final class ProductIndex {

  /** One installation. */
  record Installed(AssetEntry asset, Product product, List<String> vendor) {}

  /** What a text names. */
  record Named(List<NoticeTokens.Place> places, Set<List<String>> vendors) {}

  private final long revision;
  private final List<List<String>> names = new ArrayList<>();
  private final List<List<Installed>> installed = new ArrayList<>();
  private final Map<String, List<Integer>> byFirst = new HashMap<>();
  private final Map<List<String>, List<Installed>> byVendor = new HashMap<>();
  private final Map<String, List<List<String>>> vendorsByFirst = new HashMap<>();

  ProductIndex(Inventory inventory) {
    this.revision = inventory.revision();
    Map<List<String>, Integer> numbers = new HashMap<>();
    for (AssetEntry asset : inventory.entries()) {
      for (Product product : asset.products()) {
        List<String> vendor = NameWords.vendor(product.vendor());
        List<String> name = NameWords.product(product.product(), vendor);
        if (!name.isEmpty()) {
          add(numbers, name, new Installed(asset, product, vendor));
        }
      }
    }
    Comparator<List<?>> longest = Comparator.<List<?>>comparingInt(List::size).reversed();
    byFirst.values().forEach(all -> all.sort(Comparator.comparing(names::get, longest)));
    for (List<String> vendor : byVendor.keySet()) {
      vendorsByFirst.computeIfAbsent(vendor.getFirst(), key -> new ArrayList<>()).add(vendor);
    }
  }

  private void add(Map<List<String>, Integer> numbers, List<String> name, Installed one) {
    Integer known = numbers.get(name);
    int number = known == null ? names.size() : known;
    if (known == null) {
      numbers.put(name, number);
      names.add(name);
      installed.add(new ArrayList<>());
      byFirst.computeIfAbsent(name.getFirst(), key -> new ArrayList<>()).add(number);
    }
    installed.get(number).add(one);
    if (!one.vendor().isEmpty()) {
      byVendor.computeIfAbsent(one.vendor(), key -> new ArrayList<>()).add(one);
    }
  }

  /** Of the inventory that it was made from. */
  long revision() {
    return revision;
  }

  List<String> name(int product) {
    return names.get(product);
  }

  List<Installed> of(int product) {
    return installed.get(product);
  }

  List<Installed> of(List<String> vendor) {
    return byVendor.getOrDefault(vendor, List.of());
  }

  /** Finds names in a text; where several begin, the longest counts. */
  Named find(String text) {
    List<NameWords.Word> words = NameWords.of(text);
    List<NoticeTokens.Place> places = new ArrayList<>();
    Set<List<String>> vendors = new HashSet<>();
    int taken = 0;
    for (int i = 0; i < words.size(); i++) {
      for (List<String> vendor : vendorsByFirst.getOrDefault(words.get(i).text(), List.of())) {
        if (stands(text, words, i, vendor)) {
          vendors.add(vendor);
        }
      }
      Integer product = i < taken ? null : productAt(text, words, i);
      if (product != null) {
        taken = i + names.get(product).size();
        places.add(new NoticeTokens.Place(product, words.get(i).from(), words.get(taken - 1).to()));
      }
    }
    return new Named(places, vendors);
  }

  private @Nullable Integer productAt(String text, List<NameWords.Word> words, int i) {
    for (Integer number : byFirst.getOrDefault(words.get(i).text(), List.of())) {
      if (stands(text, words, i, names.get(number))) {
        return number;
      }
    }
    return null;
  }

  /** Words of one name stand close together, not in two sentences. */
  private static boolean stands(
      String text, List<NameWords.Word> words, int at, List<String> name) {
    if (at + name.size() > words.size()) {
      return false;
    }
    for (int k = 0; k < name.size(); k++) {
      NameWords.Word word = words.get(at + k);
      if (!word.text().equals(name.get(k))) {
        return false;
      }
      if (k > 0) {
        String gap = text.substring(words.get(at + k - 1).to(), word.from());
        if (gap.length() > 3 || gap.indexOf('\n') >= 0 || gap.contains(". ")) {
          return false;
        }
      }
    }
    return true;
  }
}
