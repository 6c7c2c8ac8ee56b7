package tr.emanet.indicator.notice.http;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tr.emanet.indicator.notice.HistoryLine;
import tr.emanet.indicator.notice.NoticeMatch;
import tr.emanet.indicator.notice.NoticeRow;
import tr.emanet.indicator.notice.NoticeTask;

/** Notices, matches and tasks as the API tells them. Pure functions. */
final class NoticeJson {

  private NoticeJson() {}

  static Map<String, @Nullable Object> of(NoticeRow row) {
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    out.put("id", row.key().id());
    out.put("kind", row.key().kind());
    out.put("slug", row.slug());
    out.put("language", row.language());
    out.put("title", row.title());
    out.put("cves", row.cves());
    out.put("active", row.active());
    out.put("published_at", string(row.publishedAt()));
    out.put("changed_at", row.changedAt().toString());
    out.put("state", row.tally().closed() ? "closed" : "open");
    out.put("closed_at", string(row.tally().closedAt()));
    out.put("matches", row.tally().matches());
    out.put("undecided", row.tally().undecided());
    out.put("open_tasks", row.tally().openTasks());
    out.put("unread", row.tally().unread());
    return out;
  }

  static Map<String, @Nullable Object> of(NoticeMatch match, NoticeWords words) {
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    out.put("id", match.id());
    out.put("asset", match.asset());
    out.put("asset_name", match.assetName());
    out.put("vendor", match.product().vendor());
    out.put("product", match.product().product());
    out.put("version", match.product().version());
    out.put("confidence", match.confidence().id());
    out.put("why", words.why(match));
    out.put("quote", match.quote());
    out.put("state", match.state().id());
    out.put("current", match.current());
    out.put("decided_by", match.decidedBy().isEmpty() ? null : match.decidedBy());
    out.put("decided_at", string(match.decidedAt()));
    out.put("task", match.task());
    return out;
  }

  static Map<String, @Nullable Object> of(NoticeTask task, LocalDate today) {
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    out.put("number", task.number());
    out.put("notice", task.notice().id());
    out.put("owner", task.owner().isEmpty() ? null : task.owner());
    out.put("due", task.due().toString());
    out.put("state", task.state().id());
    out.put("overdue", task.overdue(today));
    out.put("created_at", task.createdAt().toString());
    out.put("created_by", task.createdBy());
    out.put("closed_at", string(task.closedAt()));
    out.put("closed_by", task.closedBy().isEmpty() ? null : task.closedBy());
    out.put("measure", task.measure());
    return out;
  }

  static Map<String, Object> of(HistoryLine line) {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("at", line.at().toString());
    out.put("who", line.who());
    out.put("what", line.what());
    out.put("text", line.text());
    return out;
  }

  private static @Nullable String string(@Nullable Object value) {
    return value == null ? null : value.toString();
  }
}
