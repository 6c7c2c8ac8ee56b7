package tr.emanet.search.lucene;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
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
      parts.add(leaves.terms(Schema.TERMS, new byte[0], Glob.of(piece)));
    }
    if (pieces.size() != 1) {
      parts.add(records.line(LineMatcher.wildcard(pattern)));
    }
    if (!Words.mayBeAddress(pattern)) {
      return Clauses.every(parts);
    }
    return new BooleanQuery.Builder()
        .add(Clauses.every(parts), Occur.SHOULD)
        .add(leaves.terms(Schema.TERMS, new byte[0], Glob.of(pattern)), Occur.SHOULD)
        .build();
  }
}
