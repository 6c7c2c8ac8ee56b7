package tr.emanet.indicator.list;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The forms in which firewalls and sensors read a list. */
public enum ListFormat {
  /** One value a line: FortiGate external resources, pfSense and OPNsense URL tables. */
  PLAIN("txt", ListKind.ADDRESS, ListKind.DOMAIN, ListKind.URL),
  /** Palo Alto external dynamic list: URLs without scheme, ending in a slash. */
  PALO_ALTO("pan.txt", ListKind.ADDRESS, ListKind.DOMAIN, ListKind.URL),
  /** A RouterOS script that replaces what it added before. */
  MIKROTIK("rsc", ListKind.ADDRESS, ListKind.DOMAIN),
  /** Names that lead nowhere. */
  HOSTS("hosts", ListKind.DOMAIN),
  /** DNS response policy zone (draft-vixie-dnsop-dns-rpz). */
  RPZ("rpz", ListKind.ADDRESS, ListKind.DOMAIN),
  /** Suricata: IP reputation for addresses, a dataset of base64 strings for names. */
  SURICATA("suricata.lst", ListKind.ADDRESS, ListKind.DOMAIN),
  /** Zeek Intel framework, separated by tabs. */
  ZEEK("zeek.intel", ListKind.ADDRESS, ListKind.DOMAIN, ListKind.URL);

  private final String suffix;

  /** A bit for each kind. */
  private final int kinds;

  ListFormat(String suffix, ListKind... kinds) {
    this.suffix = suffix;
    this.kinds = Arrays.stream(kinds).mapToInt(ListFormat::bit).reduce(0, (a, b) -> a | b);
  }

  private static int bit(ListKind kind) {
    return 1 << kind.ordinal();
  }

  /** The end of the address, without the dot before it. */
  public String suffix() {
    return suffix;
  }

  /** Whether a list of this kind has this form. */
  public boolean fits(ListKind kind) {
    return (kinds & bit(kind)) != 0;
  }

  /** The form of a suffix. */
  public static Optional<ListFormat> named(String suffix) {
    return Arrays.stream(values()).filter(f -> f.suffix.equals(suffix)).findFirst();
  }

  /** All forms of a kind, in the order in which they are shown. */
  public static List<ListFormat> of(ListKind kind) {
    return Arrays.stream(values()).filter(f -> f.fits(kind)).toList();
  }
}
