package tr.emanet.demo.usom;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Notices and announcements in the API's shape, newest first. Thread-safe. */
final class UsomNotices {

  private static final String[] PRODUCTS = {
    "FortiOS", "Apache HTTP Server", "Microsoft Exchange", "OpenSSH", "nginx", "MikroTik RouterOS"
  };

  private final List<Map<String, Object>> notices = new ArrayList<>();
  private final boolean incidents;
  private int last;

  /** Made-up notices: incidents name CVEs, announcements do not. */
  UsomNotices(boolean incidents, int count, Instant newest) {
    this.incidents = incidents;
    for (int i = 0; i < count; i++) {
      String product = PRODUCTS[i % PRODUCTS.length];
      String cve = "CVE-2026-" + (20_000 + i * 37);
      String language = i % 4 == 3 ? "en" : "tr";
      String title =
          language.equals("en")
              ? product + " Security Notice" + (incidents ? " (" + cve + ")" : "")
              : product + " G\u00fcvenlik Bildirimi" + (incidents ? " (" + cve + ")" : "");
      String text =
          "<p>"
              + product
              + " &uuml;r&uuml;n&uuml;nde bir g&uuml;venlik a&ccedil;ığı"
              + (incidents ? " (" + cve + ", cve-2026-" + (40_000 + i) + ")" : "")
              + " yayımlanmıştır.</p><ul><li>S&uuml;r&uuml;m &lt; 7.4."
              + i % 9
              + "</li></ul>";
      add(title, text, language, newest.minus(Duration.ofHours(9L * (count - 1 - i))));
    }
  }

  /** Publishes one; answers its slug. */
  synchronized String add(String title, String html, String language, Instant at) {
    last++;
    String slug = String.format(Locale.ROOT, "%s-26-%04d", language, last);
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("id", 500 + last);
    row.put("title", title);
    row.put("desc", html);
    row.put("date", SyntheticRows.date(at, last % 2 == 0 ? 0 : 6));
    row.put("active", 1);
    row.put("slug", incidents ? slug : "duyuru-" + last);
    row.put("language", language);
    row.put("tags", incidents ? "zafiyet,guncelleme" : "duyuru");
    if (last % 5 == 0) {
      row.put("url", "https://uretici.example/guvenlik/" + last);
    }
    notices.add(row);
    return slug;
  }

  synchronized List<Map<String, Object>> newestFirst(String language) {
    List<Map<String, Object>> out = new ArrayList<>();
    for (Map<String, Object> row : notices) {
      if (language.isEmpty() || language.equals(row.get("language"))) {
        out.add(row);
      }
    }
    Collections.reverse(out);
    return out;
  }
}
