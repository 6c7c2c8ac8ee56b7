package tr.emanet.search.http;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The last queries of each person, in memory only: browsers keep nothing about a search. At most 12
 * queries of 200 people. Thread-safe.
 */
final class QueryHistory {

  private static final int MAX_QUERIES = 12;
  private static final int MAX_PEOPLE = 200;

  private final Map<String, Deque<String>> people =
      new LinkedHashMap<>(16, .75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Deque<String>> eldest) {
          return size() > MAX_PEOPLE;
        }
      };

  synchronized void add(String person, String query) {
    if (query.isBlank() || query.length() > 500) {
      return;
    }
    Deque<String> queries = people.computeIfAbsent(person, p -> new ArrayDeque<>());
    queries.remove(query);
    queries.addFirst(query);
    if (queries.size() > MAX_QUERIES) {
      queries.removeLast();
    }
  }

  synchronized List<String> of(String person) {
    Deque<String> queries = people.get(person);
    return queries == null ? List.of() : List.copyOf(queries);
  }
}
