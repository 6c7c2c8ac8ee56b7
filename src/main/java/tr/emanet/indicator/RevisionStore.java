package tr.emanet.indicator;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tr.emanet.store.Database;

/** The rows of revisions. Thread-safe. */
final class RevisionStore {

  private static final String SELECT =
      "SELECT number, feed, kind, state, origin, signature, target, complete, started_at,"
          + " applied_at, actor, received, added, removed, changed, refused, spared, digest, reason"
          + " FROM indicator_revision ";

  private final Database database;

  RevisionStore(Database database) {
    this.database = database;
  }

  Revision begin(
      String feed, Revision.Kind kind, String origin, String actor, long target, Instant at) {
    long number =
        database.write(
            h ->
                h.createQuery(
                        "INSERT INTO indicator_revision"
                            + " (feed, kind, state, origin, actor, target, started_at)"
                            + " VALUES (:feed, :kind, 'fetching', :origin, :actor, :target, :at)"
                            + " RETURNING number")
                    .bind("feed", feed)
                    .bind("kind", kind.id())
                    .bind("origin", origin)
                    .bind("actor", actor)
                    .bind("target", target)
                    .bind("at", at.toEpochMilli())
                    .mapTo(Long.class)
                    .one());
    return find(number).orElseThrow();
  }

  Optional<Revision> find(long number) {
    return database.read(
        h ->
            h.createQuery(SELECT + "WHERE number = :number")
                .bind("number", number)
                .map((rs, context) -> revision(rs))
                .findOne());
  }

  /** Of one feed, or of all for an empty name; newest first. */
  List<Revision> newest(String feed, int limit) {
    return database.read(
        h ->
            h.createQuery(
                    SELECT + "WHERE :feed = '' OR feed = :feed ORDER BY number DESC LIMIT :limit")
                .bind("feed", feed)
                .bind("limit", limit)
                .map((rs, context) -> revision(rs))
                .list());
  }

  List<Revision> in(Revision.State state) {
    return database.read(
        h ->
            h.createQuery(SELECT + "WHERE state = :state ORDER BY number")
                .bind("state", state.id())
                .map((rs, context) -> revision(rs))
                .list());
  }

  String cursor(long number) {
    return database.read(
        h ->
            h.createQuery("SELECT cursor FROM indicator_revision WHERE number = :number")
                .bind("number", number)
                .mapTo(String.class)
                .one());
  }

  void cursor(long number, String cursor) {
    database.write(
        h ->
            h.createUpdate("UPDATE indicator_revision SET cursor = :c WHERE number = :number")
                .bind("c", cursor)
                .bind("number", number)
                .execute());
  }

  void signature(long number, String signature) {
    database.write(
        h ->
            h.createUpdate("UPDATE indicator_revision SET signature = :s WHERE number = :number")
                .bind("s", signature)
                .bind("number", number)
                .execute());
  }

  void compared(long number, boolean complete, Revision.Counts counts, int[] kept, String digest) {
    database.write(
        h ->
            h.createUpdate(
                    "UPDATE indicator_revision SET complete = :complete, received = :received,"
                        + " added = :added, removed = :removed, changed = :changed,"
                        + " refused = :refused, spared = :spared, digest = :digest"
                        + " WHERE number = :number")
                .bind("complete", complete)
                .bind("received", counts.received())
                .bind("added", counts.added())
                .bind("removed", counts.removed())
                .bind("changed", counts.changed())
                .bind("refused", kept[0])
                .bind("spared", kept[1])
                .bind("digest", digest)
                .bind("number", number)
                .execute());
  }

  void state(long number, Revision.State state, String reason) {
    database.write(
        h ->
            h.createUpdate(
                    "UPDATE indicator_revision SET state = :state, reason = :reason"
                        + " WHERE number = :number")
                .bind("state", state.id())
                .bind("reason", reason)
                .bind("number", number)
                .execute());
  }

  /** Marks the begin of the change; a repeated begin keeps the first time. */
  void applying(long number, String actor, Instant at) {
    database.write(
        h ->
            h.createUpdate(
                    "UPDATE indicator_revision SET state = 'applying',"
                        + " actor = CASE WHEN :actor = '-' THEN actor ELSE :actor END,"
                        + " applied_at = coalesce(applied_at, :at) WHERE number = :number")
                .bind("actor", actor)
                .bind("at", at.toEpochMilli())
                .bind("number", number)
                .execute());
  }

  private static Revision revision(ResultSet row) throws SQLException {
    return new Revision(
        row.getLong(1),
        row.getString(2),
        Revision.Kind.valueOf(row.getString(3).toUpperCase(Locale.ROOT)),
        Revision.State.valueOf(row.getString(4).toUpperCase(Locale.ROOT)),
        row.getString(5),
        row.getString(6),
        row.getLong(7),
        row.getInt(8) != 0,
        Instant.ofEpochMilli(row.getLong(9)),
        FeedStateStore.time(row, 10),
        row.getString(11),
        new Revision.Counts(row.getInt(12), row.getInt(13), row.getInt(14), row.getInt(15)),
        row.getInt(16),
        row.getInt(17),
        row.getString(18),
        row.getString(19));
  }
}
