package tr.emanet.search;

import org.jspecify.annotations.Nullable;

/** Reads numbers out of query text and of text fields that hold numbers. */
public final class Numbers {

  private static final int MAX_DIGITS = 18;

  private Numbers() {}

  /** A whole number of at most 18 digits, or null. */
  public static @Nullable Long whole(String text) {
    int from = text.startsWith("-") ? 1 : 0;
    int digits = text.length() - from;
    if (digits < 1 || digits > MAX_DIGITS) {
      return null;
    }
    for (int i = from; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return null;
      }
    }
    return Long.valueOf(text);
  }

  /** Whether the text is a decimal number within the bounds, both inclusive. */
  public static boolean within(String text, long low, long high) {
    int dot = text.indexOf('.');
    Long whole = whole(dot < 0 ? text : text.substring(0, dot));
    if (whole == null) {
      return false;
    }
    if (dot < 0) {
      return whole >= low && whole <= high;
    }
    boolean fraction = false;
    if (dot + 1 == text.length()) {
      return false;
    }
    for (int i = dot + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return false;
      }
      fraction |= c != '0';
    }
    boolean negative = text.startsWith("-");
    boolean aboveLow = whole > low || whole == low && !(fraction && negative);
    boolean belowHigh = whole < high || whole == high && !(fraction && !negative);
    return aboveLow && belowHigh;
  }
}
