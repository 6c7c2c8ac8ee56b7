package tr.emanet.alert;

import java.time.Instant;
import tr.emanet.store.Database;

/** The row of the fuse, and what it counts. Thread-safe. */
final class FuseStore {

  private final Database database;

  FuseStore(Database database) {
    this.database = database;
  }

  /** When it blew last and when it was mended last; {@link Instant#EPOCH} for never. */
  record Times(Instant blownAt, Instant mendedAt) {
    boolean blown() {
      return blownAt.isAfter(mendedAt);
    }
  }

  Times times() {
    return database.read(
        h ->
            h.createQuery("SELECT blown_at, mended_at FROM alert_fuse")
                .map(
                    (rs, context) ->
                        new Times(
                            Instant.ofEpochMilli(rs.getLong(1)),
                            Instant.ofEpochMilli(rs.getLong(2))))
                .findOne()
                .orElse(new Times(Instant.EPOCH, Instant.EPOCH)));
  }

  /** How many messages left on all channels since a moment; a summary is one message. */
  int sentSince(Instant since) {
    return database.read(
        h ->
            h.createQuery(
                    "SELECT count(DISTINCT CASE summary WHEN '' THEN 'n' || id"
                        + " ELSE channel || ' ' || summary END)"
                        + " FROM alert_outbox WHERE state = 'sent' AND sent_at > :since")
                .bind("since", since.toEpochMilli())
                .mapTo(Integer.class)
                .one());
  }

  void blow(Instant at) {
    write(
        "INSERT INTO alert_fuse (id, blown_at, mended_at, mended_by) VALUES (1, :at, 0, :by)"
            + " ON CONFLICT (id) DO UPDATE SET blown_at = excluded.blown_at",
        at,
        "-");
  }

  void mend(Instant at, String by) {
    write("UPDATE alert_fuse SET mended_at = :at, mended_by = :by", at, by);
  }

  private void write(String sql, Instant at, String by) {
    int ignored =
        database.write(
            h -> h.createUpdate(sql).bind("at", at.toEpochMilli()).bind("by", by).execute());
  }
}
