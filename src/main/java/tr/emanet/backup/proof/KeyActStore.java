package tr.emanet.backup.proof;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tr.emanet.store.Database;

/** The rows of requests and eras. Thread-safe. */
final class KeyActStore {

  private final Database database;

  KeyActStore(Database database) {
    this.database = database;
  }

  List<KeyRequest> requests(Instant since) {
    return database.read(
        h ->
            h.createQuery(
                    "SELECT * FROM backup_key_request WHERE asked_at > :since ORDER BY asked_at")
                .bind("since", since.toEpochMilli())
                .map(
                    (rs, c) ->
                        new KeyRequest(
                            KeyRequest.Kind.of(rs.getString("kind")).orElseThrow(),
                            rs.getString("subject"),
                            rs.getString("asked_by"),
                            Instant.ofEpochMilli(rs.getLong("asked_at")),
                            rs.getString("why")))
                .list());
  }

  void ask(KeyRequest request) {
    database.write(
        h ->
            h.createUpdate(
                    "INSERT OR REPLACE INTO backup_key_request (kind, subject, asked_by, asked_at,"
                        + " why) VALUES (:kind, :subject, :by, :at, :why)")
                .bind("kind", request.kind().id())
                .bind("subject", request.subject())
                .bind("by", request.by())
                .bind("at", request.at().toEpochMilli())
                .bind("why", request.why())
                .execute());
  }

  void answered(KeyRequest request) {
    database.write(
        h ->
            h.createUpdate(
                    "DELETE FROM backup_key_request WHERE kind = :kind AND subject = :subject")
                .bind("kind", request.kind().id())
                .bind("subject", request.subject())
                .execute());
  }

  List<Era> eras() {
    return database.read(
        h ->
            h.createQuery("SELECT * FROM backup_era ORDER BY id")
                .map(
                    (rs, c) -> {
                      long closed = rs.getLong("closed_at");
                      return new Era(
                          rs.getString("address"),
                          rs.getString("followed_by"),
                          rs.getString("begun_by"),
                          Instant.ofEpochMilli(rs.getLong("begun_at")),
                          rs.getString("closed_by"),
                          closed == 0 ? null : Instant.ofEpochMilli(closed));
                    })
                .list());
  }

  Optional<Era> era(String address) {
    return eras().stream().filter(era -> era.address().equals(address)).findFirst();
  }

  void begun(Era era) {
    database.write(
        h ->
            h.createUpdate(
                    "INSERT OR REPLACE INTO backup_era (address, followed_by, begun_by, begun_at)"
                        + " VALUES (:address, :next, :by, :at)")
                .bind("address", era.address())
                .bind("next", era.followedBy())
                .bind("by", era.by())
                .bind("at", era.at().toEpochMilli())
                .execute());
  }

  void notBegun(String address) {
    database.write(
        h ->
            h.createUpdate("DELETE FROM backup_era WHERE address = :address")
                .bind("address", address)
                .execute());
  }

  void closed(String address, String by, Instant at) {
    database.write(
        h ->
            h.createUpdate(
                    "UPDATE backup_era SET closed_by = :by, closed_at = :at"
                        + " WHERE address = :address")
                .bind("address", address)
                .bind("by", by)
                .bind("at", at.toEpochMilli())
                .execute());
  }
}
