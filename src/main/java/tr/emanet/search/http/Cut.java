package tr.emanet.search.http;

/** Shortens long values in the middle: both ends of an address, hash or name tell them apart. */
public final class Cut {

  private static final int MAX = 48;

  private Cut() {}

  /** The text itself, or its ends with an ellipsis between them. */
  public static String middle(String text) {
    return middle(text, MAX);
  }

  /** The same with at most {@code max} characters, at least 5. */
  static String middle(String text, int max) {
    if (text.length() <= max) {
      return text;
    }
    int half = (max - 1) / 2;
    int head = Character.isHighSurrogate(text.charAt(half - 1)) ? half - 1 : half;
    int tail = text.length() - half;
    if (Character.isLowSurrogate(text.charAt(tail))) {
      tail++;
    }
    return text.substring(0, head) + "…" + text.substring(tail);
  }
}
