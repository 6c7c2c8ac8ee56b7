package tr.emanet.indicator.notice;

import java.util.List;
import tr.emanet.asset.Inventory;
import tr.emanet.crash.CrashPoint;
import tr.emanet.event.Folding;
import tr.emanet.indicator.usom.NoticeText;
import tr.emanet.store.Database;

/** Compares notices with the inventory, each in a transaction of its own. */
final class NoticeComparison {

  /** Raised when matching gets better: everything is then compared again. */
  private static final int ENGINE = 1;

  private static final int MAX_FOLDED = 50_000;

  private final Database database;
  private final NoticeStore notices;
  private final NoticeTasks work;

  NoticeComparison(Database database, NoticeStore notices, NoticeTasks work) {
    this.database = database;
    this.notices = notices;
    this.work = work;
  }

  /** Compares what is new or changed; answers how many notices it compared. */
  int some(ProductIndex index, Inventory inventory, int limit) {
    NoticeMatcher matcher = new NoticeMatcher(index);
    List<NoticeRow> pending = notices.pending(inventory.revision(), ENGINE, limit);
    for (NoticeRow notice : pending) {
      List<Finding> findings =
          notice.active() ? matcher.match(notice.title(), notice.text()) : List.of();
      compare(notice, findings, inventory);
    }
    return pending.size();
  }

  /** A withdrawn notice keeps what it led to. */
  private void compare(NoticeRow notice, List<Finding> findings, Inventory inventory) {
    String whole = notice.title() + "\n" + notice.text();
    String folded = Folding.fold(whole);
    NoticeRow ignored =
        database.transaction(
            () -> {
              notices.compared(
                  notice.key(),
                  new NoticeStore.Compared(
                      notice.changedAt(),
                      inventory.revision(),
                      ENGINE,
                      NoticeText.cves(whole),
                      folded.substring(0, Math.min(MAX_FOLDED, folded.length()))));
              if (notice.active()) {
                work.renew(notice, findings, inventory);
              }
              CrashPoint.reach("notice.matched");
              return notice;
            });
    CrashPoint.reach("notice.compared");
  }
}
