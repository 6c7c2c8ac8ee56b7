package tr.emanet.indicator.value;

import java.util.Set;
import tr.emanet.event.IpAddress;

/**
 * Which values would match so much that they can only be a mistake or poison: networks wider than
 * /8 (IPv4) or /16 (IPv6), and names under which registries sell domains. A bare top-level domain
 * is no canonical value at all.
 */
final class Breadth {

  private static final int WIDEST_V4 = 8;
  private static final int WIDEST_V6 = 16;

  /** Second-level names that registries of two-letter domains use for registration. */
  private static final Set<String> GENERIC =
      Set.of(
          "ac", "biz", "co", "com", "edu", "gen", "go", "gob", "gouv", "gov", "gub", "id", "info",
          "ltd", "me", "mil", "name", "ne", "net", "nom", "or", "org", "plc", "pro", "sch", "tel",
          "tv", "web");

  /** Those of .tr besides the generic ones (Nic.tr); Northern Cyprus lies below nc.tr. */
  private static final Set<String> TURKISH =
      Set.of("av", "bbs", "bel", "ct", "dr", "k12", "kep", "nc", "pol", "sgm", "tsk");

  private Breadth() {}

  static boolean tooBroad(CanonicalValue value) {
    return switch (value.kind()) {
      case DOMAIN -> publicSuffix(value.text());
      case NETWORK -> {
        byte[] network = value.bytes();
        yield IpAddress.isV4(network, 0) ? network[16] < 96 + WIDEST_V4 : network[16] < WIDEST_V6;
      }
      case URL, ADDRESS, FILE_HASH -> false;
    };
  }

  static boolean publicSuffix(String domain) {
    int last = domain.lastIndexOf('.');
    String first = domain.substring(0, last);
    String top = domain.substring(last + 1);
    if (top.equals("tr")) {
      return GENERIC.contains(first)
          || TURKISH.contains(first)
          || first.endsWith(".nc") && GENERIC.contains(first.substring(0, first.length() - 3));
    }
    return top.length() == 2 && GENERIC.contains(first);
  }
}
