package tr.emanet.indicator.notice;

import java.time.Instant;
import tr.emanet.indicator.usom.NoticeText;
import tr.emanet.store.Database;

/** Writes notices as the feed's client leaves them in the store. */
public final class NoticeRows {

  private final Database database;

  public NoticeRows(Database database) {
    this.database = database;
  }

  /** Adds or edits a Turkish incident notice with the slug {@code tr-26-<id>}. */
  public void put(long id, String title, String text, boolean active, Instant now) {
    int ignored =
        database.write(
            h ->
                h.createUpdate(
                        "INSERT INTO usom_notice VALUES ('incident', :id, :slug, 'tr', :title,"
                            + " :html, :text, :cves, '', 'https://uretici.example/n', :active,"
                            + " :now, :now, :now) ON CONFLICT DO UPDATE SET title = :title, html ="
                            + " :html, text = :text, cves = :cves, active = :active, changed_at ="
                            + " :now")
                    .bind("id", id)
                    .bind("slug", "tr-26-" + id)
                    .bind("title", title)
                    .bind("html", "<p>" + text + "</p>")
                    .bind("text", NoticeText.plain("<p>" + text + "</p>"))
                    .bind("cves", NoticeText.cves(title + " " + text))
                    .bind("active", active)
                    .bind("now", now.toEpochMilli())
                    .execute());
  }
}
