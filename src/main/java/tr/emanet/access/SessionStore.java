package tr.emanet.access;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tr.emanet.store.Database;

/** The rows of sessions. Thread-safe. */
final class SessionStore {

  private static final String SELECT =
      "SELECT id_hash, name, created_at, seen_at, expires_at, address, agent FROM session ";

  private final Database database;

  SessionStore(Database database) {
    this.database = database;
  }

  void insert(Session session) {
    database.write(
        h ->
            h.createUpdate(
                    "INSERT INTO session"
                        + " (id_hash, name, created_at, seen_at, expires_at, address, agent)"
                        + " VALUES (:id, :name, :created, :seen, :expires, :address, :agent)")
                .bind("id", session.idHash())
                .bind("name", session.name().value())
                .bind("created", session.createdAt().toEpochMilli())
                .bind("seen", session.seenAt().toEpochMilli())
                .bind("expires", session.expiresAt().toEpochMilli())
                .bind("address", session.address())
                .bind("agent", session.agent())
                .execute());
  }

  Optional<Session> find(String idHash) {
    return database.read(
        h ->
            h.createQuery(SELECT + "WHERE id_hash = :id")
                .bind("id", idHash)
                .map((rs, context) -> session(rs))
                .findOne());
  }

  List<Session> of(UserName name) {
    return database.read(
        h ->
            h.createQuery(SELECT + "WHERE name = :name ORDER BY seen_at DESC LIMIT 1000")
                .bind("name", name.value())
                .map((rs, context) -> session(rs))
                .list());
  }

  void touch(String idHash, Instant at) {
    database.write(
        h ->
            h.createUpdate("UPDATE session SET seen_at = :at WHERE id_hash = :id")
                .bind("id", idHash)
                .bind("at", at.toEpochMilli())
                .execute());
  }

  boolean delete(String idHash) {
    return database.write(
            h ->
                h.createUpdate("DELETE FROM session WHERE id_hash = :id")
                    .bind("id", idHash)
                    .execute())
        > 0;
  }

  /** Deletes all sessions of a person but one; the digest to keep may be empty. */
  int deleteOf(UserName name, String keep) {
    return database.write(
        h ->
            h.createUpdate("DELETE FROM session WHERE name = :name AND id_hash <> :keep")
                .bind("name", name.value())
                .bind("keep", keep)
                .execute());
  }

  void deleteEnded(Instant now, Instant idleSince) {
    database.write(
        h ->
            h.createUpdate("DELETE FROM session WHERE expires_at <= :now OR seen_at <= :idle")
                .bind("now", now.toEpochMilli())
                .bind("idle", idleSince.toEpochMilli())
                .execute());
  }

  private static Session session(ResultSet row) throws SQLException {
    return new Session(
        row.getString(1),
        new UserName(row.getString(2)),
        Instant.ofEpochMilli(row.getLong(3)),
        Instant.ofEpochMilli(row.getLong(4)),
        Instant.ofEpochMilli(row.getLong(5)),
        row.getString(6),
        row.getString(7));
  }
}
