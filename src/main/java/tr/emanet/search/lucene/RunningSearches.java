package tr.emanet.search.lucene;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import tr.emanet.event.Principal;
import tr.emanet.search.SearchRefused;

/**
 * Limits how many searches of one person run at a time; a further one waits a little, because one
 * screen asks several things at once. Safe for many threads.
 */
final class RunningSearches {

  private final Map<String, Semaphore> people = new ConcurrentHashMap<>();
  private final int atOnce;
  private final Duration patience;

  RunningSearches(int atOnce, Duration patience) {
    this.atOnce = atOnce;
    this.patience = patience;
  }

  /** Waits for a turn; run the answer to give it back. */
  Runnable enter(Principal who) throws SearchRefused {
    if (!who.readsEvents()) {
      throw new SearchRefused(
          SearchRefused.Reason.FORBIDDEN, "'" + who.id() + "' holds no role that reads events");
    }
    Semaphore permits = people.computeIfAbsent(who.id(), id -> new Semaphore(atOnce, true));
    try {
      if (permits.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        return permits::release;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new SearchRefused(
        SearchRefused.Reason.BUSY, atOnce + " searches of '" + who.id() + "' run already", atOnce);
  }
}
