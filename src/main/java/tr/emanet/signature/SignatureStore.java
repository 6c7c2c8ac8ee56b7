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
      "SELECT id, kind, object, sha256, signer, masked_id, issuer, certificate, claimed_at,"
          + " stamped_at, qualified, trusted, remarks, uploaded_by, uploaded_at"
          + " FROM person_signature ";

  private final Database database;

  SignatureStore(Database database) {
    this.database = database;
  }

  <T> T transaction(Supplier<T> work) {
    return database.transaction(work::get);
  }

  long add(
      SignableObject object,
      String sha256,
      byte[] cms,
      String digest,
      SignatureChecker.Verdict.Sound sound,
      String who,
      Instant at) {
    return database.write(
        h ->
            h.createQuery(
                    "INSERT INTO person_signature (kind, object, sha256, cms, cms_sha256, signer,"
                        + " masked_id, issuer, certificate, claimed_at, stamped_at, qualified,"
                        + " trusted, remarks, uploaded_by, uploaded_at) VALUES (:kind, :object,"
                        + " :sha256, :cms, :digest, :signer, :masked, :issuer, :certificate,"
                        + " :claimed, :stamped, :qualified, :trusted, :remarks, :by, :at)"
                        + " RETURNING id")
                .bind("kind", object.kind())
                .bind("object", object.id())
                .bind("sha256", sha256)
                .bind("cms", cms)
                .bind("digest", digest)
                .bind("signer", sound.signer())
                .bind("masked", sound.maskedId())
                .bind("issuer", sound.issuer())
                .bind("certificate", sound.certificate())
                .bind("claimed", millis(sound.claimedAt()))
                .bind("stamped", millis(sound.stampedAt()))
                .bind("qualified", sound.qualified())
                .bind("trusted", sound.trusted())
                .bind("remarks", String.join("\n", sound.remarks()))
                .bind("by", who)
                .bind("at", at.toEpochMilli())
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
  List<PersonSignature> of(String kind, String object) {
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

  private static PersonSignature signature(ResultSet row) throws SQLException {
    String remarks = row.getString("remarks");
    return new PersonSignature(
        row.getLong("id"),
        row.getString("kind"),
        row.getString("object"),
        row.getString("sha256"),
        row.getString("signer"),
        row.getString("masked_id"),
        row.getString("issuer"),
        row.getString("certificate"),
        time(row, "claimed_at"),
        time(row, "stamped_at"),
        row.getBoolean("qualified"),
        row.getBoolean("trusted"),
        remarks.isEmpty() ? List.of() : remarks.lines().toList(),
        row.getString("uploaded_by"),
        Instant.ofEpochMilli(row.getLong("uploaded_at")));
  }
}
