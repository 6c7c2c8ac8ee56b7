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

  /** No wildcards and no brackets: some firewalls read those as patterns. */
  private static boolean url(String value) {
    return only(
            value, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/:@,+=&?%")
        && CanonicalValue.isCanonical(IndicatorKind.URL, value);
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
