package tr.emanet.asset;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Puts the rows of a file together: one row a product, many rows an asset. One thread only. */
final class AssetRows {

  private static final List<CsvColumn> COMMON =
      List.of(
          CsvColumn.NAME, CsvColumn.KIND, CsvColumn.UNIT, CsvColumn.OWNER, CsvColumn.CRITICALITY);

  /** An asset while its rows are read. */
  private static final class Draft {
    final Network network;
    final long line;
    final Map<CsvColumn, String> cells = new LinkedHashMap<>();
    final List<Product> products = new ArrayList<>();

    Draft(Network network, long line) {
      this.network = network;
      this.line = line;
    }
  }

  private final Consumer<CsvProblem> problems;
  private final Map<String, Draft> drafts = new LinkedHashMap<>();

  AssetRows(Consumer<CsvProblem> problems) {
    this.problems = problems;
  }

  /** Takes a row; cells that are empty are absent. */
  void add(long line, Map<CsvColumn, String> cells) {
    boolean clean = true;
    for (Map.Entry<CsvColumn, String> cell : cells.entrySet()) {
      clean &= checkText(line, cell.getKey(), cell.getValue());
    }
    Network network = network(line, cells.get(CsvColumn.ADDRESS));
    checkWords(line, cells);
    if (network == null || !clean) {
      return;
    }
    Draft draft = drafts.computeIfAbsent(network.text(), key -> new Draft(network, line));
    for (CsvColumn column : COMMON) {
      merge(draft, line, column, cells.get(column));
    }
    product(draft, line, cells);
  }

  private boolean checkText(long line, CsvColumn column, String text) {
    if (text.length() > column.longest()) {
      tell(line, "long", text, Integer.toString(column.longest()));
      return false;
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      tell(line, "control", text.replaceAll("\\p{Cntrl}", "?"), column.id());
      return false;
    }
    return true;
  }

  private @Nullable Network network(long line, @Nullable String text) {
    if (text == null) {
      tell(line, "address-missing", "", "");
      return null;
    }
    switch (Network.fault(text)) {
      case SYNTAX -> tell(line, "address", text, "");
      case HOST_BITS -> tell(line, "host-bits", text, Network.withoutHostBits(text));
      case TOO_WIDE -> tell(line, "too-wide", text, "");
      case NONE -> {
        return Network.read(text).orElse(null);
      }
    }
    return null;
  }

  private void checkWords(long line, Map<CsvColumn, String> cells) {
    String kind = cells.get(CsvColumn.KIND);
    if (kind != null && AssetKind.read(kind).isEmpty()) {
      tell(line, "kind", kind, "");
    }
    String criticality = cells.get(CsvColumn.CRITICALITY);
    if (criticality != null && Criticality.read(criticality).isEmpty()) {
      tell(line, "criticality", criticality, "");
    }
  }

  /** What an asset is called must be the same in all of its rows; a row may leave it out. */
  private void merge(Draft draft, long line, CsvColumn column, @Nullable String text) {
    if (text == null) {
      return;
    }
    String before = draft.cells.putIfAbsent(column, text);
    if (before != null && !same(column, before, text)) {
      tell(line, "conflict", text, before);
    }
  }

  private static boolean same(CsvColumn column, String a, String b) {
    return switch (column) {
      case KIND -> AssetKind.read(a).equals(AssetKind.read(b));
      case CRITICALITY -> Criticality.read(a).equals(Criticality.read(b));
      case ADDRESS, NAME, UNIT, OWNER, VENDOR, PRODUCT, VERSION -> a.equals(b);
    };
  }

  private void product(Draft draft, long line, Map<CsvColumn, String> cells) {
    String vendor = cells.getOrDefault(CsvColumn.VENDOR, "");
    String product = cells.getOrDefault(CsvColumn.PRODUCT, "");
    String version = cells.getOrDefault(CsvColumn.VERSION, "");
    if (!product.isEmpty()) {
      draft.products.add(new Product(vendor, product, version));
    } else if (!vendor.isEmpty() || !version.isEmpty()) {
      tell(line, "product-missing", vendor.isEmpty() ? version : vendor, "");
    }
  }

  private void tell(long line, String code, String value, String advice) {
    problems.accept(new CsvProblem(line, code, value, advice));
  }

  /** The assets in the order of the file; one without a name or kind is a mistake. */
  List<AssetEntry> entries() {
    List<AssetEntry> out = new ArrayList<>(drafts.size());
    for (Draft draft : drafts.values()) {
      String name = draft.cells.get(CsvColumn.NAME);
      String kind = draft.cells.get(CsvColumn.KIND);
      if (name == null) {
        tell(draft.line, "name-missing", draft.network.text(), "");
      }
      if (kind == null) {
        tell(draft.line, "kind-missing", draft.network.text(), "");
      }
      Optional<AssetKind> read = AssetKind.read(Objects.requireNonNullElse(kind, ""));
      if (name != null && read.isPresent()) {
        out.add(entry(draft, name, read.get()));
      }
    }
    return out;
  }

  private static AssetEntry entry(Draft draft, String name, AssetKind kind) {
    return new AssetEntry(
        draft.network,
        name,
        kind,
        draft.cells.getOrDefault(CsvColumn.UNIT, ""),
        draft.cells.getOrDefault(CsvColumn.OWNER, ""),
        Criticality.read(draft.cells.getOrDefault(CsvColumn.CRITICALITY, "medium"))
            .orElse(Criticality.MEDIUM),
        draft.products);
  }
}
