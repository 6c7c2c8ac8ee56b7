package tr.emanet.indicator.value;

/** Classes of characters; all tables are ASCII. */
final class Characters {

  private Characters() {}

  static boolean digit(int c) {
    return c >= '0' && c <= '9';
  }

  static boolean lower(int c) {
    return c >= 'a' && c <= 'z';
  }

  /** The value of a hexadecimal digit in either case, else -1. */
  static int hex(int c) {
    if (digit(c)) {
      return c - '0';
    }
    int l = c | 0x20;
    return l >= 'a' && l <= 'f' ? l - 'a' + 10 : -1;
  }

  /** Characters of a label of a host name in its canonical form; the underscore is real (SRV). */
  static boolean label(int c) {
    return lower(c) || digit(c) || c == '-' || c == '_';
  }

  /** The unreserved characters of RFC 3986 section 2.3: never escaped in normal form. */
  static boolean unreserved(int c) {
    return lower(c | 0x20) || digit(c) || c == '-' || c == '.' || c == '_' || c == '~';
  }

  /**
   * Reserved characters that stay as they are in a canonical URL. All others are escaped, even
   * where RFC 3986 allows them ({@code ; ' ( ) * ! $}), because scripts could run them.
   */
  static boolean kept(int c, boolean query) {
    return c == '/'
        || c == ':'
        || c == '@'
        || c == ','
        || c == '+'
        || c == '='
        || query && (c == '&' || c == '?');
  }

  /** ASCII characters that no URI may hold unescaped (RFC 3986) although some clients send them. */
  static boolean illegalInUrl(int c) {
    return c <= ' ' || c == '"' || c == '<' || c == '>' || c == '\\' || c == '^' || c == '`'
        || c == '{' || c == '|' || c == '}' || c == 0x7f;
  }

  static boolean mark(int c) {
    int type = Character.getType(c);
    return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
  }

  /** Characters that have no place in any value: nobody sees them, or they reorder the text. */
  static boolean forbidden(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SPACE_SEPARATOR ->
          true;
      default -> false;
    };
  }

  /** Lower case of ASCII letters; everything else, the Turkish letters too, stays as it is. */
  static String lowerAscii(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      out.append(c >= 'A' && c <= 'Z' ? (char) (c | 0x20) : c);
    }
    return out.toString();
  }
}
