package tr.emanet.signature;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tr.emanet.store.Database;

/** The rows of persons' signatures; append-only by trigger. Thread-safe. */
final class SignatureStore {

  private static final String SELECT =
      "SELECT id, kind, object, sha256, signer, name, person, issuer, certificate, claimed_at,"
          + " stamped_at, qualified, revocation_known, uploaded_by, uploaded_at"
          + " FROM person_signature ";

  private final Database database;

  SignatureStore(Database database) {
    this.database = database;
  }

  <T> T transaction(Supplier<T> work) {
    return database.transaction(work::get);
  }

  /**
   * @param wanted what is to be kept; its id is not looked at
   * @param digest SHA-256 of the signature
   */
  long add(KeptSignature wanted, byte[] cms, String digest) {
    return database.write(
        h ->
            h.createQuery(
                    "INSERT INTO person_signature (kind, object, sha256, signer, cms, cms_sha256,"
                        + " name, person, issuer, certificate, claimed_at, stamped_at, qualified,"
                        + " revocation_known, uploaded_by, uploaded_at) VALUES (:kind, :object,"
                        + " :sha256, :signer, :cms, :digest, :name, :person, :issuer,"
                        + " :certificate, :claimed, :stamped, :qualified, :known, :by, :at)"
                        + " RETURNING id")
                .bind("kind", wanted.kind())
                .bind("object", wanted.object())
                .bind("sha256", wanted.sha256())
                .bind("signer", wanted.signer())
                .bind("cms", cms)
                .bind("digest", digest)
                .bind("name", wanted.name())
                .bind("person", wanted.person())
                .bind("issuer", wanted.issuer())
                .bind("certificate", wanted.certificate())
                .bind("claimed", wanted.claimedAt().toEpochMilli())
                .bind("stamped", millis(wanted.stampedAt()))
                .bind("qualified", wanted.qualified())
                .bind("known", wanted.revocationKnown())
                .bind("by", wanted.uploadedBy())
                .bind("at", wanted.uploadedAt().toEpochMilli())
                .mapTo(Long.class)
                .one());
  }

  boolean has(String kind, String object, String digest) {
    return database.read(
        h ->
            h.createQuery(
                        "SELECT count(*) FROM person_signature WHERE kind = :kind AND object ="
                            + " :object AND cms_sha256 = :digest")
                    .bind("kind", kind)
                    .bind("object", object)
                    .bind("digest", digest)
                    .mapTo(Long.class)
                    .one()
                > 0);
  }

  /** In the order in which they were uploaded. */
  List<KeptSignature> of(String kind, String object) {
    return database.read(
        h ->
            h.createQuery(SELECT + "WHERE kind = :kind AND object = :object ORDER BY id")
                .bind("kind", kind)
                .bind("object", object)
                .map((rs, c) -> signature(rs))
                .list());
  }

  Optional<byte[]> cms(String kind, String object, long id) {
    return database.read(
        h ->
            h.createQuery(
                    "SELECT cms FROM person_signature WHERE kind = :kind AND object = :object AND"
                        + " id = :id")
                .bind("kind", kind)
                .bind("object", object)
                .bind("id", id)
                .map((rs, c) -> rs.getBytes(1))
                .findFirst());
  }

  private static @Nullable Long millis(@Nullable Instant at) {
    return at == null ? null : (Long) at.toEpochMilli();
  }

  private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }

  private static KeptSignature signature(ResultSet row) throws SQLException {
    return new KeptSignature(
        row.getLong("id"),
        row.getString("kind"),
        row.getString("object"),
        row.getString("sha256"),
        row.getInt("signer"),
        row.getString("name"),
        row.getString("person"),
        row.getString("issuer"),
        row.getString("certificate"),
        Instant.ofEpochMilli(row.getLong("claimed_at")),
        time(row, "stamped_at"),
        row.getBoolean("qualified"),
        row.getBoolean("revocation_known"),
        row.getString("uploaded_by"),
        Instant.ofEpochMilli(row.getLong("uploaded_at")));
  }
}
