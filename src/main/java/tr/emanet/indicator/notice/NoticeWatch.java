package tr.emanet.indicator.notice;

import java.io.Closeable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tr.emanet.asset.Assets;
import tr.emanet.asset.Inventory;

/**
 * Compares notices with the inventory as either changes: at once after an import, and within a few
 * seconds after a fetch. What was compared is stored notice by notice, so a restart goes on.
 */
public final class NoticeWatch implements Closeable {

  private static final Logger LOG = LoggerFactory.getLogger(NoticeWatch.class);
  private static final long EVERY_SECONDS = 3;
  private static final long LEAVE_MILLIS = 5_000;
  private static final int STEP = 50;

  private final NoticeDesk desk;
  private final Assets assets;
  private final Semaphore due = new Semaphore(0);
  private final Thread thread;
  private volatile boolean closed;
  private ProductIndex index;

  public NoticeWatch(NoticeDesk desk, Assets assets) {
    this.desk = desk;
    this.assets = assets;
    this.index = new ProductIndex(assets.inventory());
    this.thread = Thread.ofPlatform().daemon().name("notices").unstarted(this::run);
    assets.onChange(due::release);
  }

  /** Begins to watch. */
  public void start() {
    thread.start();
  }

  /** Compares everything that is due now; answers how many notices. One caller at a time. */
  public synchronized int compare() {
    int all = 0;
    int some;
    do {
      Inventory inventory = assets.inventory();
      if (index.revision() != inventory.revision()) {
        index = new ProductIndex(inventory);
      }
      some = desk.compareSome(index, inventory, STEP);
      all += some;
    } while (some == STEP && !closed);
    return all;
  }

  private void run() {
    while (!closed) {
      try {
        int compared = compare();
        if (compared > 0) {
          LOG.atInfo().addKeyValue("notices", compared).log("Notices were compared");
        }
        boolean ignored = due.tryAcquire(EVERY_SECONDS, TimeUnit.SECONDS);
        due.drainPermits();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException e) {
        if (closed) {
          return;
        }
        LOG.atError().setCause(e).log("Notices cannot be compared yet; it is tried again");
        if (!rest()) {
          return;
        }
      }
    }
  }

  private static boolean rest() {
    try {
      TimeUnit.SECONDS.sleep(EVERY_SECONDS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Waits until its thread has left the store, which is closed next. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join(LEAVE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
