package tr.emanet.event;

import java.net.IDN;
import org.jspecify.annotations.Nullable;

/** The ASCII form of host names in any script (IDNA 2003, as the JDK has it). Pure functions. */
public final class HostText {

  /** Longest text looked at; the punycode conversion of the JDK is not linear. */
  public static final int MAX_TEXT = 600;

  private static final int MAX_LABEL = 63;

  private HostText() {}

  /** Lower case and punycode, or null when the text is too long or IDNA does not allow it. */
  public static @Nullable String ascii(String text) {
    if (text.length() > MAX_TEXT) {
      return null;
    }
    String lower = lowerAscii(text);
    if (lower.chars().allMatch(c -> c < 0x80)) {
      return lower;
    }
    if (longLabel(lower)) {
      return null;
    }
    try {
      String ascii = lowerAscii(IDN.toASCII(turkishCapital(lower), IDN.ALLOW_UNASSIGNED));
      // a full stop of another script
      return ascii.endsWith(".") ? ascii.substring(0, ascii.length() - 1) : ascii;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** Whether a part is too long in any script; converting it would be quadratic work. */
  private static boolean longLabel(String name) {
    int start = 0;
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) == '.') {
        start = i + 1;
      } else if (i - start >= 2 * MAX_LABEL) {
        return true;
      }
    }
    return false;
  }

  /**
   * The capital I with a dot is an i that a Turkish writer put in upper case; IDNA 2003 would keep
   * the dot as a combining mark, and no registry accepts such a name.
   */
  private static String turkishCapital(String text) {
    return text.replace('\u0130', 'i');
  }

  private static String lowerAscii(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      out.append(c >= 'A' && c <= 'Z' ? (char) (c | 0x20) : c);
    }
    return out.toString();
  }
}
