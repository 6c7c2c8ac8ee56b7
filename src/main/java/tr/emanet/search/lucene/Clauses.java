package tr.emanet.search.lucene;

import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import tr.emanet.index.WordQuery;

/** Small pieces that queries are put together from. */
final class Clauses {

  /** Words of a value used to find candidates; more make the check no cheaper. */
  private static final int MAX_CANDIDATE_WORDS = 6;

  private Clauses() {}

  /** Terms that a document with the value must have; address-like ones may be cut differently. */
  static List<Query> candidates(List<byte[]> words) {
    List<Query> out = new ArrayList<>();
    for (byte[] word : words) {
      boolean colon = false;
      for (byte b : word) {
        colon |= b == ':';
      }
      if (!colon && out.size() < MAX_CANDIDATE_WORDS) {
        out.add(word(word));
      }
    }
    return out;
  }

  static Query word(byte[] word) {
    return new WordQuery(word);
  }

  static Query every(List<Query> parts) {
    if (parts.isEmpty()) {
      return MatchAllDocsQuery.INSTANCE;
    }
    if (parts.size() == 1) {
      return parts.get(0);
    }
    BooleanQuery.Builder all = new BooleanQuery.Builder();
    parts.forEach(part -> all.add(part, Occur.FILTER));
    return all.build();
  }

  static Query none() {
    return MatchNoDocsQuery.INSTANCE;
  }
}
