package tr.emanet.indicator.notice;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tr.emanet.store.Database;

/** The rows of tasks. Thread-safe. */
final class TaskStore {

  private static final String SELECT =
      "SELECT id, number, kind, external, owner, due, state, created_at, created_by, closed_at,"
          + " closed_by, measure FROM notice_task ";

  private final Database database;

  TaskStore(Database database) {
    this.database = database;
  }

  List<NoticeTask> of(NoticeKey notice) {
    return database.read(
        h ->
            h.createQuery(SELECT + "WHERE kind = :kind AND external = :external ORDER BY id")
                .bind("kind", notice.kind())
                .bind("external", notice.external())
                .map((rs, c) -> task(rs))
                .list());
  }

  Optional<NoticeTask> find(String number) {
    return database.read(
        h ->
            h.createQuery(SELECT + "WHERE number = :number")
                .bind("number", number)
                .map((rs, c) -> task(rs))
                .findOne());
  }

  /** The open task of a notice that began with this owner. */
  Optional<NoticeTask> openOf(NoticeKey notice, String origin) {
    return database.read(
        h ->
            h.createQuery(
                    SELECT
                        + "WHERE kind = :kind AND external = :external AND state = 'open' AND"
                        + " (origin = :origin OR substr(origin, 1, length(:origin) + 1) = :origin"
                        + " || '#')")
                .bind("kind", notice.kind())
                .bind("external", notice.external())
                .bind("origin", origin)
                .map((rs, c) -> task(rs))
                .findFirst());
  }

  /**
   * Tasks, the most urgent first.
   *
   * @param state empty for all
   * @param owner null for all
   */
  List<NoticeTask> list(String state, @Nullable String owner, int limit) {
    return database.read(
        h ->
            h.createQuery(
                    SELECT
                        + "WHERE (:state = '' OR state = :state) AND (:owner IS NULL OR owner ="
                        + " :owner) ORDER BY due, id LIMIT :limit")
                .bind("state", state)
                .bind("owner", owner)
                .bind("limit", limit)
                .map((rs, c) -> task(rs))
                .list());
  }

  /** Open tasks, and how many of them are past their day. */
  long[] open(LocalDate today) {
    return database.read(
        h ->
            h.createQuery(
                    "SELECT count(*), coalesce(sum(due < :today), 0) FROM notice_task WHERE state ="
                        + " 'open'")
                .bind("today", today.toString())
                .map((rs, c) -> new long[] {rs.getLong(1), rs.getLong(2)})
                .one());
  }

  /**
   * Adds a task.
   *
   * @param origin whom it was for at first: with a serial number the identity within the notice
   */
  NoticeTask add(
      NoticeKey notice, String origin, LocalDate due, Instant now, int year, String who) {
    String number = String.format(Locale.ROOT, "G-%04d-%04d", year, next(year));
    return database.write(
        h -> {
          long before =
              h.createQuery(
                      "SELECT count(*) FROM notice_task WHERE kind = :kind AND external = :external"
                          + " AND (origin = :origin OR substr(origin, 1, length(:origin) + 1) ="
                          + " :origin || '#')")
                  .bind("kind", notice.kind())
                  .bind("external", notice.external())
                  .bind("origin", origin)
                  .mapTo(Long.class)
                  .one();
          h.createUpdate(
                  "INSERT INTO notice_task (number, kind, external, origin, owner, due, state,"
                      + " created_at, created_by, closed_by) VALUES (:number, :kind, :external,"
                      + " :origin, :owner, :due, 'open', :now, :who, '')")
              .bind("number", number)
              .bind("kind", notice.kind())
              .bind("external", notice.external())
              .bind("origin", before == 0 ? origin : origin + "#" + (before + 1))
              .bind("owner", origin)
              .bind("due", due.toString())
              .bind("now", now.toEpochMilli())
              .bind("who", who)
              .execute();
          return find(number)
              .orElseThrow(() -> new IllegalStateException("task " + number + " is gone"));
        });
  }

  private long next(int year) {
    return database.write(
        h ->
            h.createQuery(
                    "INSERT INTO notice_year (year, last) VALUES (:year, 1) ON CONFLICT (year) DO"
                        + " UPDATE SET last = last + 1 RETURNING last")
                .bind("year", year)
                .mapTo(Long.class)
                .one());
  }

  void change(long id, String owner, LocalDate due) {
    database.write(
        h ->
            h.createUpdate("UPDATE notice_task SET owner = :owner, due = :due WHERE id = :id")
                .bind("id", id)
                .bind("owner", owner)
                .bind("due", due.toString())
                .execute());
  }

  /** Ends a task, or opens it again. */
  void end(
      long id, NoticeTask.State state, @Nullable Instant at, String who, @Nullable Long measure) {
    database.write(
        h ->
            h.createUpdate(
                    "UPDATE notice_task SET state = :state, closed_at = :at, closed_by = :who,"
                        + " measure = :measure WHERE id = :id")
                .bind("id", id)
                .bind("state", state.id())
                .bind("at", at == null ? null : at.toEpochMilli())
                .bind("who", who)
                .bind("measure", measure)
                .execute());
  }

  private static NoticeTask task(ResultSet rs) throws SQLException {
    long closed = rs.getLong(10);
    @Nullable Instant closedAt = rs.wasNull() ? null : Instant.ofEpochMilli(closed);
    String closedBy = rs.getString(11);
    long measure = rs.getLong(12);
    boolean measured = !rs.wasNull();
    return new NoticeTask(
        rs.getLong(1),
        rs.getString(2),
        new NoticeKey(rs.getString(3), rs.getLong(4)),
        rs.getString(5),
        LocalDate.parse(rs.getString(6)),
        NoticeTask.State.named(rs.getString(7)),
        Instant.ofEpochMilli(rs.getLong(8)),
        rs.getString(9),
        closedAt,
        closedBy,
        measured ? measure : null);
  }
}
