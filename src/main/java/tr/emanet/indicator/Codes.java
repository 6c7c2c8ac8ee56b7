package tr.emanet.indicator;

/**
 * What a feed says about a value, in its own codes; empty text where it says nothing.
 *
 * @param type as the feed calls the kind, such as {@code ip6}
 * @param description USOM: {@code desc}; other feeds: a label
 * @param source USOM: {@code source}, such as {@code IH}; other feeds: TLP
 * @param connection USOM: {@code connectiontype}; other feeds: a label
 * @param criticality the raw number, 0 for none: its direction is disputed, nothing depends on it
 */
public record Codes(
    String type, String description, String source, String connection, int criticality) {

  /** Longest code or label. */
  static final int MAX = 120;

  public Codes {
    type = cut(type);
    description = cut(description);
    source = cut(source);
    connection = cut(connection);
  }

  private static String cut(String text) {
    return text.length() <= MAX ? text : text.substring(0, MAX);
  }
}
