package tr.emanet.access;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tr.emanet.store.Database;

/** The rows of API tokens. Thread-safe. */
final class TokenStore {

  private static final String SELECT =
      "SELECT id, label, owner, created_by, roles, created_at, expires_at, used_at, revoked_at"
          + " FROM api_token ";

  private final Database database;

  TokenStore(Database database) {
    this.database = database;
  }

  /** Inserts a token (its id is ignored) and returns the new id. */
  long insert(ApiToken token, String hash) {
    return database.write(
        h ->
            h.createQuery(
                    "INSERT INTO api_token"
                        + " (label, owner, created_by, token_hash, roles, created_at, expires_at)"
                        + " VALUES (:label, :owner, :by, :hash, :roles, :created, :expires)"
                        + " RETURNING id")
                .bind("label", token.label())
                .bind("owner", token.owner().map(UserName::value).orElse(null))
                .bind("by", token.createdBy())
                .bind("hash", hash)
                .bind("roles", token.lists() ? ApiTokens.LISTS : Roles.text(token.roles()))
                .bind("created", token.createdAt().toEpochMilli())
                .bind("expires", token.expiresAt().toEpochMilli())
                .mapTo(Long.class)
                .one());
  }

  Optional<ApiToken> find(String hash) {
    return database.read(
        h ->
            h.createQuery(SELECT + "WHERE token_hash = :hash")
                .bind("hash", hash)
                .map((rs, context) -> token(rs))
                .findOne());
  }

  Optional<ApiToken> find(long id) {
    return database.read(
        h ->
            h.createQuery(SELECT + "WHERE id = :id")
                .bind("id", id)
                .map((rs, context) -> token(rs))
                .findOne());
  }

  List<ApiToken> all() {
    return database.read(
        h ->
            h.createQuery(SELECT + "ORDER BY id DESC LIMIT 10000")
                .map((rs, context) -> token(rs))
                .list());
  }

  void use(long id, Instant at) {
    database.write(
        h ->
            h.createUpdate("UPDATE api_token SET used_at = :at WHERE id = :id")
                .bind("id", id)
                .bind("at", at.toEpochMilli())
                .execute());
  }

  /** Revokes a token; false when it was revoked already. */
  boolean revoke(long id, Instant at) {
    return database.write(
            h ->
                h.createUpdate(
                        "UPDATE api_token SET revoked_at = :at"
                            + " WHERE id = :id AND revoked_at IS NULL")
                    .bind("id", id)
                    .bind("at", at.toEpochMilli())
                    .execute())
        > 0;
  }

  private static ApiToken token(ResultSet row) throws SQLException {
    return new ApiToken(
        row.getLong(1),
        row.getString(2),
        Optional.ofNullable(row.getString(3)).map(UserName::new),
        row.getString(4),
        Roles.stored(row.getString(5)),
        row.getString(5).equals(ApiTokens.LISTS),
        Instant.ofEpochMilli(row.getLong(6)),
        Instant.ofEpochMilli(row.getLong(7)),
        time(row, 8),
        time(row, 9));
  }

  private static Optional<Instant> time(ResultSet row, int column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }
}
