package tr.emanet.backup.place;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tr.emanet.store.Database;

/** The rows of places and copies. Thread-safe. */
final class PlaceStore {

  private static final ObjectMapper JSON =
      new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);
  private static final int MAX_PROBLEM = 2000;

  private final Database database;

  PlaceStore(Database database) {
    this.database = database;
  }

  long add(PlaceSpec spec, String by, Instant now) {
    return database.write(
        h ->
            h.createQuery(
                    "INSERT INTO backup_place (spec, created_by, created_at)"
                        + " VALUES (:spec, :by, :at) RETURNING id")
                .bind("spec", json(spec))
                .bind("by", by)
                .bind("at", now.toEpochMilli())
                .mapTo(Long.class)
                .one());
  }

  void change(long id, PlaceSpec spec) {
    database.write(
        h ->
            h.createUpdate("UPDATE backup_place SET spec = :spec WHERE id = :id")
                .bind("spec", json(spec))
                .bind("id", id)
                .execute());
  }

  void removed(long id, Instant at) {
    database.write(
        h ->
            h.createUpdate("UPDATE backup_place SET removed_at = :at WHERE id = :id")
                .bind("at", at.toEpochMilli())
                .bind("id", id)
                .execute());
  }

  List<Place> places() {
    return database.read(
        h ->
            h.createQuery("SELECT * FROM backup_place WHERE removed_at IS NULL ORDER BY id")
                .map((row, c) -> place(row))
                .list());
  }

  Optional<Place> place(long id) {
    return database.read(
        h ->
            h.createQuery("SELECT * FROM backup_place WHERE id = :id AND removed_at IS NULL")
                .bind("id", id)
                .map((row, c) -> place(row))
                .findOne());
  }

  long begin(long place, long plan, String repository, Instant now) {
    return database.write(
        h -> {
          // What the end of the process broke off is taken up as a new copy.
          h.createUpdate(
                  "UPDATE backup_copy SET state = 'failed', ended_at = :at,"
                      + " problem = 'the program ended during this copy'"
                      + " WHERE place = :place AND plan = :plan AND state = 'running'")
              .bind("at", now.toEpochMilli())
              .bind("place", place)
              .bind("plan", plan)
              .execute();
          return h.createQuery(
                  "INSERT INTO backup_copy (place, plan, repository, state, started_at)"
                      + " VALUES (:place, :plan, :repository, 'running', :at) RETURNING id")
              .bind("place", place)
              .bind("plan", plan)
              .bind("repository", repository)
              .bind("at", now.toEpochMilli())
              .mapTo(Long.class)
              .one();
        });
  }

  void end(long id, CopyRecord.State state, Instant at, long[] copied, String problem) {
    database.write(
        h ->
            h.createUpdate(
                    "UPDATE backup_copy SET state = :state, ended_at = :at, objects = :objects,"
                        + " bytes = :bytes, problem = :problem WHERE id = :id")
                .bind("state", state.id())
                .bind("at", at.toEpochMilli())
                .bind("objects", copied[0])
                .bind("bytes", copied[1])
                .bind(
                    "problem",
                    problem.length() <= MAX_PROBLEM ? problem : problem.substring(0, MAX_PROBLEM))
                .bind("id", id)
                .execute());
  }

  /** Copies to a place, the newest first; of one job, or of all with {@code plan} 0. */
  List<CopyRecord> copies(long place, long plan, int limit) {
    return database.read(
        h ->
            h.createQuery(
                    "SELECT * FROM backup_copy WHERE place = :place"
                        + " AND (:plan = 0 OR plan = :plan) ORDER BY id DESC LIMIT :limit")
                .bind("place", place)
                .bind("plan", plan)
                .bind("limit", limit)
                .map((row, c) -> copy(row))
                .list());
  }

  /** The newest good copy of a job's repository at a place. */
  Optional<CopyRecord> lastGood(long place, long plan, String repository) {
    return database.read(
        h ->
            h.createQuery(
                    "SELECT * FROM backup_copy WHERE place = :place AND plan = :plan"
                        + " AND repository = :repository AND state = 'complete'"
                        + " ORDER BY id DESC LIMIT 1")
                .bind("place", place)
                .bind("plan", plan)
                .bind("repository", repository)
                .map((row, c) -> copy(row))
                .findOne());
  }

  private static Place place(ResultSet row) throws SQLException {
    try {
      return new Place(
          row.getLong("id"),
          JSON.readValue(row.getString("spec"), PlaceSpec.class),
          row.getString("created_by"),
          Instant.ofEpochMilli(row.getLong("created_at")));
    } catch (JsonProcessingException e) {
      throw new SQLException("backup_place has a row that cannot be read", e);
    }
  }

  private static CopyRecord copy(ResultSet row) throws SQLException {
    long ended = row.getLong("ended_at");
    boolean running = row.wasNull();
    return new CopyRecord(
        row.getLong("id"),
        row.getLong("place"),
        row.getLong("plan"),
        row.getString("repository"),
        CopyRecord.State.ofId(row.getString("state")),
        Instant.ofEpochMilli(row.getLong("started_at")),
        running ? null : Instant.ofEpochMilli(ended),
        row.getLong("objects"),
        row.getLong("bytes"),
        row.getString("problem"));
  }

  private static String json(PlaceSpec spec) {
    try {
      return JSON.writeValueAsString(spec);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record of texts and numbers is JSON", e);
    }
  }
}
