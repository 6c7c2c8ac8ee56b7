package tr.emanet.indicator;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jdbi.v3.core.ConnectionException;
import org.jspecify.annotations.Nullable;
import tr.emanet.indicator.value.CanonicalValue;
import tr.emanet.indicator.value.IndicatorKind;
import tr.emanet.store.Database;

/** Reads indicators. Thread-safe; sees a revision as a whole or not at all. */
public final class IndicatorStore {

  static final String SELECT =
      "SELECT i.id, i.feed, i.external, i.raw, i.kind, i.value, i.refusal, i.guard, s.type,"
          + " s.description, s.source, s.connection, s.criticality, s.listed_at, s.expires_at,"
          + " i.first_seen, s.from_at,"
          + " CASE WHEN s.until_revision <= f.current THEN s.until_at END,"
          + " coalesce(f.delta_at, s.from_at), s.from_revision FROM ";
  static final String NEWEST =
      "indicator i JOIN indicator_feed f ON f.name = i.feed JOIN indicator_span s ON s.id ="
          + " (SELECT max(id) FROM indicator_span n WHERE n.indicator = i.id"
          + " AND n.from_revision <= f.current) ";
  static final String LISTED = "(s.until_revision IS NULL OR s.until_revision > f.current)";

  private static final String IN_FORCE =
      "indicator_span s JOIN indicator i ON i.id = s.indicator"
          + " JOIN indicator_feed f ON f.name = i.feed WHERE s.from_revision <= f.current AND "
          + LISTED
          + " AND i.value <> '' AND (s.expires_at = 0 OR s.expires_at > ?)";

  private final Database database;

  public IndicatorStore(Database database) {
    this.database = database;
  }

  /**
   * Every indicator that matches now: listed, canonical, not expired, and free of the never-block
   * list as it is now, which may have grown since. About a second for 500,000; holds one reader of
   * the store meanwhile.
   */
  public void inForce(NeverBlock neverBlock, Instant now, Consumer<Indicator> consumer) {
    stream(
        IN_FORCE,
        now.toEpochMilli(),
        indicator -> {
          if (indicator.value().flatMap(neverBlock::reason).isEmpty()) {
            consumer.accept(indicator);
          }
        });
  }

  /** Takes what a matcher needs to know of an indicator. */
  @FunctionalInterface
  public interface ValueSink {
    /**
     * Called once for each.
     *
     * @param until milliseconds since 1970 at which it expires; {@code Long.MAX_VALUE} for never
     */
    void accept(long id, CanonicalValue value, long until);
  }

  /** The values of {@link #inForce} alone, in a third of its time. */
  public void valuesInForce(NeverBlock neverBlock, Instant now, ValueSink sink) {
    database.read(
        h -> {
          try (PreparedStatement query =
              h.getConnection()
                  .prepareStatement(
                      "SELECT i.id, i.kind, i.value, s.expires_at FROM " + IN_FORCE)) {
            query.setLong(1, now.toEpochMilli());
            try (ResultSet row = query.executeQuery()) {
              long count = 0;
              while (row.next()) {
                CanonicalValue value = value(row.getString(2), row.getString(3)).orElse(null);
                if (value != null && neverBlock.reason(value).isEmpty()) {
                  long until = row.getLong(4);
                  sink.accept(row.getLong(1), value, until == 0 ? Long.MAX_VALUE : until);
                  count++;
                }
              }
              return count;
            }
          } catch (SQLException e) {
            throw new ConnectionException(e);
          }
        });
  }

  /** What a revision listed for the first time, or again: retro-hunt looks for these. */
  public void newIn(long revision, Consumer<Indicator> consumer) {
    stream(
        "indicator_span s JOIN indicator i ON i.id = s.indicator"
            + " JOIN indicator_feed f ON f.name = i.feed WHERE s.from_revision <= f.current"
            + " AND i.value <> '' AND i.guard = '' AND s.id IN (SELECT n.id FROM indicator_span n"
            + " WHERE n.from_revision = ? AND NOT EXISTS (SELECT 1 FROM indicator_span o"
            + " WHERE o.indicator = n.indicator AND o.until_revision = n.from_revision))",
        revision,
        consumer);
  }

  /** Ids of what a revision listed for the first time, or again, rising; refused ones too. */
  public long[] newIds(long revision) {
    return database.read(
        h ->
            h
                .createQuery(
                    "SELECT n.indicator FROM indicator_span n WHERE n.from_revision = :r"
                        + " AND NOT EXISTS (SELECT 1 FROM indicator_span o WHERE o.indicator ="
                        + " n.indicator AND o.until_revision = n.from_revision)"
                        + " ORDER BY n.indicator")
                .bind("r", revision)
                .mapTo(Long.class)
                .stream()
                .mapToLong(Long::longValue)
                .toArray());
  }

  /** The indicators with the ids {@code ids[from, to)}, as they are now. */
  public List<Indicator> all(long[] ids, int from, int to) {
    List<Indicator> out = new ArrayList<>(to - from);
    return database.read(
        h -> {
          try (PreparedStatement query =
              h.getConnection().prepareStatement(SELECT + NEWEST + "WHERE i.id = ?")) {
            for (int i = from; i < to; i++) {
              query.setLong(1, ids[i]);
              try (ResultSet row = query.executeQuery()) {
                if (row.next()) {
                  out.add(indicator(row));
                }
              }
            }
            return out;
          } catch (SQLException e) {
            throw new ConnectionException(e);
          }
        });
  }

  private void stream(String from, long parameter, Consumer<Indicator> consumer) {
    database.read(
        h -> {
          try (PreparedStatement query = h.getConnection().prepareStatement(SELECT + from)) {
            query.setLong(1, parameter);
            try (ResultSet row = query.executeQuery()) {
              long count = 0;
              while (row.next()) {
                consumer.accept(indicator(row));
                count++;
              }
              return count;
            }
          } catch (SQLException e) {
            throw new ConnectionException(e);
          }
        });
  }

  public Optional<Indicator> find(long id) {
    return database.read(
        h ->
            h.createQuery(SELECT + NEWEST + "WHERE i.id = :id")
                .bind("id", id)
                .map((rs, c) -> indicator(rs))
                .findOne());
  }

  /** Every indicator with exactly this value, in all feeds, removed ones included. */
  public List<Indicator> of(CanonicalValue value) {
    return database.read(
        h ->
            h.createQuery(
                    SELECT
                        + NEWEST
                        + "WHERE i.value = :value AND i.kind = :kind ORDER BY i.id LIMIT 1000")
                .bind("value", value.text())
                .bind("kind", value.kind().id())
                .map((rs, c) -> indicator(rs))
                .list());
  }

  /** Whether an indicator was in force at a time, for explaining old hits. */
  public boolean activeAt(long id, Instant at) {
    return database.read(
        h ->
            h.createQuery(
                        "SELECT count(*) FROM indicator_span s JOIN indicator i"
                            + " ON i.id = s.indicator JOIN indicator_feed f ON f.name = i.feed"
                            + " WHERE s.indicator = :id AND s.from_revision <= f.current"
                            + " AND s.from_at <= :at AND (s.until_at IS NULL OR s.until_at > :at)"
                            + " AND (s.expires_at = 0 OR s.expires_at > :at)")
                    .bind("id", id)
                    .bind("at", at.toEpochMilli())
                    .mapTo(Integer.class)
                    .one()
                > 0);
  }

  /** Newest ids first. */
  public List<Indicator> page(IndicatorFilter filter) {
    StringBuilder where = new StringBuilder("WHERE i.id < :before");
    Map<String, String> bound = new TreeMap<>();
    if (!filter.text().isEmpty()) {
      where.append(" AND (instr(i.value, :text) > 0 OR instr(lower(i.raw), :text) > 0)");
      bound.put("text", filter.text().toLowerCase(Locale.ROOT));
    }
    equal(where, bound, "i.kind", "kind", filter.kind());
    equal(where, bound, "i.feed", "feed", filter.feed());
    equal(where, bound, "s.source", "source", filter.source());
    equal(where, bound, "s.connection", "connection", filter.connection());
    where.append(
        switch (filter.state()) {
          case "listed" -> " AND i.refusal = '' AND i.guard = '' AND " + LISTED;
          case "removed" -> " AND NOT " + LISTED;
          case "refused" -> " AND i.refusal <> ''";
          case "spared" -> " AND i.guard <> ''";
          default -> "";
        });
    return database.read(
        h ->
            h.createQuery(SELECT + NEWEST + where + " ORDER BY i.id DESC LIMIT :limit")
                .bind("before", filter.before())
                .bind("limit", filter.limit())
                .bindMap(bound)
                .map((rs, c) -> indicator(rs))
                .list());
  }

  private static void equal(
      StringBuilder where, Map<String, String> bound, String column, String name, String value) {
    if (!value.isEmpty()) {
      where.append(" AND ").append(column).append(" = :").append(name);
      bound.put(name, value);
    }
  }

  /** Rows in force by feed, refused and spared ones included. */
  public Map<String, Integer> counts() {
    return database.read(
        h ->
            h.createQuery(
                    "SELECT i.feed, count(*) FROM indicator_span s JOIN indicator i"
                        + " ON i.id = s.indicator JOIN indicator_feed f ON f.name = i.feed"
                        + " WHERE s.from_revision <= f.current AND "
                        + LISTED
                        + " GROUP BY i.feed")
                .reduceRows(
                    new TreeMap<String, Integer>(),
                    (map, row) -> {
                      map.put(row.getColumn(1, String.class), row.getColumn(2, Integer.class));
                      return map;
                    }));
  }

  static Indicator indicator(ResultSet row) throws SQLException {
    Instant until = FeedStateStore.time(row, 18);
    String kind = row.getString(5);
    return new Indicator(
        row.getLong(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        value(kind, row.getString(6)),
        row.getString(7),
        row.getString(8),
        new Codes(
            row.getString(9),
            row.getString(10),
            row.getString(11),
            row.getString(12),
            row.getInt(13)),
        time(row.getLong(14)),
        time(row.getLong(15)),
        Instant.ofEpochMilli(row.getLong(16)),
        Instant.ofEpochMilli(row.getLong(17)),
        until,
        until != null ? until : Instant.ofEpochMilli(Math.max(row.getLong(19), row.getLong(17))),
        row.getLong(20));
  }

  /** A row that somebody wrote past the grammar is no value, and stops nobody from reading. */
  private static Optional<CanonicalValue> value(String kind, String text) {
    return IndicatorKind.ofId(kind).flatMap(k -> CanonicalValue.find(k, text));
  }

  private static @Nullable Instant time(long millis) {
    return millis == 0 ? null : Instant.ofEpochMilli(millis);
  }
}
