package tr.emanet.search;

/**
 * Where the next page begins: after this event in the order newest first.
 *
 * @param timestampMillis of the last event shown
 * @param sequence of the last event shown; ties are ordered by falling sequence
 */
public record Cursor(long timestampMillis, long sequence) {

  /** Reads {@code timestamp-sequence}. */
  public static Cursor parse(String text) {
    int dash = text.lastIndexOf('-');
    try {
      return new Cursor(
          Long.parseLong(text.substring(0, Math.max(0, dash))),
          Long.parseLong(text.substring(dash + 1)));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("cursor '" + text + "' is not timestamp-sequence", e);
    }
  }

  @Override
  public String toString() {
    return timestampMillis + "-" + sequence;
  }
}
