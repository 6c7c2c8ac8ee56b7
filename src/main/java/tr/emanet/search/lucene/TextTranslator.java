package tr.emanet.search.lucene;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import tr.emanet.event.Field;
import tr.emanet.event.Folding;
import tr.emanet.index.Schema;
import tr.emanet.search.Glob;
import tr.emanet.search.LineMatcher;
import tr.emanet.search.Words;

/** Translates the nodes about free text: words from postings, their order from the line. */
final class TextTranslator {

  private final LeafQueries leaves;
  private final RecordChecks records;

  TextTranslator(LeafQueries leaves, RecordChecks records) {
    this.leaves = leaves;
    this.records = records;
  }

  Query text(String text) {
    List<byte[]> words = Words.of(text);
    if (words.isEmpty()) {
      return text.isEmpty() ? MatchAllDocsQuery.INSTANCE : records.line(LineMatcher.contains(text));
    }
    List<Query> parts = new ArrayList<>();
    words.forEach(word -> parts.add(Clauses.word(word)));
    if (words.size() > 1) {
      parts.add(records.line(LineMatcher.sequence(text)));
    }
    return Clauses.every(parts);
  }

  Query phrase(String text) {
    List<byte[]> words = Words.of(text);
    List<Query> parts = new ArrayList<>();
    words.forEach(word -> parts.add(Clauses.word(word)));
    boolean decided =
        words.size() == 1
            && Arrays.equals(words.get(0), Folding.fold(text.getBytes(StandardCharsets.UTF_8)));
    if (!decided && !text.isEmpty()) {
      parts.add(records.line(LineMatcher.contains(text)));
    }
    return Clauses.every(parts);
  }

  Query textWildcard(String pattern) {
    if (pattern.equals("*")) {
      return MatchAllDocsQuery.INSTANCE;
    }
    List<Query> parts = new ArrayList<>();
    List<String> pieces = Words.pieces(pattern);
    for (String piece : pieces) {
      // Part of an address is no word of its own, so only the line can tell.
      if (pieces.size() == 1 || !Words.mayBeAddress(piece)) {
        parts.add(leaves.words(Glob.of(piece)));
      }
    }
    if (pieces.size() != 1) {
      parts.add(records.line(LineMatcher.wildcard(pattern)));
    }
    return Words.mayBeAddress(pattern)
        ? orAddress(Clauses.every(parts), pattern)
        : Clauses.every(parts);
  }

  /** An address is a word of its own (in text that was not parsed) or the value of a column. */
  private Query orAddress(Query words, String pattern) {
    Glob glob = Glob.of(pattern);
    BooleanQuery.Builder any = new BooleanQuery.Builder();
    any.add(words, Occur.SHOULD);
    any.add(leaves.words(glob), Occur.SHOULD);
    for (Field field : Schema.WORD_ADDRESSES) {
      any.add(
          leaves.values(
              field.ecsName(), value -> LeafQueries.addressFits(glob, value), sequence -> false),
          Occur.SHOULD);
    }
    return any.build();
  }
}
