package tr.emanet.indicator;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tr.emanet.store.Database;

/** How each feed stands. Thread-safe. */
final class FeedStateStore {

  private static final String SELECT =
      "SELECT name, current, held, full_at, delta_at, tried_at, failure, failure_detail,"
          + " failing_since, failures FROM indicator_feed ";

  private final Database database;

  FeedStateStore(Database database) {
    this.database = database;
  }

  FeedState state(String feed) {
    return database.read(
        h ->
            h.createQuery(SELECT + "WHERE name = :name")
                .bind("name", feed)
                .map((rs, context) -> state(rs))
                .findOne()
                .orElse(FeedState.unknown(feed)));
  }

  List<FeedState> all() {
    return database.read(
        h ->
            h.createQuery(SELECT + "ORDER BY name LIMIT 1000")
                .map((rs, context) -> state(rs))
                .list());
  }

  void tried(String feed, Instant at) {
    ensure(feed);
    update("UPDATE indicator_feed SET tried_at = :at WHERE name = :name", feed, at);
  }

  void worked(String feed) {
    database.write(
        h ->
            h.createUpdate(
                    "UPDATE indicator_feed SET failure = NULL, failure_detail = NULL,"
                        + " failing_since = NULL, failures = 0 WHERE name = :name")
                .bind("name", feed)
                .execute());
  }

  void failed(String feed, FeedFailure failure, String detail, Instant at) {
    ensure(feed);
    database.write(
        h ->
            h.createUpdate(
                    "UPDATE indicator_feed SET failure = :failure, failure_detail = :detail,"
                        + " failing_since = coalesce(failing_since, :at), failures = failures + 1"
                        + " WHERE name = :name")
                .bind("failure", failure.id())
                .bind("detail", detail)
                .bind("at", at.toEpochMilli())
                .bind("name", feed)
                .execute());
  }

  /** Moves a feed to a revision; this is the moment in which its list comes into force. */
  void moveTo(Revision revision, boolean held) {
    ensure(revision.feed());
    boolean full = revision.complete() && revision.kind() != Revision.Kind.ROLLBACK;
    boolean fetched = revision.kind() != Revision.Kind.ROLLBACK;
    database.write(
        h ->
            h.createUpdate(
                    "UPDATE indicator_feed SET current = :number, held = :held,"
                        + (full ? " full_at = :started," : "")
                        + (fetched ? " delta_at = :started," : "")
                        + " tried_at = coalesce(tried_at, :started) WHERE name = :name")
                .bind("number", revision.number())
                .bind("held", held)
                .bind("started", revision.startedAt().toEpochMilli())
                .bind("name", revision.feed())
                .execute());
  }

  private void ensure(String feed) {
    database.write(
        h ->
            h.createUpdate("INSERT INTO indicator_feed (name) VALUES (:n) ON CONFLICT DO NOTHING")
                .bind("n", feed)
                .execute());
  }

  private void update(String sql, String feed, Instant at) {
    database.write(
        h -> h.createUpdate(sql).bind("name", feed).bind("at", at.toEpochMilli()).execute());
  }

  private static FeedState state(ResultSet row) throws SQLException {
    String failure = row.getString(7);
    String detail = row.getString(8);
    return new FeedState(
        row.getString(1),
        row.getLong(2),
        row.getInt(3) != 0,
        time(row, 4),
        time(row, 5),
        time(row, 6),
        failure == null ? null : FeedFailure.ofId(failure),
        detail == null ? "" : detail,
        time(row, 9),
        row.getInt(10));
  }

  static @Nullable Instant time(ResultSet row, int column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }
}
