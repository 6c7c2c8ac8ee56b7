package tr.emanet.search;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a query text was refused, and where.
 *
 * @param from first offending character, 0-based
 * @param to after the last offending character; equal to {@code from} for "expected something here"
 * @param key text key in both language bundles, such as {@code query.prefix.range}
 * @param arguments for the text
 * @param remedy the whole corrected query text when there is an obvious one
 */
public record QueryProblem(
    int from, int to, String key, List<Object> arguments, @Nullable String remedy) {

  public QueryProblem {
    arguments = List.copyOf(arguments);
  }
}
