package tr.emanet.job;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tr.emanet.store.Database;

/** The rows of jobs. Thread-safe. */
final class JobStore {

  private static final String SELECT =
      "SELECT id, kind, subject, owner, input, state, done, total, note, token, queued_at,"
          + " started_at, ended_at, problem FROM job ";

  private final Database database;

  JobStore(Database database) {
    this.database = database;
  }

  long add(String kind, String subject, String owner, String input, Instant at) {
    return database.write(
        h ->
            h.createQuery(
                    "INSERT INTO job (kind, subject, owner, input, state, queued_at)"
                        + " VALUES (:kind, :subject, :owner, :input, 'queued', :at) RETURNING id")
                .bind("kind", kind)
                .bind("subject", subject)
                .bind("owner", owner)
                .bind("input", input)
                .bind("at", at.toEpochMilli())
                .mapTo(Long.class)
                .one());
  }

  Optional<Job> find(long id) {
    return database.read(
        h ->
            h.createQuery(SELECT + "WHERE id = :id")
                .bind("id", id)
                .map((rs, c) -> job(rs))
                .findOne());
  }

  /** Newest first. */
  List<Job> newest(String kind, int limit) {
    return database.read(
        h ->
            h.createQuery(SELECT + "WHERE kind = :kind ORDER BY id DESC LIMIT :limit")
                .bind("kind", kind)
                .bind("limit", limit)
                .map((rs, c) -> job(rs))
                .list());
  }

  /** Not ended, oldest first. */
  List<Job> unfinished(String kind) {
    return database.read(
        h ->
            h.createQuery(SELECT + "WHERE kind = :kind AND ended_at IS NULL ORDER BY id")
                .bind("kind", kind)
                .map((rs, c) -> job(rs))
                .list());
  }

  void started(long id, Instant at) {
    database.write(
        h ->
            h.createUpdate(
                    "UPDATE job SET state = 'running', started_at = coalesce(started_at, :at)"
                        + " WHERE id = :id AND ended_at IS NULL")
                .bind("at", at.toEpochMilli())
                .bind("id", id)
                .execute());
  }

  void keep(long id, String token, Progress progress) {
    database.write(
        h ->
            h.createUpdate(
                    "UPDATE job SET token = :token, done = :done, total = :total, note = :note"
                        + " WHERE id = :id")
                .bind("token", token)
                .bind("done", progress.done())
                .bind("total", progress.total())
                .bind("note", progress.note())
                .bind("id", id)
                .execute());
  }

  /** Ends a job; false when it had ended before. */
  boolean end(long id, JobState state, Progress progress, String problem, Instant at) {
    return database.write(
            h ->
                h.createUpdate(
                        "UPDATE job SET state = :state, done = :done, total = :total, note = '',"
                            + " problem = :problem, ended_at = :at"
                            + " WHERE id = :id AND ended_at IS NULL")
                    .bind("state", state.id())
                    .bind("done", progress.done())
                    .bind("total", progress.total())
                    .bind("problem", problem)
                    .bind("at", at.toEpochMilli())
                    .bind("id", id)
                    .execute())
        > 0;
  }

  /** Forgets all but the newest ended jobs of a kind. */
  void trim(String kind, int keep) {
    database.write(
        h ->
            h.createUpdate(
                    "DELETE FROM job WHERE kind = :kind AND ended_at IS NOT NULL AND id <="
                        + " (SELECT id FROM job WHERE kind = :kind AND ended_at IS NOT NULL"
                        + " ORDER BY id DESC LIMIT 1 OFFSET :keep)")
                .bind("kind", kind)
                .bind("keep", keep)
                .execute());
  }

  private static Job job(ResultSet row) throws SQLException {
    return new Job(
        row.getLong(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        JobState.ofId(row.getString(6)),
        new Progress(row.getLong(7), row.getLong(8), row.getString(9)),
        row.getString(10),
        Instant.ofEpochMilli(row.getLong(11)),
        time(row, 12),
        time(row, 13),
        row.getString(14));
  }

  private static @Nullable Instant time(ResultSet row, int column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }
}
