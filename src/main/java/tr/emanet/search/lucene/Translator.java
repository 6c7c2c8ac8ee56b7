package tr.emanet.search.lucene;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.jspecify.annotations.Nullable;
import tr.emanet.search.Masking;
import tr.emanet.search.Query;
import tr.emanet.search.RecordLoader;

/**
 * Turns a query tree into a Lucene query for one partition: cheap candidates from postings, points
 * and columns, and for what they cannot decide a check of the record that runs last.
 */
final class Translator {

  /** Lucene refuses more than 1,024 children in one node. */
  private static final int MAX_CHILDREN = 512;

  private final LeafQueries leaves;
  private final IndexSearcher searcher;
  private final TextTranslator texts;
  private final FieldTranslator fields;
  private final @Nullable MaskedTranslator masked;

  /**
   * @param masking when the reader sees masked events, else null
   * @param searcher of the partition
   * @param windows whether the query will be asked for many time windows, so that sets are worth
   *     remembering
   */
  Translator(
      String stream,
      RecordLoader loader,
      LeafQueries leaves,
      @Nullable Masking masking,
      IndexSearcher searcher,
      boolean windows) {
    this.leaves = leaves;
    this.searcher = searcher;
    RecordChecks records = new RecordChecks(stream, loader, leaves, event -> event);
    this.texts = new TextTranslator(leaves, records);
    this.fields = new FieldTranslator(leaves, records, texts, windows ? searcher : null);
    this.masked =
        masking == null
            ? null
            : new MaskedTranslator(
                masking,
                leaves,
                new RecordChecks(stream, loader, leaves, masking::masked),
                new KnownNames(searcher.getIndexReader()),
                this::plain);
  }

  org.apache.lucene.search.Query translate(Query query) throws IOException {
    boolean node = query instanceof Query.And || query instanceof Query.Or;
    return masked == null || node || query instanceof Query.Not
        ? plain(query)
        : masked.translate(query);
  }

  private org.apache.lucene.search.Query plain(Query query) throws IOException {
    return switch (query) {
      case Query.All all -> MatchAllDocsQuery.INSTANCE;
      case Query.None none -> Clauses.none();
      case Query.Text text -> texts.text(text.text());
      case Query.Phrase phrase -> texts.phrase(phrase.text());
      case Query.TextWildcard wildcard -> texts.textWildcard(wildcard.pattern());
      case Query.FieldIs is -> fields.is(is);
      case Query.FieldWildcard wildcard -> fields.wildcard(wildcard);
      case Query.FieldExists exists -> fields.exists(exists);
      case Query.FieldRange range -> fields.range(range);
      case Query.FieldNet net -> fields.net(net);
      case Query.And and -> and(and.parts());
      case Query.Or or -> or(or.parts());
      case Query.Not not -> and(List.of(query));
    };
  }

  private org.apache.lucene.search.Query and(List<Query> parts) throws IOException {
    if (parts.size() > MAX_CHILDREN) {
      List<org.apache.lucene.search.Query> groups = new ArrayList<>();
      for (List<Query> group : grouped(parts)) {
        groups.add(leaves.once(and(group), searcher));
      }
      return Clauses.every(groups);
    }
    BooleanQuery.Builder all = new BooleanQuery.Builder();
    boolean positive = false;
    for (Query part : parts) {
      if (part instanceof Query.Not not) {
        all.add(translate(not.part()), Occur.MUST_NOT);
      } else {
        all.add(translate(part), Occur.FILTER);
        positive = true;
      }
    }
    if (!positive) {
      all.add(MatchAllDocsQuery.INSTANCE, Occur.FILTER);
    }
    return all.build();
  }

  private org.apache.lucene.search.Query or(List<Query> parts) throws IOException {
    BooleanQuery.Builder any = new BooleanQuery.Builder();
    if (parts.size() > MAX_CHILDREN) {
      // Lucene would pull plain groups up again and refuse the result.
      for (List<Query> group : grouped(parts)) {
        any.add(leaves.once(or(group), searcher), Occur.SHOULD);
      }
      return any.build();
    }
    for (Query part : parts) {
      any.add(translate(part), Occur.SHOULD);
    }
    return parts.isEmpty() ? Clauses.none() : any.build();
  }

  private static List<List<Query>> grouped(List<Query> parts) {
    List<List<Query>> groups = new ArrayList<>();
    for (int i = 0; i < parts.size(); i += MAX_CHILDREN) {
      groups.add(parts.subList(i, Math.min(parts.size(), i + MAX_CHILDREN)));
    }
    return groups;
  }
}
