package tr.emanet.keep;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tr.emanet.event.Principal;
import tr.emanet.store.Database;

/** Holds, destroyed segments that no checkpoint names yet, and the believed clock. Thread-safe. */
final class KeepStore {

  private static final String HOLDS =
      "SELECT id, stream, from_day, to_day, reason, set_by, set_at, release_by, release_reason,"
          + " release_asked_at, released_by, released_at FROM legal_hold ";

  /**
   * What the guard remembers.
   *
   * @param anchor a wall clock that was believed
   * @param anchorSince the machine's count at that moment
   * @param seen the wall clock seen last
   * @param jump null while it is believed
   */
  record ClockMark(
      String boot,
      Instant anchor,
      Duration anchorSince,
      Instant seen,
      ClockState.@Nullable Jumped jump) {

    static ClockMark anchored(Instant wall, BootClock.Reading now) {
      return new ClockMark(now.boot(), wall, now.since(), wall, null);
    }

    ClockMark seen(Instant wall) {
      return new ClockMark(boot, anchor, anchorSince, wall, null);
    }

    ClockMark jumped(ClockState.Jumped found) {
      return new ClockMark(boot, anchor, anchorSince, seen, found);
    }

    ClockState state() {
      return jump == null ? new ClockState.Believed() : jump;
    }
  }

  /** A destroyed segment that the next checkpoint has to name. */
  record Pending(String path, String sha256, long record, String recordSha256) {}

  private final Database database;

  KeepStore(Database database) {
    this.database = database;
  }

  void transaction(Runnable work) {
    database.transaction(
        () -> {
          work.run();
          return true;
        });
  }

  Optional<ClockMark> clock() {
    return database.read(
        h ->
            h.createQuery("SELECT * FROM keep_clock WHERE id = 1")
                .map((rs, c) -> mark(rs))
                .findOne());
  }

  void clock(ClockMark mark) {
    ClockState.Jumped jump = mark.jump();
    database.write(
        h ->
            h.createUpdate(
                    "INSERT OR REPLACE INTO keep_clock (id, boot, anchor, anchor_since, seen,"
                        + " jump_expected, jump_shown, jump_restarted) VALUES (1, :boot, :anchor,"
                        + " :since, :seen, :expected, :shown, :restarted)")
                .bind("boot", mark.boot())
                .bind("anchor", mark.anchor().toEpochMilli())
                .bind("since", mark.anchorSince().toMillis())
                .bind("seen", mark.seen().toEpochMilli())
                .bind("expected", jump == null ? null : (Long) jump.expected().toEpochMilli())
                .bind("shown", jump == null ? null : (Long) jump.shown().toEpochMilli())
                .bind("restarted", jump != null && jump.restarted())
                .execute());
  }

  private static ClockMark mark(ResultSet row) throws SQLException {
    long expected = row.getLong("jump_expected");
    boolean jumped = !row.wasNull();
    return new ClockMark(
        row.getString("boot"),
        Instant.ofEpochMilli(row.getLong("anchor")),
        Duration.ofMillis(row.getLong("anchor_since")),
        Instant.ofEpochMilli(row.getLong("seen")),
        jumped
            ? new ClockState.Jumped(
                Instant.ofEpochMilli(expected),
                Instant.ofEpochMilli(row.getLong("jump_shown")),
                row.getBoolean("jump_restarted"))
            : null);
  }

  long addHold(LegalHold hold) {
    return database.write(
        h ->
            h.createQuery(
                    "INSERT INTO legal_hold (stream, from_day, to_day, reason, set_by, set_at)"
                        + " VALUES (:stream, :from, :to, :reason, :by, :at) RETURNING id")
                .bind("stream", hold.stream())
                .bind("from", text(hold.from()))
                .bind("to", text(hold.to()))
                .bind("reason", hold.reason())
                .bind("by", hold.setBy())
                .bind("at", hold.setAt().toEpochMilli())
                .mapTo(Long.class)
                .one());
  }

  /** Newest first. */
  List<LegalHold> holds() {
    return database.read(
        h -> h.createQuery(HOLDS + "ORDER BY id DESC").map((rs, c) -> hold(rs)).list());
  }

  Optional<LegalHold> hold(long id) {
    return database.read(
        h ->
            h.createQuery(HOLDS + "WHERE id = :id")
                .bind("id", id)
                .map((rs, c) -> hold(rs))
                .findOne());
  }

  void askRelease(long id, Principal who, String reason, Instant at) {
    database.write(
        h ->
            h.createUpdate(
                    "UPDATE legal_hold SET release_by = :by, release_reason = :reason,"
                        + " release_asked_at = :at WHERE id = :id AND released_at IS NULL")
                .bind("by", who.id())
                .bind("reason", reason)
                .bind("at", at.toEpochMilli())
                .bind("id", id)
                .execute());
  }

  void release(long id, Principal who, Instant at) {
    database.write(
        h ->
            h.createUpdate(
                    "UPDATE legal_hold SET released_by = :by, released_at = :at"
                        + " WHERE id = :id AND released_at IS NULL")
                .bind("by", who.id())
                .bind("at", at.toEpochMilli())
                .bind("id", id)
                .execute());
  }

  private static LegalHold hold(ResultSet row) throws SQLException {
    return new LegalHold(
        row.getLong("id"),
        row.getString("stream"),
        day(row.getString("from_day")),
        day(row.getString("to_day")),
        row.getString("reason"),
        row.getString("set_by"),
        Instant.ofEpochMilli(row.getLong("set_at")),
        row.getString("release_by"),
        row.getString("release_reason"),
        time(row, "release_asked_at"),
        row.getString("released_by"),
        time(row, "released_at"));
  }

  private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }

  private static @Nullable LocalDate day(@Nullable String text) {
    return text == null ? null : LocalDate.parse(text);
  }

  private static @Nullable String text(@Nullable LocalDate day) {
    return day == null ? null : day.toString();
  }

  /** Notes what a record destroys; what is there already stays. */
  void destroyed(DestructionRecord record) {
    String sha256 = record.sha256();
    database.write(
        h -> {
          var batch =
              h.prepareBatch(
                  "INSERT OR IGNORE INTO destroyed_segment (path, sha256, record, record_sha256)"
                      + " VALUES (:path, :sha256, :record, :digest)");
          record
              .segments()
              .forEach(
                  one ->
                      batch
                          .bind("path", one.path())
                          .bind("sha256", one.sha256())
                          .bind("record", record.number())
                          .bind("digest", sha256)
                          .add());
          return batch.execute().length;
        });
  }

  /** Whether anything was noted as destroyed on the record with this number. */
  boolean noted(long record) {
    return database.read(
            h ->
                h.createQuery("SELECT COUNT(*) FROM destroyed_segment WHERE record = :record")
                    .bind("record", record)
                    .mapTo(Long.class)
                    .one())
        > 0;
  }

  /** Noted but maybe not deleted yet, by path. */
  List<Pending> undeleted() {
    return pending("deleted = 0");
  }

  /** Deleted and in no checkpoint yet, by path. */
  List<Pending> unsealed() {
    return pending("deleted = 1 AND checkpoint IS NULL");
  }

  private List<Pending> pending(String which) {
    return database.read(
        h ->
            h.createQuery(
                    "SELECT path, sha256, record, record_sha256 FROM destroyed_segment WHERE "
                        + which
                        + " ORDER BY path")
                .map(
                    (rs, c) ->
                        new Pending(
                            rs.getString(1), rs.getString(2), rs.getLong(3), rs.getString(4)))
                .list());
  }

  void deleted(String path) {
    database.write(
        h ->
            h.createUpdate("UPDATE destroyed_segment SET deleted = 1 WHERE path = :path")
                .bind("path", path)
                .execute());
  }

  void sealed(List<String> paths, long checkpoint) {
    database.write(
        h -> {
          var batch =
              h.prepareBatch(
                  "UPDATE destroyed_segment SET checkpoint = :number WHERE path = :path");
          paths.forEach(path -> batch.bind("number", checkpoint).bind("path", path).add());
          return batch.execute().length;
        });
  }
}
