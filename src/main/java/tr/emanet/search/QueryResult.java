package tr.emanet.search;

/** What became of a query text. */
public sealed interface QueryResult {

  record Parsed(Query query) implements QueryResult {}

  record Refused(QueryProblem problem) implements QueryResult {}
}
