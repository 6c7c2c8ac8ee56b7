package tr.emanet.backup.place;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tr.emanet.store.Database;

/** The rows of healings. Thread-safe. */
final class HealStore {

  /** So many names are kept; the counts count all. */
  static final int NAMES = 500;

  private static final int MAX_TEXT = 2000;

  private final Database database;

  HealStore(Database database) {
    this.database = database;
  }

  long add(Place place, long plan, String repository, HealRecord.Side side, String by, Instant at) {
    return database.write(
        h ->
            h.createQuery(
                    "INSERT INTO backup_heal (place, plan, repository, side, owner, state,"
                        + " asked_at) VALUES (:place, :plan, :repository, :side, :by, 'queued',"
                        + " :at) RETURNING id")
                .bind("place", place.id())
                .bind("plan", plan)
                .bind("repository", repository)
                .bind("side", side.id())
                .bind("by", by)
                .bind("at", at.toEpochMilli())
                .mapTo(Long.class)
                .one());
  }

  void running(long id) {
    database.write(
        h ->
            h.createUpdate("UPDATE backup_heal SET state = 'running' WHERE id = :id")
                .bind("id", id)
                .execute());
  }

  /** What it led to, for the record. */
  record End(HealRecord.State state, List<String> healed, List<String> left, String problem) {}

  void end(long id, End end, Instant at) {
    database.write(
        h ->
            h.createUpdate(
                    "UPDATE backup_heal SET state = :state, ended_at = :at, healed = :healed,"
                        + " healed_names = :healedNames, left_over = :left,"
                        + " left_names = :leftNames, problem = :problem WHERE id = :id")
                .bind("state", end.state().id())
                .bind("at", at.toEpochMilli())
                .bind("healed", end.healed().size())
                .bind("healedNames", lines(end.healed()))
                .bind("left", end.left().size())
                .bind("leftNames", lines(end.left()))
                .bind("problem", cut(end.problem()))
                .bind("id", id)
                .execute());
  }

  /** The newest first; of one job with {@code plan} above 0. */
  List<HealRecord> newest(long plan, int limit) {
    return database.read(
        h ->
            h.createQuery(
                    "SELECT * FROM backup_heal WHERE :plan = 0 OR plan = :plan"
                        + " ORDER BY id DESC LIMIT :limit")
                .bind("plan", plan)
                .bind("limit", limit)
                .map((row, c) -> heal(row))
                .list());
  }

  Optional<HealRecord> find(long id) {
    return database.read(
        h ->
            h.createQuery("SELECT * FROM backup_heal WHERE id = :id")
                .bind("id", id)
                .map((row, c) -> heal(row))
                .findOne());
  }

  private static String lines(List<String> all) {
    return String.join(
        "\n", all.stream().limit(NAMES).map(line -> cut(line).replace('\n', ' ')).toList());
  }

  private static String cut(String text) {
    return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
  }

  private static HealRecord heal(ResultSet row) throws SQLException {
    return new HealRecord(
        row.getLong("id"),
        row.getLong("place"),
        row.getLong("plan"),
        row.getString("repository"),
        HealRecord.Side.ofId(row.getString("side")),
        row.getString("owner"),
        HealRecord.State.ofId(row.getString("state")),
        Instant.ofEpochMilli(row.getLong("asked_at")),
        time(row, "ended_at"),
        row.getLong("healed"),
        row.getString("healed_names").lines().toList(),
        row.getLong("left_over"),
        row.getString("left_names").lines().toList(),
        row.getString("problem"));
  }

  private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }
}
