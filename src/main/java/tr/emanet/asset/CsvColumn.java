package tr.emanet.asset;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tr.emanet.event.Folding;

/** The columns of the file, by the names that Turkish and English headers give them. */
enum CsvColumn {
  ADDRESS(
      100,
      "address",
      "prefix",
      "addressorprefix",
      "ip",
      "ipaddress",
      "subnet",
      "network",
      "adres",
      "adresveyaonek",
      "adresyadaonek",
      "ipadresi",
      "onek",
      "ag"),
  NAME(200, "name", "hostname", "host", "asset", "ad", "adi", "isim", "varlik", "varlikadi"),
  KIND(40, "kind", "type", "tur", "turu", "tip", "cesit"),
  UNIT(120, "unit", "department", "birim", "mudurluk"),
  OWNER(120, "owner", "sahip", "sahibi", "sorumlu"),
  CRITICALITY(40, "criticality", "kritiklik", "onem", "onemderecesi", "kritiklikderecesi"),
  VENDOR(120, "vendor", "manufacturer", "uretici", "marka"),
  PRODUCT(120, "product", "software", "urun", "yazilim"),
  VERSION(60, "version", "surum", "versiyon");

  private static final Map<String, CsvColumn> NAMES = new HashMap<>();

  static {
    for (CsvColumn column : values()) {
      for (String name : column.names.split(" ", -1)) {
        NAMES.put(name, column);
      }
    }
  }

  private final int longest;

  /** Separated by blanks. */
  private final String names;

  CsvColumn(int longest, String... names) {
    this.longest = longest;
    this.names = String.join(" ", names);
  }

  /** Most characters of a cell. */
  int longest() {
    return longest;
  }

  /** The name that an export writes. */
  String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Case, marks, blanks and signs of a header do not matter. */
  static Optional<CsvColumn> named(String header) {
    return Optional.ofNullable(NAMES.get(Folding.fold(header).replaceAll("[^a-z0-9]", "")));
  }
}
