package tr.emanet.search.lucene;

import tr.emanet.search.Query;

/** How much a query asks for at once. */
final class QuerySize {

  private QuerySize() {}

  /** Nodes without parts. */
  static int clauses(Query query) {
    return switch (query) {
      case Query.And and -> and.parts().stream().mapToInt(QuerySize::clauses).sum();
      case Query.Or or -> or.parts().stream().mapToInt(QuerySize::clauses).sum();
      case Query.Not not -> clauses(not.part());
      case Query.All all -> 1;
      case Query.None none -> 1;
      case Query.Text text -> 1;
      case Query.Phrase phrase -> 1;
      case Query.TextWildcard wildcard -> 1;
      case Query.FieldIs is -> 1;
      case Query.FieldWildcard wildcard -> 1;
      case Query.FieldExists exists -> 1;
      case Query.FieldRange range -> 1;
      case Query.FieldNet net -> 1;
    };
  }
}
