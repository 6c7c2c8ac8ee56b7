package tr.emanet.archive;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import tr.emanet.store.Database;

/** The rows of archives and verifications. Thread-safe. */
final class ArchiveStore {

  private static final int MAX_REPORT = 200_000;

  private final Database database;

  ArchiveStore(Database database) {
    this.database = database;
  }

  /** Lines as they are kept: all, unless there are very many. */
  static String report(List<String> lines) {
    String text = String.join("\n", lines);
    return text.length() <= MAX_REPORT ? text : text.substring(0, MAX_REPORT) + "\n...";
  }

  void add(Exported made) {
    database.write(
        h ->
            h.createUpdate(
                    "INSERT OR REPLACE INTO archive_export (job, name, first_day, last_day, owner,"
                        + " made_at, files, bytes, manifest, findings, report) VALUES (:job, :name,"
                        + " :first, :last, :owner, :at, :files, :bytes, :manifest, :findings,"
                        + " :report)")
                .bind("job", made.job())
                .bind("name", made.name())
                .bind("first", made.first().toString())
                .bind("last", made.last().toString())
                .bind("owner", made.owner())
                .bind("at", made.at().toEpochMilli())
                .bind("files", made.files())
                .bind("bytes", made.bytes())
                .bind("manifest", made.manifest())
                .bind("findings", made.findings())
                .bind("report", made.report())
                .execute());
  }

  List<Exported> exports(int limit) {
    return database.read(
        h ->
            h.createQuery("SELECT * FROM archive_export ORDER BY job DESC LIMIT :limit")
                .bind("limit", limit)
                .map((row, c) -> exported(row))
                .list());
  }

  Optional<Exported> export(long job) {
    return database.read(
        h ->
            h.createQuery("SELECT * FROM archive_export WHERE job = :job")
                .bind("job", job)
                .map((row, c) -> exported(row))
                .findOne());
  }

  boolean remove(long job) {
    return database.write(
            h ->
                h.createUpdate("DELETE FROM archive_export WHERE job = :job")
                    .bind("job", job)
                    .execute())
        > 0;
  }

  private static Exported exported(ResultSet row) throws SQLException {
    return new Exported(
        row.getLong("job"),
        row.getString("name"),
        LocalDate.parse(row.getString("first_day")),
        LocalDate.parse(row.getString("last_day")),
        row.getString("owner"),
        Instant.ofEpochMilli(row.getLong("made_at")),
        row.getLong("files"),
        row.getLong("bytes"),
        row.getString("manifest"),
        row.getLong("findings"),
        row.getString("report"));
  }

  void add(Verified made) {
    database.write(
        h ->
            h.createUpdate(
                    "INSERT OR REPLACE INTO archive_verification (job, first_day, last_day, owner,"
                        + " at, code, findings, notes, report) VALUES (:job, :first, :last, :owner,"
                        + " :at, :code, :findings, :notes, :report)")
                .bind("job", made.job())
                .bind("first", made.first().toString())
                .bind("last", made.last().toString())
                .bind("owner", made.owner())
                .bind("at", made.at().toEpochMilli())
                .bind("code", made.code())
                .bind("findings", made.findings())
                .bind("notes", made.notes())
                .bind("report", made.report())
                .execute());
  }

  /** The newest first. */
  List<Verified> verifications(int limit) {
    return database.read(
        h ->
            h.createQuery("SELECT * FROM archive_verification ORDER BY job DESC LIMIT :limit")
                .bind("limit", limit)
                .map((row, c) -> verified(row))
                .list());
  }

  Optional<Verified> verification(long job) {
    return database.read(
        h ->
            h.createQuery("SELECT * FROM archive_verification WHERE job = :job")
                .bind("job", job)
                .map((row, c) -> verified(row))
                .findOne());
  }

  private static Verified verified(ResultSet row) throws SQLException {
    return new Verified(
        row.getLong("job"),
        LocalDate.parse(row.getString("first_day")),
        LocalDate.parse(row.getString("last_day")),
        row.getString("owner"),
        Instant.ofEpochMilli(row.getLong("at")),
        row.getInt("code"),
        row.getLong("findings"),
        row.getLong("notes"),
        row.getString("report"));
  }
}
