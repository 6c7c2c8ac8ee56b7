package tr.emanet.indicator.usom;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tr.emanet.indicator.FeedException;
import tr.emanet.indicator.FeedFailure;
import tr.emanet.indicator.feed.Download;
import tr.emanet.indicator.usom.UsomStore.Code;

/** Fetches the three code tables, the incident notices and the announcements. One thread only. */
final class UsomTables {

  /** End points of the code tables. */
  static final List<String> TABLES =
      List.of("address-description", "address-source", "address-connection-type");

  private static final int PER_PAGE = 50;
  private static final int MAX_PAGES = 400;
  private static final int MAX_HTML = 200_000;

  private final UsomConfig config;
  private final Download download;
  private final UsomStore store;

  UsomTables(UsomConfig config, Download download, UsomStore store) {
    this.config = config;
    this.download = download;
    this.store = store;
  }

  private Answer ask(String endPoint, int page) throws FeedException, InterruptedException {
    URI uri = config.uri("/" + endPoint + "/index?page=" + page + "&per-page=" + PER_PAGE);
    Answer answer =
        download.get(
            uri, "application/json", Download.TRIES, (body, headers) -> AnswerReader.read(body));
    if (answer.shapeless()) {
      throw new FeedException(FeedFailure.SHAPE, uri + ": has no totalCount");
    }
    return answer;
  }

  /** Replaces each code table that came whole and has rows. */
  void codes() throws FeedException, InterruptedException {
    for (String table : TABLES) {
      Answer answer = ask(table, 1);
      List<Code> codes = new ArrayList<>();
      for (Map<String, String> row : answer.rows()) {
        String id = row.getOrDefault("id", "");
        if (!id.matches("[A-Za-z0-9_-]{1,16}")) {
          throw new FeedException(FeedFailure.SHAPE, table + ": a code is '" + id + "'");
        }
        codes.add(
            new Code(
                table,
                id,
                text(row, "tr_title", 200),
                text(row, "en_title", 200),
                text(row, "tr_desc", 2000),
                text(row, "en_desc", 2000)));
      }
      if (codes.isEmpty()) {
        throw new FeedException(FeedFailure.EMPTY, table + " has no codes");
      }
      store.replace(table, codes);
    }
  }

  /** Fetches notices from the newest on, until a whole page is known; answers how many are new. */
  int notices(String kind, Instant now) throws FeedException, InterruptedException {
    int changed = 0;
    for (int page = 1; page <= MAX_PAGES; page++) {
      Answer answer = ask(kind, page);
      if (answer.page() >= 0 && answer.page() != page - 1) {
        break;
      }
      List<Notice> notices = new ArrayList<>();
      for (Map<String, String> row : answer.rows()) {
        notices.add(notice(kind, row));
      }
      int fresh = store.keep(notices, now);
      changed += fresh;
      if (fresh == 0 || page >= answer.pageCount()) {
        break;
      }
    }
    return changed;
  }

  private static Notice notice(String kind, Map<String, String> row) throws FeedException {
    String id = row.getOrDefault("id", "");
    if (!id.matches("[0-9]{1,18}")) {
      throw new FeedException(FeedFailure.SHAPE, kind + ": an id is no number");
    }
    String title = text(row, "title", 500);
    String html = text(row, "desc", MAX_HTML);
    String text = NoticeText.plain(html);
    String cves = NoticeText.cves(title + " " + text);
    String active = row.getOrDefault("active", "1");
    return new Notice(
        kind,
        Long.parseLong(id),
        text(row, "slug", 100),
        text(row, "language", 8),
        NoticeText.plain(title),
        html,
        text,
        cves.isEmpty() ? List.of() : List.of(cves.split(" ", -1)),
        text(row, "tags", 500),
        text(row, "url", 1000),
        active.equals("1") || active.equals("true"),
        date(row.get("date")));
  }

  private static @Nullable Instant date(@Nullable String text) {
    return text == null ? null : UsomDates.read(text);
  }

  private static String text(Map<String, String> row, String name, int most) {
    String text = row.getOrDefault(name, "");
    return text.length() <= most ? text : text.substring(0, most);
  }
}
