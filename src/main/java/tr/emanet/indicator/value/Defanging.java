package tr.emanet.indicator.value;

import java.util.regex.Pattern;

/** Undoes what reports do to values so that nobody clicks on them. Pure functions. */
final class Defanging {

  private static final Pattern DOT = Pattern.compile("[\\[({](?:\\.|[dD][oO][tT])[\\])}]");
  private static final Pattern SCHEME =
      Pattern.compile("^(?:h(?:xx|XX|tx|xt|\\*\\*)p|H(?:XX|TX|XT|\\*\\*)P)([sS]?)(?=:|\\[)");
  private static final Pattern COLON = Pattern.compile("\\[(:|://|/|@)]");

  private Defanging() {}

  /**
   * The value with dots, colons and scheme as they were: {@code hxxps[://]evil[.]example}, the
   * target of a Markdown link, without angle brackets. Bounded work: the patterns have no repeats.
   */
  static String undo(String text) {
    String plain = text;
    int link = plain.startsWith("[") ? plain.indexOf("](") : -1;
    if (link > 0 && plain.endsWith(")")) {
      plain = plain.substring(link + 2, plain.length() - 1);
    } else if (plain.startsWith("<") && plain.endsWith(">") && plain.length() > 2) {
      plain = plain.substring(1, plain.length() - 1);
    }
    if (plain.indexOf('[') >= 0 || plain.indexOf('(') >= 0 || plain.indexOf('{') >= 0) {
      plain = DOT.matcher(plain).replaceAll(".");
      plain = COLON.matcher(plain).replaceAll("$1");
    }
    char first = plain.isEmpty() ? 'x' : plain.charAt(0);
    return first == 'h' || first == 'H' ? SCHEME.matcher(plain).replaceFirst("http$1") : plain;
  }
}
