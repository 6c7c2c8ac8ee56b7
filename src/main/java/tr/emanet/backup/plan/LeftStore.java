package tr.emanet.backup.plan;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tr.emanet.store.Database;

/** What stands in repositories, whichever job it is of, also of jobs that went on elsewhere. */
public final class LeftStore {

  private final Database database;

  public LeftStore(Database database) {
    this.database = database;
  }

  /**
   * Snapshots that stand.
   *
   * @param oldest when the run of the oldest began; null when there is none
   */
  public record Left(long snapshots, @Nullable Instant oldest) {}

  /** What stands at an address. */
  public Left at(String address) {
    return left("repository = :where", address);
  }

  /** What a job left in other repositories than that of the address. */
  Left elsewhere(long plan, String address) {
    return left("plan = " + plan + " AND repository <> :where", address);
  }

  private Left left(String which, String address) {
    return database.read(
        h ->
            h.createQuery(
                    "SELECT COUNT(*) AS number, coalesce(MIN(started_at), 0) AS oldest"
                        + " FROM backup_run WHERE snapshot <> '' AND expired_at IS NULL AND "
                        + which)
                .bind("where", address)
                .map(
                    (row, c) -> {
                      long oldest = row.getLong("oldest");
                      return new Left(
                          row.getLong("number"), oldest == 0 ? null : Instant.ofEpochMilli(oldest));
                    })
                .one());
  }
}
