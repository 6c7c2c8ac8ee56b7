package tr.emanet.backup.place;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tr.emanet.backup.ObjectKind;
import tr.emanet.backup.plan.BackupJob;
import tr.emanet.store.Database;

/** The rows of readings and of damage in copies. Thread-safe. */
final class ReadStore {

  private static final int MAX_TEXT = 2000;

  /** So much damage is kept of one copy; a medium that is gone altogether needs no list. */
  private static final int MAX_DAMAGE = 1000;

  private final Database database;

  ReadStore(Database database) {
    this.database = database;
  }

  Optional<Reading> reading(long place, BackupJob job) {
    return database.read(
        h ->
            h.createQuery(
                    "SELECT * FROM backup_copy_reading WHERE place = :place AND plan = :plan"
                        + " AND repository = :repository")
                .bind("place", place)
                .bind("plan", job.id())
                .bind("repository", job.spec().repository())
                .map((row, c) -> reading(row))
                .findOne());
  }

  void keep(long place, BackupJob job, Reading reading) {
    database.write(
        h ->
            h.createUpdate(
                    "INSERT OR REPLACE INTO backup_copy_reading (place, plan, repository, cursor,"
                        + " cycle_at, tried_at, read_at, whole_at, first_name, last_name, objects,"
                        + " bytes, total, problem) VALUES (:place, :plan, :repository, :cursor,"
                        + " :cycle, :tried, :read, :whole, :first, :last, :objects, :bytes, :total,"
                        + " :problem)")
                .bind("place", place)
                .bind("plan", job.id())
                .bind("repository", job.spec().repository())
                .bind("cursor", reading.cursor())
                .bind("cycle", reading.cycleAt().toEpochMilli())
                .bind("tried", reading.triedAt().toEpochMilli())
                .bind("read", millis(reading.readAt()))
                .bind("whole", millis(reading.wholeAt()))
                .bind("first", reading.first())
                .bind("last", reading.last())
                .bind("objects", reading.objects())
                .bind("bytes", reading.bytes())
                .bind("total", reading.total())
                .bind("problem", cut(reading.problem()))
                .execute());
  }

  /** Keeps damage that is not known yet; nothing beyond the thousandth of a copy. */
  void found(long place, BackupJob job, CopyReader.Item item, String trouble, Instant at) {
    List<Damage> open = open(place, job);
    boolean known =
        open.size() >= MAX_DAMAGE
            || open.stream().anyMatch(d -> d.name().equals(item.name()) && d.kind() == item.kind());
    if (known) {
      return;
    }
    database.write(
        h ->
            h.createUpdate(
                    "INSERT INTO backup_copy_damage (place, plan, repository, kind, name, trouble,"
                        + " found_at) VALUES (:place, :plan, :repository, :kind, :name, :trouble,"
                        + " :at)")
                .bind("place", place)
                .bind("plan", job.id())
                .bind("repository", job.spec().repository())
                .bind("kind", item.kind().name())
                .bind("name", item.name())
                .bind("trouble", cut(trouble))
                .bind("at", at.toEpochMilli())
                .execute());
  }

  void tried(long place, long plan, Instant at) {
    database.write(
        h ->
            h.createUpdate(
                    "UPDATE backup_copy_damage SET tried_at = :at WHERE place = :place"
                        + " AND plan = :plan AND healed_at IS NULL")
                .bind("at", at.toEpochMilli())
                .bind("place", place)
                .bind("plan", plan)
                .execute());
  }

  void healed(long id, Instant at) {
    database.write(
        h ->
            h.createUpdate("UPDATE backup_copy_damage SET healed_at = :at WHERE id = :id")
                .bind("at", at.toEpochMilli())
                .bind("id", id)
                .execute());
  }

  /** What is damaged still in the copy of a job's repository, the oldest first. */
  List<Damage> open(long place, BackupJob job) {
    return database.read(
        h ->
            h.createQuery(
                    "SELECT * FROM backup_copy_damage WHERE place = :place AND plan = :plan"
                        + " AND repository = :repository AND healed_at IS NULL ORDER BY id")
                .bind("place", place)
                .bind("plan", job.id())
                .bind("repository", job.spec().repository())
                .map((row, c) -> damage(row))
                .list());
  }

  /** What is damaged still at any place, or was found after a time; the oldest first. */
  List<Damage> since(Instant after) {
    return database.read(
        h ->
            h.createQuery(
                    "SELECT * FROM backup_copy_damage WHERE healed_at IS NULL OR found_at > :after"
                        + " ORDER BY id")
                .bind("after", after.toEpochMilli())
                .map((row, c) -> damage(row))
                .list());
  }

  /** The newest damage at a place, healed or not. */
  List<Damage> newest(long place, int limit) {
    return database.read(
        h ->
            h.createQuery(
                    "SELECT * FROM backup_copy_damage WHERE place = :place ORDER BY id DESC"
                        + " LIMIT :limit")
                .bind("place", place)
                .bind("limit", limit)
                .map((row, c) -> damage(row))
                .list());
  }

  private static Damage damage(ResultSet row) throws SQLException {
    return new Damage(
        row.getLong("id"),
        row.getLong("place"),
        row.getLong("plan"),
        row.getString("repository"),
        ObjectKind.valueOf(row.getString("kind")),
        row.getString("name"),
        row.getString("trouble"),
        Instant.ofEpochMilli(row.getLong("found_at")),
        time(row, "tried_at"),
        time(row, "healed_at"));
  }

  private static Reading reading(ResultSet row) throws SQLException {
    return new Reading(
        row.getString("cursor"),
        Objects.requireNonNull(time(row, "cycle_at")),
        Objects.requireNonNull(time(row, "tried_at")),
        time(row, "read_at"),
        time(row, "whole_at"),
        row.getString("first_name"),
        row.getString("last_name"),
        row.getLong("objects"),
        row.getLong("bytes"),
        row.getLong("total"),
        row.getString("problem"));
  }

  private static @Nullable Long millis(@Nullable Instant at) {
    return at == null ? null : at.toEpochMilli();
  }

  private static String cut(String text) {
    return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
  }

  private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }
}
