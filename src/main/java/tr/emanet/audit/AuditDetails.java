package tr.emanet.audit;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Writes details as one canonical line of JSON: sorted keys, text values, bounded lengths. */
final class AuditDetails {

  static final int MAX_ENTRIES = 32;
  static final int MAX_VALUE = 1024;

  private static final Pattern KEY = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
  private static final String HEX = "0123456789abcdef";

  private AuditDetails() {}

  /**
   * The JSON text. Values longer than 1,024 characters are cut and end in an ellipsis; too many or
   * odd keys are a mistake of the caller.
   */
  static String json(Map<String, String> details) {
    if (details.size() > MAX_ENTRIES) {
      throw new IllegalArgumentException(details.size() + " details are more than " + MAX_ENTRIES);
    }
    StringBuilder out = new StringBuilder(64).append('{');
    for (Map.Entry<String, String> entry : new TreeMap<>(details).entrySet()) {
      if (!KEY.matcher(entry.getKey()).matches()) {
        throw new IllegalArgumentException("detail key '" + entry.getKey() + "'");
      }
      if (out.length() > 1) {
        out.append(',');
      }
      quote(entry.getKey(), out);
      out.append(':');
      quote(entry.getValue(), out);
    }
    return out.append('}').toString();
  }

  private static void quote(String text, StringBuilder out) {
    out.append('"');
    int count = 0;
    for (int i = 0; i < text.length(); ) {
      if (count++ == MAX_VALUE) {
        out.append('\u2026');
        break;
      }
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (c == '"' || c == '\\') {
        out.append('\\').append((char) c);
      } else if (c < 0x20 || c == 0x7f) {
        out.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
      } else if (c >= 0xD800 && c <= 0xDFFF) {
        out.append('\uFFFD');
      } else {
        out.appendCodePoint(c);
      }
    }
    out.append('"');
  }
}
