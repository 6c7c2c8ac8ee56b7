package tr.emanet.backup.place;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.plan.BackupJob;
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

  /** Keeps what a copy did besides copying. */
  void followed(long id, CopyRecord.Followed followed) {
    database.write(
        h ->
            h.createUpdate(
                    "UPDATE backup_copy SET removed = :removed, freed = :freed, locked = :locked,"
                        + " healed = :healed, held = :held WHERE id = :id")
                .bind("removed", followed.removed())
                .bind("freed", followed.freed())
                .bind("locked", followed.locked())
                .bind("healed", followed.healed())
                .bind("held", cut(followed.held()))
                .bind("id", id)
                .execute());
  }

  private static String cut(String text) {
    return text.length() <= MAX_PROBLEM ? text : text.substring(0, MAX_PROBLEM);
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
                .bind("problem", cut(problem))
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

  /** Up to which seal the key files of a copy follow, and since when they cannot. */
  record Keys(long head, Instant triedAt, @Nullable Instant failingSince, String problem) {}

  Optional<Keys> keys(long place, BackupJob job) {
    return database.read(
        h ->
            h.createQuery(
                    "SELECT * FROM backup_copy_keys WHERE place = :place AND plan = :plan"
                        + " AND repository = :repository")
                .bind("place", place)
                .bind("plan", job.id())
                .bind("repository", job.spec().repository())
                .map(
                    (row, c) ->
                        new Keys(
                            row.getLong("head"),
                            Instant.ofEpochMilli(row.getLong("tried_at")),
                            row.getObject("failing_since") == null
                                ? null
                                : Instant.ofEpochMilli(row.getLong("failing_since")),
                            row.getString("problem")))
                .findOne());
  }

  void keysFollowed(long place, BackupJob job, long head, Instant at) {
    keysTried(place, job, head, at, "");
  }

  /** Keeps that it was tried; {@code head} 0 leaves how far it is. */
  void keysTried(long place, BackupJob job, long head, Instant at, String problem) {
    database.write(
        h ->
            h.createUpdate(
                    "INSERT INTO backup_copy_keys (place, plan, repository, head, tried_at,"
                        + " problem, failing_since)"
                        + " VALUES (:place, :plan, :repository, :head, :at, :problem, :since)"
                        + " ON CONFLICT (place, plan, repository) DO UPDATE SET"
                        + " head = max(head, excluded.head), tried_at = excluded.tried_at,"
                        + " problem = excluded.problem, failing_since ="
                        + " CASE WHEN excluded.problem = '' THEN NULL"
                        + " ELSE coalesce(failing_since, excluded.failing_since) END")
                .bind("place", place)
                .bind("plan", job.id())
                .bind("repository", job.spec().repository())
                .bind("head", head)
                .bind("at", at.toEpochMilli())
                .bind("problem", cut(problem))
                .bind("since", problem.isEmpty() ? null : at.toEpochMilli())
                .execute());
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
        row.getString("problem"),
        new CopyRecord.Followed(
            row.getLong("removed"),
            row.getLong("freed"),
            row.getLong("locked"),
            row.getLong("healed"),
            row.getString("held")));
  }

  private static String json(PlaceSpec spec) {
    try {
      return JSON.writeValueAsString(spec);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record of texts and numbers is JSON", e);
    }
  }
}
