package tr.emanet.indicator.value;

import java.nio.charset.StandardCharsets;

/** Writes path and query in their normal form. Pure functions. */
final class UrlText {

  private static final String HEX = "0123456789ABCDEF";

  private UrlText() {}

  /**
   * Path and query of {@code text[from..]}, which begins with a slash or a question mark or is
   * empty: no fragment, no double slash, no slash at the end, escapes only where needed.
   */
  static String normal(String text, int from) {
    int fragment = text.indexOf('#', from);
    byte[] utf8 =
        text.substring(from, fragment < 0 ? text.length() : fragment)
            .getBytes(StandardCharsets.UTF_8);
    int question = 0;
    while (question < utf8.length && utf8[question] != '?') {
      question++;
    }
    StringBuilder out = new StringBuilder(utf8.length + 16).append('/');
    escape(utf8, 0, question, false, out);
    if (out.length() > 1 && out.charAt(out.length() - 1) == '/') {
      out.setLength(out.length() - 1);
    }
    if (question + 1 < utf8.length) {
      out.append('?');
      escape(utf8, question + 1, utf8.length, true, out);
    }
    return out.toString();
  }

  private static void escape(byte[] b, int from, int to, boolean query, StringBuilder out) {
    for (int i = from; i < to; i++) {
      int c = b[i] & 255;
      if (c == '/' && !query && out.charAt(out.length() - 1) == '/') {
        continue;
      }
      if (c == '%'
          && i + 2 < to
          && Characters.hex(b[i + 1]) >= 0
          && Characters.hex(b[i + 2]) >= 0) {
        c = Characters.hex(b[i + 1]) << 4 | Characters.hex(b[i + 2]);
        i += 2;
        if (Characters.unreserved(c)) {
          out.append((char) c);
        } else {
          escape(c, out);
        }
      } else if (Characters.unreserved(c) || Characters.kept(c, query)) {
        out.append((char) c);
      } else {
        escape(c, out);
      }
    }
  }

  private static void escape(int c, StringBuilder out) {
    out.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
  }
}
