package tr.emanet.indicator.usom;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tr.emanet.store.Database;

/** Code tables, notices and announcements. Thread-safe. */
public final class UsomStore {

  private static final String NOTICE =
      "SELECT kind, external, slug, language, title, html, text, cves, tags, url, active,"
          + " published_at FROM usom_notice ";

  private final Database database;

  public UsomStore(Database database) {
    this.database = database;
  }

  /**
   * What a code means.
   *
   * @param table {@code address-description}, {@code address-source} or {@code
   *     address-connection-type}: the same letters mean other things in another table
   */
  public record Code(
      String table,
      String code,
      String titleTr,
      String titleEn,
      String descriptionTr,
      String descriptionEn) {}

  /** Replaces a whole table. */
  void replace(String table, List<Code> codes) {
    database.write(
        h -> {
          h.createUpdate("DELETE FROM usom_code WHERE code_table = :t").bind("t", table).execute();
          for (Code code : codes) {
            h.createUpdate("INSERT OR REPLACE INTO usom_code VALUES (:t, :c, :tr, :en, :dtr, :den)")
                .bind("t", table)
                .bind("c", code.code())
                .bind("tr", code.titleTr())
                .bind("en", code.titleEn())
                .bind("dtr", code.descriptionTr())
                .bind("den", code.descriptionEn())
                .execute();
          }
          return codes.size();
        });
  }

  /** All codes of all tables. */
  public List<Code> codes() {
    return database.read(
        h ->
            h.createQuery(
                    "SELECT code_table, code, title_tr, title_en, description_tr, description_en"
                        + " FROM usom_code ORDER BY code_table, code")
                .map(
                    (rs, c) ->
                        new Code(
                            rs.getString(1),
                            rs.getString(2),
                            rs.getString(3),
                            rs.getString(4),
                            rs.getString(5),
                            rs.getString(6)))
                .list());
  }

  /** Keeps notices; answers how many were new or had changed. */
  int keep(List<Notice> notices, Instant now) {
    return database.write(
        h -> {
          int changed = 0;
          for (Notice n : notices) {
            changed +=
                h.createUpdate(
                        "INSERT INTO usom_notice VALUES (:kind, :id, :slug, :language, :title,"
                            + " :html, :text, :cves, :tags, :url, :active, :published, :now, :now)"
                            + " ON CONFLICT DO UPDATE SET slug = excluded.slug,"
                            + " language = excluded.language, title = excluded.title,"
                            + " html = excluded.html, text = excluded.text, cves = excluded.cves,"
                            + " tags = excluded.tags, url = excluded.url, active = excluded.active,"
                            + " published_at = excluded.published_at, changed_at = :now"
                            + " WHERE (slug, title, html, tags, url, active, published_at) IS NOT"
                            + " (excluded.slug, excluded.title, excluded.html, excluded.tags,"
                            + " excluded.url, excluded.active, excluded.published_at)")
                    .bind("kind", n.kind())
                    .bind("id", n.id())
                    .bind("slug", n.slug())
                    .bind("language", n.language())
                    .bind("title", n.title())
                    .bind("html", n.html())
                    .bind("text", n.text())
                    .bind("cves", String.join(" ", n.cves()))
                    .bind("tags", n.tags())
                    .bind("url", n.url())
                    .bind("active", n.active())
                    .bind(
                        "published",
                        n.publishedAt() == null ? null : n.publishedAt().toEpochMilli())
                    .bind("now", now.toEpochMilli())
                    .execute();
          }
          return changed;
        });
  }

  /** Newest first; an empty kind stands for both. */
  public List<Notice> notices(String kind, int limit) {
    return database.read(
        h ->
            h.createQuery(
                    NOTICE
                        + "WHERE :kind = '' OR kind = :kind"
                        + " ORDER BY published_at DESC, external DESC LIMIT :limit")
                .bind("kind", kind)
                .bind("limit", limit)
                .map((rs, c) -> notice(rs))
                .list());
  }

  public Optional<Notice> find(String kind, long id) {
    return database.read(
        h ->
            h.createQuery(NOTICE + "WHERE kind = :kind AND external = :id")
                .bind("kind", kind)
                .bind("id", id)
                .map((rs, c) -> notice(rs))
                .findOne());
  }

  private static Notice notice(ResultSet row) throws SQLException {
    String cves = row.getString(8);
    long published = row.getLong(12);
    boolean dated = !row.wasNull();
    return new Notice(
        row.getString(1),
        row.getLong(2),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        row.getString(6),
        row.getString(7),
        cves.isEmpty() ? List.of() : List.of(cves.split(" ", -1)),
        row.getString(9),
        row.getString(10),
        row.getInt(11) != 0,
        dated ? Instant.ofEpochMilli(published) : null);
  }
}
