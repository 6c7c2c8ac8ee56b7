package tr.emanet.search.lucene;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.lucene.util.BytesRef;
import tr.emanet.index.WordQuery;

/** Which of many words a template has. Pure functions. */
final class Templates {

  private Templates() {}

  /** Numbers of the words that stand in a template, each once. */
  static Set<Integer> words(BytesRef template, Map<BytesRef, Integer> numbers) {
    Set<Integer> out = new TreeSet<>();
    boolean ignored =
        WordQuery.anyWord(
            template,
            word -> {
              Integer number = numbers.get(word);
              if (number != null) {
                out.add(number);
              }
              return false;
            });
    return out;
  }
}
