package tr.emanet.backup.plan;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
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

  private static KeptSnapshot kept(ResultSet row) throws SQLException {
    String systems = row.getString("job_systems");
    return new KeptSnapshot(
        BackupStore.run(row), row.getString("job_name"), systems == null ? "" : systems);
  }
}
