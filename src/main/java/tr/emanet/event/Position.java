package tr.emanet.event;

/**
 * Where a record lies in the journal: the identity of an event for its whole life.
 *
 * @param stream retention class, {@code [a-z0-9-]{1,32}}
 * @param sequence global, rising, at least 1
 */
public record Position(String stream, long sequence) implements Comparable<Position> {

  public Position {
    if (sequence < 1) {
      throw new IllegalArgumentException("sequence " + sequence + " is below 1");
    }
  }

  @Override
  public int compareTo(Position other) {
    return Long.compare(sequence, other.sequence);
  }

  /** Reads what {@link #toString} wrote: {@code stream:sequence}. */
  public static Position parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException("position '" + text + "' is not stream:sequence");
    }
    try {
      return new Position(text.substring(0, colon), Long.parseLong(text.substring(colon + 1)));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("position '" + text + "' is not stream:sequence", e);
    }
  }

  @Override
  public String toString() {
    return stream + ":" + sequence;
  }
}
