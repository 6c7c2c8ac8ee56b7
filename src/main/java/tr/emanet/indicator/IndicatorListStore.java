package tr.emanet.indicator;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;
import tr.emanet.store.Database;

/** Reads pages of the list of indicators in the orders of a screen. Thread-safe. */
public final class IndicatorListStore {

  /** A code that fewer rows have is looked up first, and the rows are found through it. */
  private static final int RARE = 20_000;

  private static final int MOST_SPANS = 100;

  private final Database database;

  public IndicatorListStore(Database database) {
    this.database = database;
  }

  /**
   * How many rows there are.
   *
   * @param listed in force at the moment; neither refused nor spared
   */
  public record Totals(long listed, long removed, long refused, long spared) {
    public long all() {
      return listed + removed + refused + spared;
    }
  }

  /** A stretch of time in which a feed listed a value with the same codes. */
  public record Span(
      Instant from,
      long fromRevision,
      @Nullable Instant until,
      long untilRevision,
      Codes codes,
      @Nullable Instant listedAt,
      @Nullable Instant expiresAt) {}

  /** One page. With 500,000 rows some milliseconds; half a second for what hardly any row has. */
  public List<Indicator> page(IndicatorQuery query) {
    Map<String, Object> bound = new LinkedHashMap<>();
    StringBuilder where = new StringBuilder("WHERE 1 = 1");
    text(query, where, bound);
    equal(where, bound, "i.kind", "kind", query.kind());
    equal(where, bound, "i.feed", "feed", query.feed());
    where.append(state(query.state()));
    String codes = codes(query.codes(), bound);
    if (!codes.isEmpty()) {
      where.append(codes.replace("c.", "s."));
      if (rare(codes, bound)) {
        where
            .append(" AND i.id IN (SELECT c.indicator FROM indicator_span c WHERE 1 = 1")
            .append(codes)
            .append(")");
      }
    }
    List<Long> only = query.only();
    if (only != null) {
      where.append(" AND i.id IN (SELECT value FROM json_each(:only))");
      bound.put(
          "only", only.stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]")));
    }
    if (query.after() > 0) {
      where.append(" AND ").append(query.sort().next());
      bound.put("after", query.after());
    }
    bound.put("limit", query.limit());
    String sql =
        IndicatorStore.SELECT
            + IndicatorStore.NEWEST
            + where
            + " ORDER BY "
            + query.sort().order()
            + " LIMIT :limit";
    return database.read(
        h -> h.createQuery(sql).bindMap(bound).map((rs, c) -> IndicatorStore.indicator(rs)).list());
  }

  private static void text(IndicatorQuery query, StringBuilder where, Map<String, Object> bound) {
    if (query.text().isEmpty()) {
      return;
    }
    where.append(
        " AND (instr(i.value, :text) > 0"
            + " OR i.refusal <> '' AND instr(lower(i.raw), :text) > 0");
    bound.put("text", query.text().toLowerCase(Locale.ROOT));
    if (query.exact().isPresent()) {
      where.append(" OR i.value = :exact");
      bound.put("exact", query.exact().get().text());
    }
    where.append(")");
  }

  private static String codes(Codes codes, Map<String, Object> bound) {
    StringBuilder out = new StringBuilder();
    equal(out, bound, "c.description", "description", codes.description());
    equal(out, bound, "c.source", "source", codes.source());
    equal(out, bound, "c.connection", "connection", codes.connection());
    return out.toString();
  }

  private static void equal(
      StringBuilder where, Map<String, Object> bound, String column, String name, String value) {
    if (!value.isEmpty()) {
      where.append(" AND ").append(column).append(" = :").append(name);
      bound.put(name, value);
    }
  }

  private static String state(String state) {
    return switch (state) {
      case "listed" -> " AND i.refusal = '' AND i.guard = '' AND " + IndicatorStore.LISTED;
      case "removed" -> " AND NOT " + IndicatorStore.LISTED;
      case "refused" -> " AND i.refusal <> '' AND " + IndicatorStore.LISTED;
      case "spared" -> " AND i.guard <> '' AND " + IndicatorStore.LISTED;
      default -> "";
    };
  }

  private boolean rare(String codes, Map<String, Object> bound) {
    return database.read(
            h -> {
              Query query =
                  h.createQuery(
                      "SELECT count(*) FROM (SELECT 1 FROM indicator_span c WHERE 1 = 1"
                          + codes
                          + " LIMIT "
                          + RARE
                          + ")");
              for (String name : List.of("description", "source", "connection")) {
                if (bound.containsKey(name)) {
                  query.bind(name, String.valueOf(bound.get(name)));
                }
              }
              return query.mapTo(Integer.class).one();
            })
        < RARE;
  }

  /** The ids of values, in all feeds, by the stable name that hits carry. */
  public Map<Long, String> named(List<String> keys) {
    return database.read(
        h -> {
          Map<Long, String> out = new LinkedHashMap<>();
          for (String key : keys) {
            String[] parts = key.split(":", 3);
            if (parts.length < 3) {
              continue;
            }
            boolean cut = parts[2].lastIndexOf('#') == parts[2].length() - 9;
            String text = cut ? parts[2].substring(0, parts[2].length() - 9) : parts[2];
            h.createQuery(
                    "SELECT id FROM indicator WHERE value >= :text AND value "
                        + (cut ? "< :text || char(1114109)" : "<= :text")
                        + " AND feed = :feed AND kind = :kind LIMIT 50")
                .bind("text", text)
                .bind("feed", parts[0])
                .bind("kind", parts[1])
                .mapTo(Long.class)
                .forEach(id -> out.put(id, key));
          }
          return out;
        });
  }

  /** When an indicator was listed, the newest first. */
  public List<Span> spans(long id) {
    return database.read(
        h ->
            h.createQuery(
                    "SELECT s.from_at, s.from_revision, CASE WHEN s.until_revision <= f.current"
                        + " THEN s.until_at END, coalesce(s.until_revision, 0), s.type,"
                        + " s.description, s.source, s.connection, s.criticality, s.listed_at,"
                        + " s.expires_at FROM indicator_span s JOIN indicator i ON"
                        + " i.id = s.indicator JOIN indicator_feed f ON f.name = i.feed"
                        + " WHERE s.indicator = :id AND s.from_revision <= f.current"
                        + " ORDER BY s.id DESC LIMIT "
                        + MOST_SPANS)
                .bind("id", id)
                .map((rs, c) -> span(rs))
                .list());
  }

  private static Span span(ResultSet row) throws SQLException {
    return new Span(
        Instant.ofEpochMilli(row.getLong(1)),
        row.getLong(2),
        FeedStateStore.time(row, 3),
        row.getLong(4),
        new Codes(
            row.getString(5), row.getString(6), row.getString(7), row.getString(8), row.getInt(9)),
        time(row.getLong(10)),
        time(row.getLong(11)));
  }

  private static @Nullable Instant time(long millis) {
    return millis == 0 ? null : Instant.ofEpochMilli(millis);
  }

  /** Counts all rows: half a second for 500,000; to be kept until a feed moves. */
  public Totals totals() {
    return database.read(
        h ->
            h.createQuery(
                    "SELECT coalesce(sum(l AND r = '' AND g = ''), 0), coalesce(sum(NOT l), 0),"
                        + " coalesce(sum(l AND r <> ''), 0), coalesce(sum(l AND g <> ''), 0) FROM"
                        + " (SELECT i.refusal AS r, i.guard AS g, "
                        + IndicatorStore.LISTED
                        + " AS l FROM "
                        + IndicatorStore.NEWEST
                        + ")")
                .map(
                    (rs, c) ->
                        new Totals(rs.getLong(1), rs.getLong(2), rs.getLong(3), rs.getLong(4)))
                .one());
  }

  /** Sum of the revisions in force of all feeds: changes whenever a list does. */
  public long generation() {
    return database.read(
        h ->
            h.createQuery("SELECT coalesce(sum(current), 0) FROM indicator_feed")
                .mapTo(Long.class)
                .one());
  }

  /** Codes that occur, by field: what a filter can offer. Held like {@link #totals}. */
  public List<Codes> codes() {
    return database.read(
        h -> {
          List<Codes> out = new ArrayList<>();
          for (String column : List.of("description", "source", "connection")) {
            // Walks from value to value where an index would help and reads all where there is
            // none.
            h.createQuery(
                    "SELECT DISTINCT "
                        + column
                        + " FROM indicator_span WHERE "
                        + column
                        + " <> '' LIMIT 200")
                .mapTo(String.class)
                .forEach(
                    code ->
                        out.add(
                            new Codes(
                                "",
                                column.equals("description") ? code : "",
                                column.equals("source") ? code : "",
                                column.equals("connection") ? code : "",
                                0)));
          }
          return out;
        });
  }
}
