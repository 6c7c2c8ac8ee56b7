package tr.emanet.backup.plan;

import java.util.List;
import tr.emanet.store.Database;

/**
 * What the end of a process leaves of runs: snapshots that have no seal, and such that lie beside
 * the one that their run names. Safe for many threads.
 */
final class CutStore {

  private final Database database;

  CutStore(Database database) {
    this.database = database;
  }

  /** Runs to a repository that did not come to their seal, the newest first. */
  List<RunRecord> withoutSeal(String repository) {
    return database.read(
        h ->
            h.createQuery(
                    "SELECT * FROM backup_run WHERE repository = :repository AND seal = ''"
                        + " ORDER BY id DESC LIMIT 200")
                .bind("repository", repository)
                .map((row, c) -> BackupStore.run(row))
                .list());
  }

  /**
   * Names the snapshot of a run that had ended without; of a run that goes on and makes another, or
   * has one, it is kept as left behind.
   */
  void recovered(long id, String snapshot, String seal) {
    database.write(
        h -> {
          int named =
              h.createUpdate(
                      "UPDATE backup_run SET snapshot = :snapshot, seal = :seal,"
                          + " state = 'incomplete'"
                          + " WHERE id = :id AND state <> 'running' AND seal = ''"
                          + " AND snapshot IN ('', :snapshot)")
                  .bind("snapshot", snapshot)
                  .bind("seal", seal)
                  .bind("id", id)
                  .execute();
          return named > 0
              ? named
              : h.createUpdate("INSERT OR IGNORE INTO backup_left VALUES (:snapshot, :run)")
                  .bind("snapshot", snapshot)
                  .bind("run", id)
                  .execute();
        });
  }

  /** Snapshots that a run has left beside its own. */
  List<String> left(long run) {
    return database.read(
        h ->
            h.createQuery("SELECT snapshot FROM backup_left WHERE run = :run ORDER BY snapshot")
                .bind("run", run)
                .mapTo(String.class)
                .list());
  }

  /** Names the snapshot of a run that goes on, before its seal: nothing may be nobody's. */
  void noted(long id, String snapshot) {
    database.write(
        h ->
            h.createUpdate("UPDATE backup_run SET snapshot = :snapshot WHERE id = :id")
                .bind("snapshot", snapshot)
                .bind("id", id)
                .execute());
  }
}
