package tr.emanet.search;

import java.util.Arrays;
import java.util.List;
import tr.emanet.event.Field;

/**
 * What is looked for. Values keep the user's spelling; folding happens when a node is compared.
 * {@code field} names outside the core ({@link Field}) mean extras. Immutable.
 */
public sealed interface Query {

  /** Everything. */
  record All() implements Query {}

  /** Nothing. */
  record None() implements Query {}

  /** Free text over the whole line: all words of {@code text}, next to each other when several. */
  record Text(String text) implements Query {}

  /** A quoted phrase: the folded text occurs in the folded line. */
  record Phrase(String text) implements Query {}

  /** Free text with {@code *} and {@code ?}, within one or more words. */
  record TextWildcard(String pattern) implements Query {}

  /** A field has exactly this value (after folding; addresses and numbers by value). */
  record FieldIs(String field, String value) implements Query {}

  /** A field matches a pattern with {@code *} and {@code ?} as a whole. */
  record FieldWildcard(String field, String pattern) implements Query {}

  /** A field has any value. */
  record FieldExists(String field) implements Query {}

  /**
   * A number, date or address lies in a range; an open end is {@code Long.MIN_VALUE} or {@code
   * MAX_VALUE}. Both ends inclusive.
   */
  record FieldRange(String field, long low, long high) implements Query {}

  /**
   * An address lies in a network or range.
   *
   * @param low 16 bytes, lowest address
   * @param high 16 bytes, highest address
   */
  record FieldNet(String field, byte[] low, byte[] high) implements Query {
    public FieldNet {
      if (low.length != 16 || high.length != 16) {
        throw new IllegalArgumentException("addresses of a network have 16 bytes");
      }
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof FieldNet n
          && n.field.equals(field)
          && Arrays.equals(n.low, low)
          && Arrays.equals(n.high, high);
    }

    @Override
    public int hashCode() {
      return (field.hashCode() * 31 + Arrays.hashCode(low)) * 31 + Arrays.hashCode(high);
    }
  }

  /** Every part matches. */
  record And(List<Query> parts) implements Query {
    public And {
      parts = List.copyOf(parts);
    }
  }

  /** At least one part matches. */
  record Or(List<Query> parts) implements Query {
    public Or {
      parts = List.copyOf(parts);
    }
  }

  /** The part does not match. */
  record Not(Query part) implements Query {}
}
