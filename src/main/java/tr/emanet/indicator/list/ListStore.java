package tr.emanet.indicator.list;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import tr.emanet.store.Database;

/** Versions of lists, secret paths, and who pulled what. Thread-safe. */
final class ListStore {

  private static final int KEPT_VERSIONS = 500;
  private static final int KEPT_DAYS = 90;
  private static final int ROWS_A_DAY = 2_000;
  private static final long DAY = 86_400_000L;

  /** Stands for whom there is no row left on a day. */
  static final String OTHERS = "(others)";

  private static final String PULL =
      "SELECT list, format, version, who, address, agent, status, etag, entries, first_at,"
          + " last_at, count FROM block_list_pull ";

  private final Database database;

  ListStore(Database database) {
    this.database = database;
  }

  Optional<ListVersion> newest(String list) {
    return database.read(h -> newest(h, list));
  }

  private static Optional<ListVersion> newest(Handle h, String list) {
    return h.createQuery(
            "SELECT list, version, digest, serial, changed_at FROM block_list_version"
                + " WHERE list = :list ORDER BY version DESC LIMIT 1")
        .bind("list", list)
        .map((rs, context) -> version(rs))
        .findOne();
  }

  /** The oldest known version made at or after a moment. */
  Optional<ListVersion> firstSince(String list, Instant at) {
    return database.read(
        h ->
            h.createQuery(
                    "SELECT list, version, digest, serial, changed_at FROM block_list_version"
                        + " WHERE list = :list AND changed_at >= :at ORDER BY version LIMIT 1")
                .bind("list", list)
                .bind("at", at.toEpochMilli())
                .map((rs, context) -> version(rs))
                .findOne());
  }

  /** The version of this content: the newest one when it is the same, else a new one. */
  ListVersion version(String list, String digest, Instant now) {
    return database.write(
        h -> {
          Optional<ListVersion> last = newest(h, list);
          if (last.isPresent() && last.get().digest().equals(digest)) {
            return last.get();
          }
          long number = last.map(v -> v.version() + 1).orElse(1L);
          // Seconds since 1970 stay ahead of an older copy of the store that was restored.
          long serial = Math.max(now.getEpochSecond(), last.map(v -> v.serial() + 1).orElse(1L));
          h.createUpdate(
                  "INSERT INTO block_list_version (list, version, digest, serial, changed_at)"
                      + " VALUES (:list, :version, :digest, :serial, :at)")
              .bind("list", list)
              .bind("version", number)
              .bind("digest", digest)
              .bind("serial", serial)
              .bind("at", now.toEpochMilli())
              .execute();
          h.createUpdate("DELETE FROM block_list_version WHERE list = :list AND version <= :old")
              .bind("list", list)
              .bind("old", number - KEPT_VERSIONS)
              .execute();
          return new ListVersion(list, number, digest, serial, now);
        });
  }

  /** The digest of a list's secret path. */
  Optional<String> secret(String list) {
    return database.read(
        h ->
            h.createQuery("SELECT hash FROM block_list_secret WHERE list = :list")
                .bind("list", list)
                .mapTo(String.class)
                .findOne());
  }

  void keepSecret(String list, String hash, String who, Instant at) {
    database.write(
        h ->
            h.createUpdate(
                    "INSERT INTO block_list_secret (list, hash, who, at)"
                        + " VALUES (:list, :hash, :who, :at) ON CONFLICT (list)"
                        + " DO UPDATE SET hash = excluded.hash, who = excluded.who,"
                        + " at = excluded.at")
                .bind("list", list)
                .bind("hash", hash)
                .bind("who", who)
                .bind("at", at.toEpochMilli())
                .execute());
  }

  /** Whether there was one. */
  boolean dropSecret(String list) {
    return database.write(
            h ->
                h.createUpdate("DELETE FROM block_list_secret WHERE list = :list")
                    .bind("list", list)
                    .execute())
        > 0;
  }

  /** Adds a pull to the row of its day. */
  void pulled(Pull pull) {
    long at = pull.lastAt().toEpochMilli();
    long day = Math.floorDiv(at, DAY);
    database.write(
        h -> {
          if (row(h, pull, pull.who(), day, at, false) == 0) {
            long rows =
                h.createQuery("SELECT count(*) FROM block_list_pull WHERE day = :day")
                    .bind("day", day)
                    .mapTo(Long.class)
                    .one();
            String who = rows < ROWS_A_DAY ? pull.who() : OTHERS;
            row(h, pull, who, day, at, true);
            h.createUpdate("DELETE FROM block_list_pull WHERE day < :old")
                .bind("old", day - KEPT_DAYS)
                .execute();
          }
          return day;
        });
  }

  private static int row(Handle h, Pull pull, String who, long day, long at, boolean add) {
    String address = who.equals(OTHERS) ? "" : pull.address();
    String where =
        " WHERE day = :day AND list = :list AND format = :format AND version = :version"
            + " AND who = :who AND address = :address AND status = :status";
    String update =
        "UPDATE block_list_pull SET last_at = :at, count = count + 1, agent = :agent" + where;
    String insert =
        "INSERT INTO block_list_pull (day, list, format, version, who, address, status, agent,"
            + " etag, entries, first_at, last_at, count) VALUES (:day, :list, :format, :version,"
            + " :who, :address, :status, :agent, :etag, :entries, :at, :at, 1)"
            + " ON CONFLICT DO UPDATE SET last_at = excluded.last_at, count = count + 1";
    var statement = h.createUpdate(add ? insert : update);
    if (add) {
      statement.bind("etag", pull.etag()).bind("entries", pull.entries());
    }
    return statement
        .bind("day", day)
        .bind("list", pull.list())
        .bind("format", pull.format())
        .bind("version", pull.version())
        .bind("who", who)
        .bind("address", address)
        .bind("status", pull.status())
        .bind("agent", pull.agent())
        .bind("at", at)
        .execute();
  }

  /** The latest rows. */
  List<Pull> pulls(int limit) {
    return database.read(
        h ->
            h.createQuery(PULL + "ORDER BY last_at DESC LIMIT :limit")
                .bind("limit", limit)
                .map((rs, context) -> pull(rs))
                .list());
  }

  /**
   * The first pull of each puller that got a list in this version or a later one. SQLite takes the
   * other columns from the row that has the minimum.
   */
  List<Pull> firstPulls(String list, long version, int limit) {
    return database.read(
        h ->
            h.createQuery(
                    PULL
                        + "WHERE list = :list AND version >= :version AND status = 200"
                        + " GROUP BY who HAVING min(first_at) >= 0"
                        + " ORDER BY first_at LIMIT :limit")
                .bind("list", list)
                .bind("version", version)
                .bind("limit", limit)
                .map((rs, context) -> pull(rs))
                .list());
  }

  private static Pull pull(ResultSet row) throws SQLException {
    return new Pull(
        row.getString(1),
        row.getString(2),
        row.getLong(3),
        row.getString(4),
        row.getString(5),
        row.getString(6),
        row.getInt(7),
        row.getString(8),
        row.getInt(9),
        Instant.ofEpochMilli(row.getLong(10)),
        Instant.ofEpochMilli(row.getLong(11)),
        row.getLong(12));
  }

  private static ListVersion version(ResultSet row) throws SQLException {
    return new ListVersion(
        row.getString(1),
        row.getLong(2),
        row.getString(3),
        row.getLong(4),
        Instant.ofEpochMilli(row.getLong(5)));
  }
}
