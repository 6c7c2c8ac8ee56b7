package tr.emanet.backup.plan;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tr.emanet.store.Database;

/** Reads which snapshots stand, over all jobs. Thread-safe. */
public final class SnapshotStore {

  private static final String SELECT =
      "SELECT r.*, json_extract(p.spec, '$.name') AS job_name,"
          + " json_extract(p.spec, '$.systems') AS job_systems"
          + " FROM backup_run r JOIN backup_plan p ON p.id = r.plan"
          + " WHERE r.snapshot <> '' AND r.expired_at IS NULL AND r.state <> 'running' ";

  private final Database database;

  public SnapshotStore(Database database) {
    this.database = database;
  }

  /**
   * Snapshots that stand, the newest first.
   *
   * @param plan of one job; 0 for all
   */
  public List<KeptSnapshot> newest(long plan, int limit) {
    return database.read(
        h ->
            h.createQuery(
                    SELECT + "AND (:plan = 0 OR r.plan = :plan) ORDER BY r.id DESC LIMIT :limit")
                .bind("plan", plan)
                .bind("limit", limit)
                .map((row, c) -> kept(row))
                .list());
  }

  /** The snapshot of a number, unless it is gone. */
  public Optional<KeptSnapshot> find(long number) {
    return database.read(
        h ->
            h.createQuery(SELECT + "AND r.id = :id")
                .bind("id", number)
                .map((row, c) -> kept(row))
                .findOne());
  }

  /**
   * The oldest or newest good run of a job in a repository whose snapshot stands, however many
   * others lie between.
   */
  public Optional<RunRecord> good(long plan, String repository, boolean newest) {
    return database.read(
        h ->
            h.createQuery(
                    "SELECT * FROM backup_run WHERE plan = :plan AND repository = :repository"
                        + " AND state IN ('complete', 'incomplete') AND expired_at IS NULL"
                        + " ORDER BY id "
                        + (newest ? "DESC" : "ASC")
                        + " LIMIT 1")
                .bind("plan", plan)
                .bind("repository", repository)
                .map((row, c) -> BackupStore.run(row))
                .findOne());
  }

  /** The newest snapshot of each repository that a job on the list has. */
  public List<KeptSnapshot> places() {
    return database.read(
        h ->
            h.createQuery(
                    SELECT
                        + "AND r.id IN (SELECT max(id) FROM backup_run WHERE snapshot <> ''"
                        + " AND expired_at IS NULL AND state <> 'running' GROUP BY repository)"
                        + " ORDER BY r.id")
                .map((row, c) -> kept(row))
                .list());
  }

  /** All snapshots in a repository that runs of ours made, also those that are gone. */
  public Set<String> ours(String repository) {
    return new HashSet<>(
        database.read(
            h ->
                h.createQuery(
                        "SELECT snapshot FROM backup_run WHERE repository = :at AND snapshot <> ''"
                            + " UNION SELECT l.snapshot FROM backup_left l JOIN backup_run r"
                            + " ON r.id = l.run WHERE r.repository = :at")
                    .bind("at", repository)
                    .mapTo(String.class)
                    .list()));
  }

  private static KeptSnapshot kept(ResultSet row) throws SQLException {
    String systems = row.getString("job_systems");
    return new KeptSnapshot(
        BackupStore.run(row), row.getString("job_name"), systems == null ? "" : systems);
  }
}
