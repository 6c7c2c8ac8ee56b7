package tr.emanet.search;

import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * Reads the query language of {@code src/docs/query-language.md}. Recursive descent over
 * characters; depth is at most {@value #MAX_DEPTH}, length at most {@value #MAX_LENGTH}. Immutable.
 */
public final class QueryParser {

  /** Longest query text in characters. */
  public static final int MAX_LENGTH = 8192;

  /** Deepest nesting of parentheses and negations. */
  public static final int MAX_DEPTH = 64;

  private final ZoneId zone;
  private final @Nullable Masking masking;

  /**
   * @param zone for dates that name none
   */
  public QueryParser(ZoneId zone) {
    this(zone, null);
  }

  /**
   * @param masking for readers of masked events: pseudonyms of addresses are values of address
   *     fields, and values that these readers never see are refused; null for all others
   */
  public QueryParser(ZoneId zone, @Nullable Masking masking) {
    this.zone = zone;
    this.masking = masking;
  }

  /** Reads a query; blank text means everything. */
  public QueryResult parse(String text) {
    try {
      return new QueryResult.Parsed(new QueryReading(text, zone, masking).query());
    } catch (Refusal refusal) {
      return new QueryResult.Refused(refusal.problem());
    }
  }

  /** Whether a character may stand in a field name without a backslash. */
  static boolean nameCharacter(char c, int index) {
    return Character.isLetter(c)
        || c == '_'
        || c == '@'
        || index > 0 && (Character.isDigit(c) || c == '.' || c == '-');
  }

  /** Whether a backslash before the character is an escape; before letters it is itself. */
  static boolean escapable(char c) {
    return !Character.isLetterOrDigit(c);
  }

  /** Leaves the descent with the problem; never leaves this class. */
  static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient QueryProblem problem;

    Refusal(QueryProblem problem) {
      super(problem.key(), null, false, false);
      this.problem = problem;
    }

    QueryProblem problem() {
      return problem;
    }
  }

  /**
   * Text between blanks.
   *
   * @param text without escapes
   * @param pattern the same as a {@link Glob}
   * @param wild whether it holds a wildcard
   */
  record Word(int from, int to, String text, String pattern, boolean wild) {}
}
