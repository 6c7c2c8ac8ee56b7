package tr.emanet.indicator.hunt;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.ConnectionException;
import org.jspecify.annotations.Nullable;
import tr.emanet.event.Position;
import tr.emanet.store.Database;

/** How far hunts are and what those of people found. Thread-safe. */
final class HuntStore {

  private final Database database;

  HuntStore(Database database) {
    this.database = database;
  }

  /**
   * How far the hunt for a revision is.
   *
   * @param after last indicator of the batches that are done
   * @param partition last partition done for the batch behind it; empty: none
   * @param indicators how many were hunted
   * @param hits new hits so far
   */
  record Mark(long revision, long after, String partition, long indicators, long hits) {}

  /** Revisions in force at some time whose new indicators were not hunted to the end, in order. */
  List<Long> pending() {
    return database.read(
        h ->
            h.createQuery(
                    "SELECT r.number FROM indicator_revision r WHERE r.state = 'applied'"
                        + " AND NOT EXISTS (SELECT 1 FROM indicator_hunt d"
                        + " WHERE d.revision = r.number AND (d.ended_at IS NOT NULL"
                        + " OR d.stopped_at IS NOT NULL))"
                        + " ORDER BY r.number")
                .mapTo(Long.class)
                .list());
  }

  Mark mark(long revision) {
    return database.read(
        h ->
            h.createQuery(
                    "SELECT after_id, partition, indicators, hits FROM indicator_hunt"
                        + " WHERE revision = :r")
                .bind("r", revision)
                .map(
                    (rs, c) ->
                        new Mark(
                            revision, rs.getLong(1), rs.getString(2), rs.getLong(3), rs.getLong(4)))
                .findOne()
                .orElse(new Mark(revision, 0, "", 0, 0)));
  }

  void keep(Mark mark) {
    database.write(
        h ->
            h.createUpdate(
                    "INSERT INTO indicator_hunt (revision, after_id, partition, indicators, hits)"
                        + " VALUES (:r, :after, :partition, :indicators, :hits)"
                        + " ON CONFLICT (revision) DO UPDATE SET after_id = excluded.after_id,"
                        + " partition = excluded.partition, indicators = excluded.indicators,"
                        + " hits = excluded.hits")
                .bind("r", mark.revision())
                .bind("after", mark.after())
                .bind("partition", mark.partition())
                .bind("indicators", mark.indicators())
                .bind("hits", mark.hits())
                .execute());
  }

  void ended(Mark mark, Instant at) {
    database.transaction(
        () -> {
          keep(mark);
          return database.write(
              h ->
                  h.createUpdate("UPDATE indicator_hunt SET ended_at = :at WHERE revision = :r")
                      .bind("at", at.toEpochMilli())
                      .bind("r", mark.revision())
                      .execute());
        });
  }

  /** A person has stopped the hunt for a revision; null: has resumed it. */
  void stopped(long revision, @Nullable Instant at) {
    database.write(
        h ->
            h.createUpdate(
                    "INSERT INTO indicator_hunt (revision, stopped_at) VALUES (:r, :at)"
                        + " ON CONFLICT (revision) DO UPDATE SET stopped_at = excluded.stopped_at")
                .bind("r", revision)
                .bind("at", at == null ? null : at.toEpochMilli())
                .execute());
  }

  /** Since when the hunt for a revision is stopped by a person; empty when it is not. */
  Optional<Instant> stoppedAt(long revision) {
    return database.read(
        h ->
            h.createQuery(
                    "SELECT stopped_at FROM indicator_hunt WHERE revision = :r"
                        + " AND stopped_at IS NOT NULL AND ended_at IS NULL")
                .bind("r", revision)
                .mapTo(Long.class)
                .findOne()
                .map(Instant::ofEpochMilli));
  }

  Optional<Instant> endedAt(long revision) {
    return database.read(
        h ->
            h.createQuery(
                    "SELECT ended_at FROM indicator_hunt WHERE revision = :r"
                        + " AND ended_at IS NOT NULL")
                .bind("r", revision)
                .mapTo(Long.class)
                .findOne()
                .map(Instant::ofEpochMilli));
  }

  /** Adds findings; those that are there already stay as they are. */
  void add(long job, List<Finding> findings) {
    database.write(
        h -> {
          try (PreparedStatement row =
              h.getConnection()
                  .prepareStatement(
                      "INSERT OR IGNORE INTO indicator_hunt_found"
                          + " (job, stream, sequence, wanted, at, field, value, weak)"
                          + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)")) {
            for (Finding finding : findings) {
              row.setLong(1, job);
              row.setString(2, finding.position().stream());
              row.setLong(3, finding.position().sequence());
              row.setString(4, finding.wanted());
              row.setLong(5, finding.at().toEpochMilli());
              row.setString(6, finding.field());
              row.setString(7, finding.value());
              row.setInt(8, finding.weak() ? 1 : 0);
              row.addBatch();
            }
            return row.executeBatch().length;
          } catch (SQLException e) {
            throw new ConnectionException(e);
          }
        });
  }

  long count(long job) {
    return database.read(
        h ->
            h.createQuery("SELECT count(*) FROM indicator_hunt_found WHERE job = :job")
                .bind("job", job)
                .mapTo(Long.class)
                .one());
  }

  /** The latest by event time. */
  List<Finding> found(long job, int limit) {
    return database.read(
        h ->
            h.createQuery(
                    "SELECT stream, sequence, at, wanted, field, value, weak"
                        + " FROM indicator_hunt_found WHERE job = :job"
                        + " ORDER BY at DESC, sequence DESC, wanted LIMIT :limit")
                .bind("job", job)
                .bind("limit", limit)
                .map(
                    (rs, c) ->
                        new Finding(
                            new Position(rs.getString(1), rs.getLong(2)),
                            Instant.ofEpochMilli(rs.getLong(3)),
                            rs.getString(4),
                            rs.getString(5),
                            rs.getString(6),
                            rs.getInt(7) != 0))
                .list());
  }

  /** Forgets what hunts found whose job is not remembered any more. */
  void trim() {
    database.write(
        h ->
            h.createUpdate("DELETE FROM indicator_hunt_found WHERE job NOT IN (SELECT id FROM job)")
                .execute());
  }
}
