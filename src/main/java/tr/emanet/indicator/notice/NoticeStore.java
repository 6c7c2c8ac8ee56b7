package tr.emanet.indicator.notice;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;
import tr.emanet.store.Database;

/** The rows of notices with how far they are, who read them, and their history. Thread-safe. */
final class NoticeStore {

  /** An English text beside a Turkish one of the same name says the same thing twice. */
  private static final String NO_TWIN =
      " NOT (n.language = 'en' AND n.slug <> '' AND EXISTS (SELECT 1 FROM usom_notice t WHERE"
          + " t.kind = n.kind AND t.slug = n.slug AND t.language = 'tr'))";

  private static final String COUNTS =
      "(SELECT count(*) FROM notice_match m WHERE m.kind = n.kind AND m.external = n.external AND"
          + " m.state <> 'rejected' AND m.current = 1) AS matches,"
          + " (SELECT count(*) FROM notice_match m WHERE m.kind = n.kind AND m.external ="
          + " n.external AND m.state = 'proposed' AND m.current = 1) AS undecided,"
          + " (SELECT count(*) FROM notice_task k WHERE k.kind = n.kind AND k.external = n.external"
          + " AND k.state = 'open') AS open_tasks,"
          + " (SELECT count(*) FROM notice_task k WHERE k.kind = n.kind AND k.external = n.external"
          + " AND k.state <> 'dropped') AS tasks";

  private static final String SELECT =
      "SELECT n.kind, n.external, n.slug, n.language, n.title, n.text,"
          + " coalesce(w.cves, n.cves) AS cves, n.url, n.active, n.published_at, n.changed_at, "
          + COUNTS
          + ", w.closed_at, (r.at IS NULL OR r.at < n.changed_at) AS unread FROM usom_notice n"
          + " LEFT JOIN notice_work w ON w.kind = n.kind AND w.external = n.external"
          + " LEFT JOIN notice_read r ON r.kind = n.kind AND r.external = n.external AND r.person ="
          + " :person ";

  private final Database database;

  NoticeStore(Database database) {
    this.database = database;
  }

  /**
   * Notices, newest first.
   *
   * @param after the last of the page before, or null
   */
  List<NoticeRow> list(NoticeFilter filter, String person, @Nullable NoticeRow after, int limit) {
    return database.read(
        h ->
            filtered(
                    h.createQuery(
                        SELECT
                            + where(filter)
                            + " AND (:sort IS NULL OR (coalesce(n.published_at, n.changed_at),"
                            + " n.kind, n.external) < (:sort, :kind, :external))"
                            + " ORDER BY coalesce(n.published_at, n.changed_at) DESC, n.kind DESC,"
                            + " n.external DESC LIMIT :limit"),
                    filter)
                .bind("person", person)
                .bind("sort", after == null ? null : after.sortedBy().toEpochMilli())
                .bind("kind", after == null ? "" : after.key().kind())
                .bind("external", after == null ? 0 : after.key().external())
                .bind("limit", limit)
                .map((rs, c) -> row(rs))
                .list());
  }

  long count(NoticeFilter filter) {
    return database.read(
        h ->
            filtered(
                    h.createQuery(
                        "SELECT count(*) FROM usom_notice n LEFT JOIN notice_work w ON w.kind ="
                            + " n.kind AND w.external = n.external "
                            + where(filter)),
                    filter)
                .mapTo(Long.class)
                .one());
  }

  private static String where(NoticeFilter filter) {
    String state =
        switch (filter.wanted()) {
          case OPEN -> " AND w.closed_at IS NULL";
          case CLOSED -> " AND w.closed_at IS NOT NULL";
          case ALL -> "";
          case MATCHED ->
              " AND w.closed_at IS NULL AND (EXISTS (SELECT 1 FROM notice_match m WHERE m.kind ="
                  + " n.kind AND m.external = n.external AND m.state <> 'rejected' AND m.current ="
                  + " 1) OR EXISTS (SELECT 1 FROM notice_task k WHERE k.kind = n.kind AND"
                  + " k.external = n.external AND k.state = 'open'))";
        };
    return "WHERE"
        + NO_TWIN
        + state
        + (filter.text().isEmpty()
            ? ""
            : " AND (w.folded LIKE :text ESCAPE '!' OR lower(n.slug) LIKE :text ESCAPE '!')")
        + (filter.cve().isEmpty() ? "" : " AND coalesce(w.cves, n.cves) LIKE :cve");
  }

  private static Query filtered(Query query, NoticeFilter filter) {
    if (!filter.text().isEmpty()) {
      query.bind("text", "%" + filter.text().replaceAll("([!%_])", "!$1") + "%");
    }
    if (!filter.cve().isEmpty()) {
      query.bind("cve", "%" + filter.cve() + "%");
    }
    return query;
  }

  Optional<NoticeRow> find(NoticeKey key, String person) {
    return database.read(
        h ->
            h.createQuery(SELECT + "WHERE n.kind = :kind AND n.external = :external")
                .bind("person", person)
                .bind("kind", key.kind())
                .bind("external", key.external())
                .map((rs, c) -> row(rs))
                .findOne());
  }

  /** By what the publisher calls it, in any case. */
  Optional<NoticeRow> bySlug(String slug, String person) {
    return database.read(
        h ->
            h.createQuery(
                    SELECT + "WHERE lower(n.slug) = lower(:slug) ORDER BY n.kind DESC LIMIT 1")
                .bind("person", person)
                .bind("slug", slug)
                .map((rs, c) -> row(rs))
                .findOne());
  }

  /** Notices that were not yet compared in this wording with this inventory; oldest first. */
  List<NoticeRow> pending(long inventory, int engine, int limit) {
    return database.read(
        h ->
            h.createQuery(
                    SELECT
                        + "WHERE"
                        + NO_TWIN
                        + " AND (w.kind IS NULL OR w.changed_at <> n.changed_at OR w.inventory <>"
                        + " :inventory OR w.engine <> :engine) ORDER BY n.published_at, n.external"
                        + " LIMIT :limit")
                .bind("person", "")
                .bind("inventory", inventory)
                .bind("engine", engine)
                .bind("limit", limit)
                .map((rs, c) -> row(rs))
                .list());
  }

  /** What a notice was compared with. */
  record Compared(Instant changedAt, long inventory, int engine, String cves, String folded) {}

  /** Notes that a notice was compared; whether it is closed stays. */
  void compared(NoticeKey key, Compared with) {
    database.write(
        h ->
            h.createUpdate(
                    "INSERT INTO notice_work VALUES (:kind, :external, :changed, :inventory,"
                        + " :engine, :cves, :folded, NULL, '') ON CONFLICT DO UPDATE SET changed_at"
                        + " = :changed, inventory = :inventory, engine = :engine, cves = :cves,"
                        + " folded = :folded")
                .bind("kind", key.kind())
                .bind("external", key.external())
                .bind("changed", with.changedAt().toEpochMilli())
                .bind("inventory", with.inventory())
                .bind("engine", with.engine())
                .bind("cves", with.cves())
                .bind("folded", with.folded())
                .execute());
  }

  /** Closes or, with null, opens a notice. */
  void close(NoticeRow notice, @Nullable Instant at, String who) {
    database.write(
        h ->
            h.createUpdate(
                    "INSERT INTO notice_work VALUES (:kind, :external, -1, -1, -1, :cves, '', :at,"
                        + " :who) ON CONFLICT DO UPDATE SET closed_at = :at, closed_by = :who")
                .bind("kind", notice.key().kind())
                .bind("external", notice.key().external())
                .bind("cves", String.join(" ", notice.cves()))
                .bind("at", at == null ? null : at.toEpochMilli())
                .bind("who", who)
                .execute());
  }

  void read(NoticeKey key, String person, Instant at) {
    database.write(
        h ->
            h.createUpdate(
                    "INSERT INTO notice_read VALUES (:person, :kind, :external, :at)"
                        + " ON CONFLICT DO UPDATE SET at = :at")
                .bind("person", person)
                .bind("kind", key.kind())
                .bind("external", key.external())
                .bind("at", at.toEpochMilli())
                .execute());
  }

  void tell(NoticeKey key, HistoryLine line) {
    database.write(
        h ->
            h.createUpdate(
                    "INSERT INTO notice_history (kind, external, at, who, what, text) VALUES"
                        + " (:kind, :external, :at, :who, :what, :text)")
                .bind("kind", key.kind())
                .bind("external", key.external())
                .bind("at", line.at().toEpochMilli())
                .bind("who", line.who())
                .bind("what", line.what())
                .bind("text", line.text())
                .execute());
  }

  List<HistoryLine> history(NoticeKey key, int limit) {
    return database.read(
        h ->
            h.createQuery(
                    "SELECT at, who, what, text FROM notice_history WHERE kind = :kind AND external"
                        + " = :external ORDER BY id LIMIT :limit")
                .bind("kind", key.kind())
                .bind("external", key.external())
                .bind("limit", limit)
                .map(
                    (rs, c) ->
                        new HistoryLine(
                            Instant.ofEpochMilli(rs.getLong(1)),
                            rs.getString(2),
                            rs.getString(3),
                            rs.getString(4)))
                .list());
  }

  private static NoticeRow row(ResultSet rs) throws SQLException {
    String cves = rs.getString("cves");
    return new NoticeRow(
        new NoticeKey(rs.getString("kind"), rs.getLong("external")),
        rs.getString("slug"),
        rs.getString("language"),
        rs.getString("title"),
        rs.getString("text"),
        cves.isEmpty() ? List.of() : List.of(cves.split(" ", -1)),
        rs.getString("url"),
        rs.getInt("active") != 0,
        moment(rs, "published_at"),
        Instant.ofEpochMilli(rs.getLong("changed_at")),
        new NoticeRow.Tally(
            rs.getLong("matches"),
            rs.getLong("undecided"),
            rs.getLong("open_tasks"),
            rs.getLong("tasks"),
            moment(rs, "closed_at"),
            rs.getInt("unread") != 0));
  }

  private static @Nullable Instant moment(ResultSet rs, String column) throws SQLException {
    long millis = rs.getLong(column);
    return rs.wasNull() ? null : Instant.ofEpochMilli(millis);
  }
}
