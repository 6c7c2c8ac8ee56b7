package tr.emanet.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.statement.Query;
import tr.emanet.store.Database;

/** The rows of the audit chain. Thread-safe. */
final class AuditStore {

  /** The end of the chain. */
  record Head(long sequence, String hash) {}

  private static final String COLUMNS =
      "SELECT sequence, at_micros, actor, action, details, previous, hash FROM audit_entry ";

  private final Database database;

  AuditStore(Database database) {
    this.database = database;
  }

  Head head() {
    return database.read(
        h ->
            h.createQuery("SELECT sequence, hash FROM audit_head WHERE id = 1")
                .map((rs, context) -> new Head(rs.getLong(1), rs.getString(2)))
                .one());
  }

  void append(AuditEntry entry) {
    database.write(
        h ->
            h.createUpdate(
                    "INSERT INTO audit_entry"
                        + " (sequence, at_micros, actor, action, details, previous, hash)"
                        + " VALUES (:sequence, :at, :actor, :action, :details, :previous, :hash)")
                .bind("sequence", entry.sequence())
                .bind("at", AuditEntry.micros(entry.at()))
                .bind("actor", entry.actor())
                .bind("action", entry.action())
                .bind("details", entry.details())
                .bind("previous", entry.previous())
                .bind("hash", entry.hash())
                .execute());
  }

  /** Entries with a sequence above the given one, oldest first. */
  List<AuditEntry> after(long sequence, int limit) {
    return database.read(
        h ->
            h.createQuery(COLUMNS + "WHERE sequence > :after ORDER BY sequence LIMIT :limit")
                .bind("after", sequence)
                .bind("limit", limit)
                .map((rs, context) -> entry(rs))
                .list());
  }

  /** At most one entry that the head does not know of. */
  List<AuditEntry> outsideTheChain() {
    return database.read(
        h ->
            h.createQuery(
                    COLUMNS
                        + "WHERE sequence < 1 OR sequence > (SELECT sequence FROM audit_head)"
                        + " ORDER BY sequence LIMIT 1")
                .map((rs, context) -> entry(rs))
                .list());
  }

  /** Entries with a sequence below the given one, newest first. */
  List<AuditEntry> before(AuditFilter filter, long sequence, int limit) {
    StringBuilder sql = new StringBuilder(COLUMNS).append("WHERE sequence < :before");
    if (filter.actor() != null) {
      sql.append(" AND actor = :actor");
    }
    if (filter.action() != null) {
      sql.append(" AND (action = :action OR substr(action, 1, :length) = :prefix)");
    }
    if (filter.from() != null) {
      sql.append(" AND at_micros >= :from");
    }
    if (filter.to() != null) {
      sql.append(" AND at_micros < :to");
    }
    sql.append(" ORDER BY sequence DESC LIMIT :limit");
    return database.read(
        h -> {
          Query query = h.createQuery(sql.toString()).bind("before", sequence).bind("limit", limit);
          if (filter.actor() != null) {
            query.bind("actor", filter.actor());
          }
          if (filter.action() != null) {
            String prefix = filter.action() + ".";
            query
                .bind("action", filter.action())
                .bind("prefix", prefix)
                .bind("length", prefix.length());
          }
          if (filter.from() != null) {
            query.bind("from", AuditEntry.micros(filter.from()));
          }
          if (filter.to() != null) {
            query.bind("to", AuditEntry.micros(filter.to()));
          }
          return query.map((rs, context) -> entry(rs)).list();
        });
  }

  private static AuditEntry entry(ResultSet row) throws SQLException {
    return new AuditEntry(
        row.getLong(1),
        AuditEntry.instant(row.getLong(2)),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        row.getString(6),
        row.getString(7));
  }
}
