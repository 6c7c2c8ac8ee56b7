package tr.emanet.access;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tr.emanet.event.Role;
import tr.emanet.store.Database;

/** The rows of people and their roles. Thread-safe. */
final class UserStore {

  /** A reset code as stored. */
  record Reset(String codeHash, Instant expiresAt) {}

  private static final String SELECT =
      """
      SELECT p.name, p.display_name, p.disabled, p.password IS NOT NULL, p.created_at,
        COALESCE((SELECT group_concat(r.role) FROM person_role r WHERE r.name = p.name), '')
      FROM person p
      """;

  private final Database database;

  UserStore(Database database) {
    this.database = database;
  }

  boolean isEmpty() {
    return database.read(
        h -> h.createQuery("SELECT count(*) FROM person").mapTo(Long.class).one() == 0L);
  }

  List<User> all() {
    return database.read(
        h ->
            h.createQuery(SELECT + " ORDER BY p.name LIMIT 10000")
                .map((rs, context) -> user(rs))
                .list());
  }

  Optional<User> find(UserName name) {
    return database.read(
        h ->
            h.createQuery(SELECT + " WHERE p.name = :name")
                .bind("name", name.value())
                .map((rs, context) -> user(rs))
                .findOne());
  }

  /** The PHC string; empty when the person does not exist or has no password yet. */
  Optional<String> password(UserName name) {
    return database.read(
        h ->
            h.createQuery("SELECT password FROM person WHERE name = :name AND password IS NOT NULL")
                .bind("name", name.value())
                .mapTo(String.class)
                .findOne());
  }

  void insert(UserName name, String displayName, Instant at) {
    database.write(
        h ->
            h.createUpdate(
                    "INSERT INTO person (name, display_name, created_at)"
                        + " VALUES (:name, :display, :at)")
                .bind("name", name.value())
                .bind("display", displayName)
                .bind("at", at.toEpochMilli())
                .execute());
  }

  void setRoles(UserName name, Set<Role> roles) {
    database.write(
        h -> {
          h.createUpdate("DELETE FROM person_role WHERE name = :name")
              .bind("name", name.value())
              .execute();
          for (Role role : roles) {
            h.createUpdate("INSERT INTO person_role (name, role) VALUES (:name, :role)")
                .bind("name", name.value())
                .bind("role", role.id())
                .execute();
          }
          return roles.size();
        });
  }

  void setDisabled(UserName name, boolean disabled) {
    database.write(
        h ->
            h.createUpdate("UPDATE person SET disabled = :disabled WHERE name = :name")
                .bind("name", name.value())
                .bind("disabled", disabled ? 1 : 0)
                .execute());
  }

  /** Sets a new password; a waiting reset code is used up. */
  void setPassword(UserName name, String phc) {
    database.write(
        h ->
            h.createUpdate(
                    "UPDATE person SET password = :phc, reset_code = NULL,"
                        + " reset_expires_at = NULL WHERE name = :name")
                .bind("name", name.value())
                .bind("phc", phc)
                .execute());
  }

  Optional<Reset> reset(UserName name) {
    return database.read(
        h ->
            h.createQuery(
                    "SELECT reset_code, reset_expires_at FROM person"
                        + " WHERE name = :name AND reset_code IS NOT NULL")
                .bind("name", name.value())
                .map(
                    (rs, context) ->
                        new Reset(rs.getString(1), Instant.ofEpochMilli(rs.getLong(2))))
                .findOne());
  }

  /** Stores a reset code; the old password stops working. */
  void setReset(UserName name, String codeHash, Instant expiresAt) {
    database.write(
        h ->
            h.createUpdate(
                    "UPDATE person SET password = NULL, reset_code = :code,"
                        + " reset_expires_at = :expires WHERE name = :name")
                .bind("name", name.value())
                .bind("code", codeHash)
                .bind("expires", expiresAt.toEpochMilli())
                .execute());
  }

  private static User user(ResultSet row) throws SQLException {
    @Nullable String roles = row.getString(6);
    return new User(
        new UserName(row.getString(1)),
        row.getString(2),
        Roles.stored(roles == null ? "" : roles),
        row.getInt(3) != 0,
        row.getInt(4) != 0,
        Instant.ofEpochMilli(row.getLong(5)));
  }
}
