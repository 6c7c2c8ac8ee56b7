package tr.emanet.indicator.list;

import tr.emanet.indicator.value.CanonicalValue;
import tr.emanet.indicator.value.IndicatorKind;

/**
 * The strict grammar of what may stand in a list, of allowed characters only. It is narrower than
 * the grammar of the store and does not rely on it. Pure functions.
 */
final class ListGrammar {

  private static final int LONGEST_LINE = 2_048;

  private ListGrammar() {}

  /** Whether a value may be written into a list of this kind at all. */
  static boolean holds(ListKind kind, String value) {
    return switch (kind) {
      case ADDRESS -> address(value);
      case DOMAIN -> domain(value);
      case URL -> url(value);
    };
  }

  private static boolean address(String value) {
    return only(value, "0123456789abcdef.:/")
        && (CanonicalValue.isCanonical(IndicatorKind.ADDRESS, value)
            || CanonicalValue.isCanonical(IndicatorKind.NETWORK, value));
  }

  private static boolean domain(String value) {
    return only(value, "abcdefghijklmnopqrstuvwxyz0123456789-._")
        && CanonicalValue.isCanonical(IndicatorKind.DOMAIN, value);
  }

  /**
   * No wildcards, and brackets only around an IPv6 address at the begin: some firewalls read them
   * as patterns, see {@link #hasBrackets}.
   */
  private static boolean url(String value) {
    int end = hasBrackets(value) ? value.indexOf(']') + 1 : 0;
    return (end == 0 || only(value.substring(1, Math.max(1, end - 1)), "0123456789abcdef:."))
        && only(
            value.substring(end),
            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/:@,+=&?%")
        && CanonicalValue.isCanonical(IndicatorKind.URL, value);
  }

  /** Whether a value holds brackets, which only forms without patterns take. */
  static boolean hasBrackets(String value) {
    return value.startsWith("[");
  }

  private static boolean only(String value, String allowed) {
    if (value.isEmpty() || value.length() > LONGEST_LINE) {
      return false;
    }
    for (int i = 0; i < value.length(); i++) {
      if (allowed.indexOf(value.charAt(i)) < 0) {
        return false;
      }
    }
    return true;
  }
}
