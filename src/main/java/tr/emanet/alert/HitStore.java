package tr.emanet.alert;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jdbi.v3.core.ConnectionException;
import tr.emanet.event.Position;
import tr.emanet.store.Database;

/** The rows of hits and of the positions up to which views have read. Thread-safe. */
final class HitStore {

  private static final String IDENTITY =
      "kind = ? AND match_key = ? AND stream = ? AND sequence = ?";

  private final Database database;

  HitStore(Database database) {
    this.database = database;
  }

  /** The hits that are not stored yet, each once, in their order. */
  List<Hit> fresh(List<Hit> hits) {
    return database.read(
        h -> {
          List<Hit> out = new ArrayList<>();
          Set<List<Object>> seen = new HashSet<>();
          try (PreparedStatement find =
              h.getConnection().prepareStatement("SELECT 1 FROM alert_hit WHERE " + IDENTITY)) {
            for (Hit hit : hits) {
              if (seen.add(List.of(hit.kind(), hit.key(), hit.position()))) {
                identify(find, hit);
                try (ResultSet row = find.executeQuery()) {
                  if (!row.next()) {
                    out.add(hit);
                  }
                }
              }
            }
            return out;
          } catch (SQLException e) {
            throw new ConnectionException(e);
          }
        });
  }

  /** Adds hits of one alert. */
  void insert(long alert, List<Hit> hits) {
    database.write(
        h -> {
          try (PreparedStatement row =
              h.getConnection()
                  .prepareStatement(
                      "INSERT INTO alert_hit (kind, match_key, stream, sequence, alert, at, field,"
                          + " value, retro, facts) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            for (Hit hit : hits) {
              identify(row, hit);
              row.setLong(5, alert);
              row.setLong(6, hit.at().toEpochMilli());
              row.setString(7, hit.field());
              row.setString(8, hit.value());
              row.setInt(9, hit.retro() ? 1 : 0);
              row.setString(10, FactsJson.write(hit.facts()));
              row.addBatch();
            }
            return row.executeBatch().length;
          } catch (SQLException e) {
            throw new ConnectionException(e);
          }
        });
  }

  private static void identify(PreparedStatement statement, Hit hit) throws SQLException {
    statement.setString(1, hit.kind().id());
    statement.setString(2, hit.key());
    statement.setString(3, hit.position().stream());
    statement.setLong(4, hit.position().sequence());
  }

  /** The latest hits of an alert by event time. */
  List<Hit> of(long alert, String asset, int limit) {
    return database.read(
        h ->
            h.createQuery(
                    "SELECT kind, match_key, stream, sequence, at, field, value, retro, facts"
                        + " FROM alert_hit WHERE alert = :alert ORDER BY at DESC, sequence DESC"
                        + " LIMIT :limit")
                .bind("alert", alert)
                .bind("limit", limit)
                .map(
                    (rs, context) ->
                        new Hit(
                            Hit.Kind.named(rs.getString(1)),
                            rs.getString(2),
                            new Position(rs.getString(3), rs.getLong(4)),
                            Instant.ofEpochMilli(rs.getLong(5)),
                            asset,
                            rs.getString(6),
                            rs.getString(7),
                            rs.getInt(8) != 0,
                            FactsJson.read(rs.getString(9))))
                .list());
  }

  /** Whether an alert has a hit in a time. */
  boolean between(long alert, Instant from, Instant to) {
    return database
        .read(
            h ->
                h.createQuery(
                        "SELECT 1 FROM alert_hit WHERE alert = :alert AND at >= :from"
                            + " AND at <= :to LIMIT 1")
                    .bind("alert", alert)
                    .bind("from", from.toEpochMilli())
                    .bind("to", to.toEpochMilli())
                    .mapTo(Integer.class)
                    .findOne())
        .isPresent();
  }

  /** The hits of an alert next to a moment: before or at it, and at or after it; empty for none. */
  OptionalLong[] next(long alert, Instant at, Duration within) {
    long moment = at.toEpochMilli();
    return database.read(
        h ->
            h.createQuery(
                    "SELECT (SELECT max(at) FROM alert_hit WHERE alert = :alert"
                        + " AND at BETWEEN :at - :within AND :at),"
                        + " (SELECT min(at) FROM alert_hit WHERE alert = :alert"
                        + " AND at BETWEEN :at AND :at + :within)")
                .bind("alert", alert)
                .bind("at", moment)
                .bind("within", within.toMillis())
                .map(
                    (rs, context) -> {
                      long before = rs.getLong(1);
                      OptionalLong first =
                          rs.wasNull() ? OptionalLong.empty() : OptionalLong.of(before);
                      long after = rs.getLong(2);
                      return new OptionalLong[] {
                        first, rs.wasNull() ? OptionalLong.empty() : OptionalLong.of(after)
                      };
                    })
                .one());
  }

  /** How many rows an alert has. */
  long count(long alert) {
    return database.read(
        h ->
            h.createQuery("SELECT count(*) FROM alert_hit WHERE alert = :alert")
                .bind("alert", alert)
                .mapTo(Long.class)
                .one());
  }

  /** Event times of hits, counted in equal parts of each alert's own span. */
  Map<Long, int[]> trends(List<Alert> alerts, int parts) {
    return database.read(
        h -> {
          Map<Long, int[]> out = new HashMap<>();
          try (PreparedStatement counts =
              h.getConnection()
                  .prepareStatement(
                      "SELECT (at - ?) * ? / ? AS part, count(*) FROM alert_hit WHERE alert = ?"
                          + " GROUP BY part")) {
            for (Alert alert : alerts) {
              int[] bars = new int[parts];
              long from = alert.firstAt().toEpochMilli();
              counts.setLong(1, from);
              counts.setLong(2, parts);
              counts.setLong(3, alert.lastAt().toEpochMilli() - from + 1);
              counts.setLong(4, alert.id());
              try (ResultSet rows = counts.executeQuery()) {
                while (rows.next()) {
                  bars[Math.clamp(rows.getLong(1), 0, parts - 1)] += rows.getInt(2);
                }
              }
              out.put(alert.id(), bars);
            }
            return out;
          } catch (SQLException e) {
            throw new ConnectionException(e);
          }
        });
  }

  /** Keeps how far a view has read; never goes back. */
  void advance(String view, Position upTo) {
    database.write(
        h ->
            h.createUpdate(
                    "INSERT INTO alert_position (view, stream, sequence)"
                        + " VALUES (:view, :stream, :sequence) ON CONFLICT (view, stream)"
                        + " DO UPDATE SET sequence = max(sequence, excluded.sequence)")
                .bind("view", view)
                .bind("stream", upTo.stream())
                .bind("sequence", upTo.sequence())
                .execute());
  }

  OptionalLong position(String view, String stream) {
    return database.read(
        h ->
            h.createQuery(
                    "SELECT sequence FROM alert_position WHERE view = :view AND stream = :stream")
                .bind("view", view)
                .bind("stream", stream)
                .mapTo(Long.class)
                .findOne()
                .map(OptionalLong::of)
                .orElseGet(OptionalLong::empty));
  }

  List<Position> positions(String view) {
    return database.read(
        h ->
            h.createQuery(
                    "SELECT stream, sequence FROM alert_position WHERE view = :view"
                        + " ORDER BY stream")
                .bind("view", view)
                .map((rs, context) -> new Position(rs.getString(1), rs.getLong(2)))
                .list());
  }

  /** Forgets how far a view has read: it is built again, and its hits are recognised. */
  void forget(String view) {
    database.write(
        h ->
            h.createUpdate("DELETE FROM alert_position WHERE view = :view")
                .bind("view", view)
                .execute());
  }
}
